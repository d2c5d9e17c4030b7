// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tools/line.h"

#include <algorithm>

namespace protocol::tools {

std::string with_brand(std::string_view text, std::string_view brand) {
  std::string out(text);
  const std::size_t at = out.find(kBrandMark);
  if (at != out.npos) out.replace(at, kBrandMark.size(), brand);
  return out;
}

std::string text_of(const Words& words, std::uint32_t value) {
  const auto row = std::find_if(words.rows.begin(), words.rows.end(), [&](const Word& word) {
    return word.value == value && word.use == Word::Use::both;
  });
  if (row != words.rows.end()) return std::string(row->text);
  const std::string number = std::to_string(value);
  if (words.otherwise.empty()) return number;
  std::string text(words.otherwise);
  const std::size_t at = text.find(kNumberMark);
  if (at != text.npos) text.replace(at, kNumberMark.size(), number);
  return text;
}

}  // namespace protocol::tools
