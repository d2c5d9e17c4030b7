// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/number_in_text.h"

#include <charconv>

#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {

std::optional<protocol::FirmwareVersion> version_in(std::string_view text) {
  const std::size_t digits = text.find_first_of("0123456789");
  if (digits == text.npos) return std::nullopt;
  text.remove_prefix(digits);
  const std::size_t end = text.find_first_not_of("0123456789.");
  return protocol::parse_firmware_version(text.substr(0, end));
}

std::optional<std::uint32_t> number_behind(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('(')) text.remove_prefix(1);
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{}) return std::nullopt;
  return number;
}

}  // namespace scenarios::field
