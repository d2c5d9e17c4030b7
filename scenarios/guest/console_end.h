// SPDX-License-Identifier: BSD-3-Clause
// The last words of a guest's kernel, for when there is no guest.
#pragma once

#include <string>

namespace scenarios::guest {

/// The last lines of the file that has the kernel's console, each with its end.
std::string end_of_console(const std::string& path);

}  // namespace scenarios::guest
