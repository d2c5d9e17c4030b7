// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/wrapped.h"

#include <algorithm>

namespace updater::report {
namespace {

constexpr std::size_t kNarrowest = 24;

/// Characters: of a longer one in UTF-8 only the first byte counts.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

/// Where the words behind a label begin; of a line without one, where its own do.
std::size_t indent_of(std::string_view line, std::size_t columns) {
  const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t colon = line.find(": ");
  if (colon == line.npos) return first;
  const std::size_t behind = std::min(line.find_first_not_of(' ', colon + 1), line.size());
  return behind <= columns / 2 ? behind : first;
}

std::string wrapped_line(std::string_view line, std::size_t columns) {
  const std::string indent(indent_of(line, columns), ' ');
  std::string text;
  std::string_view rest = line;
  for (bool first = true; width_of(rest) + (first ? 0 : indent.size()) > columns; first = false) {
    const std::size_t from = first ? indent.size() : 0;
    const std::size_t room = columns - (first ? 0 : indent.size());
    std::size_t end = rest.npos;
    for (std::size_t at = rest.find(' ', from); at != rest.npos; at = rest.find(' ', at + 1)) {
      if (end != rest.npos && width_of(rest.substr(0, at)) > room) break;
      if (at > from) end = at;
    }
    if (end == rest.npos) break;
    text += (first ? "" : indent) + std::string(rest.substr(0, end)) + "\n";
    rest = rest.substr(std::min(rest.find_first_not_of(' ', end), rest.size()));
    if (rest.empty()) return text;
  }
  return text + (text.empty() ? "" : indent) + std::string(rest) + "\n";
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t columns) {
  if (columns < kNarrowest) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (end == text.npos && width_of(line) <= columns) return out + std::string(line);
    out += wrapped_line(line, columns);
    if (end == text.npos) return out.substr(0, out.size() - 1);
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace updater::report
