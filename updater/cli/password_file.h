// SPDX-License-Identifier: BSD-3-Clause
// The update password, from a file so that no process list shows it.
#pragma once

#include <string>

#include "base/result.h"

namespace updater::cli {

/// The first line of `path`; an empty path gives an empty password. Errors: io (cannot be read),
/// invalid (empty, or longer than the 32 bytes that START has room for).
base::Result<std::string> read_password(const std::string& path);

}  // namespace updater::cli
