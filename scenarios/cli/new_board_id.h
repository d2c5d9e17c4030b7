// SPDX-License-Identifier: BSD-3-Clause
// The name of a board that is served.
#pragma once

#include "base/result.h"
#include "protocol/board_id.h"

namespace scenarios::cli {

/// Another one each time: two processes that serve the same machine serve two boards. Errors: io.
base::Result<protocol::BoardId> new_board_id();

}  // namespace scenarios::cli
