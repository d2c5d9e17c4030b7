// SPDX-License-Identifier: BSD-3-Clause
// errno, right after a call of the operating system, as an error in words.
#pragma once

#include <string>

#include "base/result.h"

namespace os {

/// What the system says of an error number: "No such file or directory".
std::string error_words(int number);

/// "DOING: what errno says", with errno as its status. not_found for ENOENT and ENOTDIR, permission
/// for EACCES and EPERM, else io.
base::Error system_error(const std::string& doing);
base::Error system_error(const std::string& doing, int number);

}  // namespace os
