// SPDX-License-Identifier: BSD-3-Clause
// The bytes of a file as UTF-8 text, or why they are none.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace scenarios::field {

/// UTF-16 (Windows' own shells write it), with its byte order mark or plainly without, becomes
/// UTF-8; other bytes stay as they are, but for NULs: a few among text (a serial line's, an old
/// editor's at the end) are dropped. Errors: invalid (binary).
base::Result<std::string> as_text(std::string_view bytes);

}  // namespace scenarios::field
