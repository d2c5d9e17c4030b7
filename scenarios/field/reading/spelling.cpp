// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/spelling.h"

#include <algorithm>
#include <array>

#include "scenarios/field/reading/command_line.h"

namespace scenarios::field {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// Six bytes, "00:1f:c6:aa:bb:cc".
constexpr std::size_t kAddress = 17;

bool is_address(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = i % 3 == 2;
    if (between ? text[i] != ':' && text[i] != '-' : !is_hex_digit(text[i])) return false;
  }
  return text.size() == kAddress;
}

struct Spelling {
  std::string_view text;
  std::string_view instead;
};
/// At the beginning of a line. Our tool writes a counter that has run out as a number.
constexpr std::array kSpellings = {
    Spelling{"last update status:", "last update staus:"},
    Spelling{"fwu override counter:never", "fwu override counter:0"},
};

}  // namespace

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool is_beginning_of(std::string_view whole, std::string_view text) {
  return text.size() < whole.size() && same_letters(whole.substr(0, text.size()), text);
}

std::size_t find_printed(std::string_view line, std::string_view text) {
  const std::size_t at = line.find(text);
  if (at != line.npos) return at;
  const auto shouted = std::search(line.begin(), line.end(), text.begin(), text.end(),
                                   [](char has, char wanted) { return has == upper(wanted); });
  return shouted == line.end() ? line.npos : static_cast<std::size_t>(shouted - line.begin());
}

bool begins_printed(std::string_view line, std::string_view text) {
  const std::string_view begin = line.substr(0, text.size());
  return begin == text || std::equal(begin.begin(), begin.end(), text.begin(), text.end(),
                                     [](char has, char wanted) { return has == upper(wanted); });
}

std::string respelled(std::string_view text) {
  std::string out = lower_case(text);
  if (out.size() >= kAddress && is_address(std::string_view(out).substr(out.size() - kAddress)))
    std::replace(out.end() - kAddress, out.end(), ':', '-');
  for (const Spelling& row : kSpellings) {
    if (out.starts_with(row.text)) out.replace(0, row.text.size(), row.instead);
  }
  return out;
}

bool same_value(std::string_view a, std::string_view b) {
  return a == b || respelled(a) == respelled(b);
}

}  // namespace scenarios::field
