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

/// Entries of free text between semicolons; a doubled one is part of its entry.
inline std::vector<std::string> entries_of(std::string_view text) {
  if (text.empty()) return {};
  std::vector<std::string> entries(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool doubled = text.substr(at).starts_with(";;");
    if (text[at] == ';' && !doubled) {
      entries.emplace_back();
      continue;
    }
    entries.back() += text[at];
    if (doubled) ++at;
  }
  return entries;
}

}  // namespace emulator::attach::qemu
