// SPDX-License-Identifier: BSD-3-Clause
// The last gate before a terminal: whatever a report let through, no control character passes but
// the line end.
#pragma once

#include <string>
#include <string_view>

namespace os {

/// `text` with every byte of a control character (base::is_control) but '\n', and every byte that
/// is not UTF-8, written as \xNN. Other UTF-8 stays, so that file names read as they are.
std::string safe_text(std::string_view text);

/// `argument` as a POSIX shell takes it back: bare where that is safe, in single quotes otherwise.
std::string shell_quoted(std::string_view argument);

}  // namespace os
