// SPDX-License-Identifier: BSD-3-Clause
// The bytes of a file as UTF-8 text, or why they are none.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace scenarios::field {

/// UTF-16 with a byte order mark (Windows' own shells write it) becomes UTF-8; bytes without a mark
/// stay as they are, but for NULs: a few among text (a serial line's, an old editor's at the end)
/// are dropped. Errors: invalid (binary).
base::Result<std::string> as_text(std::string_view bytes);

}  // namespace scenarios::field
