// SPDX-License-Identifier: GPL-2.0-or-later
// Property texts that hold several entries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace emulator::attach::qemu {

/// The parts between separators; an empty text has none.
inline std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

}  // namespace emulator::attach::qemu
