// SPDX-License-Identifier: BSD-3-Clause
// Text as its lines.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// Each line without its '\n'. What stands behind the last one is a line unless it is empty.
inline std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace base
