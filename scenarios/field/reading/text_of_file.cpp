// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/text_of_file.h"

#include <algorithm>
#include <optional>

namespace scenarios::field {
namespace {

enum class ByteOrder { little, big };

char32_t unit_at(std::string_view bytes, std::size_t at, ByteOrder order) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return order == ByteOrder::little ? static_cast<char32_t>(second << 8 | first)
                                    : static_cast<char32_t>(first << 8 | second);
}

void append_utf8(std::string& out, char32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(lead[more] | code >> (6 * more));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (code >> (6 * i) & 0x3F));
}

std::string from_utf16(std::string_view bytes, ByteOrder order) {
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t code = unit_at(bytes, at, order);
    const bool high = code >= 0xD800 && code < 0xDC00;
    if (high && at + 3 < bytes.size()) {
      const char32_t low = unit_at(bytes, at + 2, order);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    append_utf8(out, code);
  }
  return out;
}

/// Control characters that no log has; escapes and bells happen.
bool is_foreign(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && std::string_view("\t\r\n\f\b\a\x1b").find(c) == std::string_view::npos;
}

/// What makes up a binary file that has NULs.
bool is_foreign_or_high(char c) {
  return is_foreign(c) || static_cast<unsigned char>(c) >= 0x7F;
}

/// At most one in twenty.
bool are_few(std::ptrdiff_t count, std::string_view among) {
  return static_cast<std::size_t>(count) * 20 <= among.size();
}

bool is_text(std::string_view bytes) {
  if (bytes.find('\0') != bytes.npos)
    return are_few(std::count_if(bytes.begin(), bytes.end(), is_foreign_or_high), bytes);
  const std::string_view sample = bytes.substr(0, 4096);
  return are_few(std::count_if(sample.begin(), sample.end(), is_foreign), sample);
}

/// Text in UTF-16 that has lost its mark: nearly every other byte is NUL, and none of the others.
std::optional<ByteOrder> order_without_mark(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, 4096);
  std::size_t nuls[2] = {};
  for (std::size_t i = 0; i < sample.size(); ++i) nuls[i % 2] += sample[i] == '\0';
  const std::size_t most = sample.size() / 2;
  constexpr std::size_t kFewestPairs = 8;
  if (most < kFewestPairs) return std::nullopt;
  if (nuls[0] == 0 && nuls[1] * 10 >= most * 9) return ByteOrder::little;
  if (nuls[1] == 0 && nuls[0] * 10 >= most * 9) return ByteOrder::big;
  return std::nullopt;
}

}  // namespace

base::Result<std::string> as_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), ByteOrder::little);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), ByteOrder::big);
  if (const auto order = order_without_mark(bytes)) return from_utf16(bytes, *order);
  const std::size_t last = bytes.find_last_not_of('\0');
  if (last != bytes.npos) bytes = bytes.substr(0, last + 1);
  if (!is_text(bytes)) return base::Error{base::Errc::invalid, "is a binary file, not a text log"};
  std::string text(bytes);
  std::erase(text, '\0');
  return text;
}

}  // namespace scenarios::field
