// SPDX-License-Identifier: BSD-3-Clause
// A forum that re-flows what is pasted puts all of a tool's output into one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

/// The lines of which `line` was made, if it holds several of MEInfo's labels with their values;
/// else itself.
std::vector<std::string> unflowed(std::string_view line);

}  // namespace scenarios::field
