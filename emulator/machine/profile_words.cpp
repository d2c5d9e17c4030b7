// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/profile_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/flash/parts.h"
#include "protocol/heci/registers.h"
#include "protocol/pci/engine_functions.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kFlashGranularity = 0x1000;
constexpr std::size_t kVendorLength = 4;
constexpr std::size_t kMd5Digits = 32;
constexpr base::Duration kLongestLockout = 65535s;  ///< the record's fields are 16 bits wide

bool is_acpi_id(std::string_view id) {
  if (id.size() != 7 && id.size() != 8) return false;
  const std::string_view vendor = id.substr(0, id.size() - 4);
  const std::string_view number = id.substr(id.size() - 4);
  const std::string_view of_vendor =
      vendor.size() == 3 ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return vendor.find_first_not_of(of_vendor) == vendor.npos &&
         number.find_first_not_of("0123456789ABCDEF") == number.npos;
}

}  // namespace

std::string known_heci_function(std::string_view key, const std::uint16_t& device_id) {
  if (protocol::pci::find_heci_function(device_id) != nullptr) return {};
  if (protocol::pci::modelled_generation_of(device_id) != nullptr) return {};
  return fmt::format("{} is 0x{:04X}; no HECI function has that id (docs/machines.md lists them)",
                     key, device_id);
}

/// Hosts take bit 31 for "D0i3 is there" (Linux pci-me.c).
std::string generations_status(std::uint32_t firmware_status,
                               protocol::image::ManifestForm manifest) {
  const bool has_d0i3 = manifest > protocol::image::ManifestForm::mn2;
  if (firmware_status >> 31 == 0 || has_d0i3) return {};
  return fmt::format("firmware_status is 0x{:08X}; bit 31 must be 0 to ME 10", firmware_status);
}

std::string legal_depth(std::string_view key, const std::uint32_t& depth) {
  const auto& legal = protocol::heci::kLegalDepths;
  if (std::find(legal.begin(), legal.end(), depth) != legal.end()) return {};
  return fmt::format("{} is {}; it must be 2, 4, 8, 16, 32, 64 or 128 slots", key, depth);
}

std::string known_part(std::string_view key, const std::string& part) {
  if (flash::find_part(part) != nullptr) return {};
  return fmt::format("{} is \"{}\"; known parts: {}", key, part, flash::known_parts());
}

std::string whole_sectors(std::string_view key, const std::uint32_t& size) {
  if (size % kFlashGranularity == 0) return {};
  return fmt::format("{} is 0x{:X}; it must be a multiple of 0x1000", key, size);
}

std::string md5_digits(std::string_view key, const std::string& md5) {
  const bool hex = md5.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (md5.size() == kMd5Digits && hex) return {};
  return fmt::format("{} is \"{}\"; it must be 32 lower-case hexadecimal digits", key, md5);
}

std::string too_long(std::string_view key, const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return {};
  return fmt::format("{} has {} characters; at most {} fit", key, text.size(), longest);
}

std::string four_characters(std::string_view key, const std::string& vendor) {
  if (vendor.size() == kVendorLength) return {};
  return fmt::format("{} is \"{}\"; it must have four characters", key, vendor);
}

std::string lockout_seconds(std::string_view key, const base::Duration& time) {
  if (time % 1s == base::Duration::zero() && time <= kLongestLockout) return {};
  return fmt::format("{} must be whole seconds, at most {}s", key, kLongestLockout / 1s);
}

std::string acpi_hardware_id(std::string_view key, const std::string& id) {
  if (is_acpi_id(id)) return {};
  return fmt::format(
      "{} is \"{}\"; it must be an ACPI hardware ID, such as \"INTC0102\" or \"PNP0C31\"", key, id);
}

}  // namespace emulator::machine
