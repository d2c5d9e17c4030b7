// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/value_shape.h"

#include <algorithm>
#include <array>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/misread_letters.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

enum class Shape { word, version, number, hex_number, mac, ipv4, names, vendor, free };

struct ShapeRow {
  Fact fact;
  Shape shape;
};
/// Facts that are not here have values in free words.
constexpr std::array kShapes = {
    ShapeRow{Fact::firmware_status, Shape::hex_number},
    ShapeRow{Fact::flash_version, Shape::version},
    ShapeRow{Fact::netstack_version, Shape::version},
    ShapeRow{Fact::apps_version, Shape::version},
    ShapeRow{Fact::amt_version, Shape::version},
    ShapeRow{Fact::capabilities, Shape::number},
    ShapeRow{Fact::sku_names, Shape::names},
    ShapeRow{Fact::vendor, Shape::vendor},
    ShapeRow{Fact::build_number, Shape::number},
    ShapeRow{Fact::amt_mode, Shape::word},
    ShapeRow{Fact::uns_version, Shape::version},
    ShapeRow{Fact::lms_version, Shape::version},
    ShapeRow{Fact::mei_driver_version, Shape::version},
    ShapeRow{Fact::link_status, Shape::word},
    ShapeRow{Fact::crypto_fuse, Shape::word},
    ShapeRow{Fact::flash_protection, Shape::word},
    ShapeRow{Fact::configuration_state, Shape::word},
    ShapeRow{Fact::boot_state, Shape::word},
    ShapeRow{Fact::mac_address, Shape::mac},
    ShapeRow{Fact::override_counter, Shape::number},
    ShapeRow{Fact::override_qualifier, Shape::word},
    ShapeRow{Fact::ip_address, Shape::ipv4},
    ShapeRow{Fact::mebx_version, Shape::version},
    ShapeRow{Fact::ft_version, Shape::version},
    ShapeRow{Fact::ft_build_number, Shape::number},
    ShapeRow{Fact::local_update, Shape::word},
    ShapeRow{Fact::secure_update, Shape::word},
    ShapeRow{Fact::remote_connectivity, Shape::word},
    ShapeRow{Fact::configuration_mode, Shape::word},
    ShapeRow{Fact::override_behaviour, Shape::word},
    ShapeRow{Fact::tpm_specification, Shape::version},
    ShapeRow{Fact::tpm_version, Shape::version},
    ShapeRow{Fact::tpm_build_number, Shape::number},
    ShapeRow{Fact::tpm_mode, Shape::word},
    ShapeRow{Fact::tpm_fips, Shape::word},
    ShapeRow{Fact::tpm_threshold, Shape::number},
    ShapeRow{Fact::tpm_lockout, Shape::number},
    ShapeRow{Fact::tpm_multiplier, Shape::number},
    ShapeRow{Fact::tpm_fade_out, Shape::number},
    ShapeRow{Fact::presence_lifetime_lock, Shape::word},
    ShapeRow{Fact::presence_command, Shape::word},
    ShapeRow{Fact::presence_hardware, Shape::word},
    ShapeRow{Fact::tpm_fuses, Shape::word},
    ShapeRow{Fact::firmware_version, Shape::version},
    ShapeRow{Fact::image_version, Shape::version},
    ShapeRow{Fact::last_update_status, Shape::number},
    ShapeRow{Fact::sku, Shape::number},
    ShapeRow{Fact::enabled_interfaces, Shape::number},
    ShapeRow{Fact::communication_mode, Shape::word},
};

constexpr std::string_view kPlainDigits = "0123456789";
constexpr std::string_view kAnyHexDigit = "0123456789abcdefABCDEF";

Shape shape_of(Fact fact) {
  const auto* row = std::find_if(kShapes.begin(), kShapes.end(),
                                 [&](const ShapeRow& each) { return each.fact == fact; });
  return row == kShapes.end() ? Shape::free : row->shape;
}

bool is_made_of(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == text.npos;
}

/// "5.0", "5.0.1.1111"; a later tool writes the kind of SKU behind it.
bool is_version(std::string_view value) {
  const std::size_t end = std::min(value.find(' '), value.size());
  const std::string_view numbers = value.substr(0, end);
  if (!is_made_of(numbers, "0123456789.") || numbers.find('.') == numbers.npos) return false;
  const bool tight =
      numbers.front() != '.' && numbers.back() != '.' && numbers.find("..") == numbers.npos;
  return tight && value.size() - end <= 3;
}

bool is_number(std::string_view value) {
  if (value.starts_with('(') && value.ends_with(')')) value = value.substr(1, value.size() - 2);
  if (value.starts_with("0x") || value.starts_with("0X"))
    return is_made_of(value.substr(2), kAnyHexDigit);
  return is_made_of(value, kPlainDigits);
}

/// Of the owner's, too, who has made it unreadable.
bool is_mac(std::string_view value) {
  constexpr std::size_t kShortestMac = 11;
  constexpr std::size_t kLongest = 24;
  const auto marks =
      std::count_if(value.begin(), value.end(), [](char c) { return c == '-' || c == ':'; });
  return marks >= 5 && value.size() >= kShortestMac && value.size() <= kLongest &&
         value.find(' ') == value.npos;
}

bool is_ipv4(std::string_view value) {
  return std::count(value.begin(), value.end(), '.') == 3 && value.find(' ') == value.npos &&
         value.size() <= 15;
}

/// "ASF IAMT ITPM"
bool is_names(std::string_view value) {
  return is_made_of(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+ ");
}

bool is_free(std::string_view value) {
  constexpr std::size_t kMostWords = 6;
  const std::vector<std::string> words = words_of(value);
  if (words.empty() || words.size() > kMostWords) return false;
  const bool is_sentence =
      words.size() > 1 && std::string_view(".,!?;").find(value.back()) != std::string_view::npos;
  return !is_sentence;
}

bool is_not_available(std::string_view value) {
  return same_letters(value, "Not Available") || same_letters(value, "N/A");
}

bool has_shape(Fact fact, std::string_view value) {
  if (is_word(fact, value)) return true;
  switch (shape_of(fact)) {
    case Shape::word:
      return false;
    case Shape::version:
      return is_version(value);
    case Shape::number:
      return is_number(value);
    case Shape::hex_number:
      return is_number(value) && value.size() > 1 && (value[1] == 'x' || value[1] == 'X');
    case Shape::mac:
      return is_mac(value);
    case Shape::ipv4:
      return is_ipv4(value);
    case Shape::names:
      return is_names(value);
    case Shape::vendor:
      return value.size() <= 6 && is_made_of(value, kAnyHexDigit);
    case Shape::free:
      return is_free(value);
  }
  return false;
}

}  // namespace

bool could_be_value(Fact fact, std::string_view value) {
  return !value.empty() && (is_not_available(value) || has_shape(fact, value));
}

bool has_strict_shape(Fact fact) {
  return shape_of(fact) != Shape::free;
}

std::optional<std::string> repaired_value(Fact fact, std::string_view value) {
  if (value.empty() || could_be_value(fact, value) || !has_strict_shape(fact)) return std::nullopt;
  if (const auto word = word_misread_as(fact, value)) return word;
  std::string digits = with_digits(value);
  if (digits != value && could_be_value(fact, digits)) return digits;
  return std::nullopt;
}

}  // namespace scenarios::field
