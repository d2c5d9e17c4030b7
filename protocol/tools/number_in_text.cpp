// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tools/number_in_text.h"

#include <algorithm>
#include <charconv>

namespace protocol::tools {
namespace {

bool is_decimal_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_of_a_word(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || is_decimal_digit(c) || c == '_';
}

/// Where the digits end that stand at `at`.
std::size_t end_of_digits(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kDecimalDigits, at), text.size());
}

/// Where a version of four parts ends that begins at `at`; npos: none does.
std::size_t end_of_version(std::string_view text, std::size_t at) {
  constexpr int kParts = 4;
  for (int part = 0; part < kParts; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return text.npos;
    const std::size_t end = end_of_digits(text, at);
    if (end == at) return text.npos;
    at = end;
  }
  return at;
}

}  // namespace

std::optional<std::uint32_t> whole_number(std::string_view digits, int base) {
  std::uint32_t value = 0;
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, value, base);
  if (error != std::errc() || end != last) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> number_behind(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return std::nullopt;
  text.remove_prefix(begin);
  if (text.starts_with('(')) text.remove_prefix(1);
  return whole_number(text.substr(0, end_of_digits(text, 0)));
}

std::optional<FirmwareVersion> version_in(std::string_view text) {
  const std::size_t digits = text.find_first_of(kDecimalDigits);
  if (digits == text.npos) return std::nullopt;
  text.remove_prefix(digits);
  return parse_firmware_version(text.substr(0, text.find_first_not_of("0123456789.")));
}

std::optional<FirmwareVersion> version_anywhere_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = is_decimal_digit(text[at]) &&
                        (at == 0 || (!is_of_a_word(text[at - 1]) && text[at - 1] != '.'));
    const std::size_t end = begins ? end_of_version(text, at) : text.npos;
    if (end == text.npos) continue;
    if (auto version = parse_firmware_version(text.substr(at, end - at))) return version;
  }
  return std::nullopt;
}

std::uint16_t leading_major(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  const std::size_t end = text.find_first_not_of(kDecimalDigits);
  if (end == 0 || end > 2 || end == text.npos || text[end] != '.') return 0;
  const std::uint32_t major = whole_number(text.substr(0, end)).value_or(0);
  return major <= kLastMajor ? static_cast<std::uint16_t>(major) : std::uint16_t{0};
}

std::optional<FirmwareVersion> version_in_packed_name(std::string_view name) {
  constexpr std::size_t kPacked = 8;  // 8 1 65 1568
  const bool packed = name.size() == kPacked && end_of_digits(name, 0) == kPacked;
  if (!packed || name[0] == '0') return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t digits) {
    return static_cast<std::uint16_t>(whole_number(name.substr(at, digits)).value_or(0));
  };
  return FirmwareVersion{
      .major = part(0, 1), .minor = part(1, 1), .hotfix = part(2, 2), .build = part(4, 4)};
}

std::string version_in_file_name(std::string_view name) {
  if (const auto packed = version_in_packed_name(name))
    return std::to_string(packed->major) + '.' + std::to_string(packed->minor);
  const std::size_t at = std::min(name.find_first_of(kDecimalDigits), name.size());
  const std::size_t dot = end_of_digits(name, at);
  const bool short_major = dot > at && dot - at <= 2;
  if (!short_major || dot == name.size() || name[dot] != '.') return {};
  const std::size_t end = end_of_digits(name, dot + 1);
  return end > dot + 1 ? std::string(name.substr(at, end - at)) : std::string{};
}

}  // namespace protocol::tools
