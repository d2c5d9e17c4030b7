// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/profile_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/field/boards/build_profile.h"

namespace scenarios::field {
namespace {

enum class Radix : std::uint8_t { decimal, hexadecimal };

struct KeyRow {
  ProfileKey key;
  std::string_view name;
  Radix radix = Radix::decimal;  ///< of its numbers
};
constexpr std::array kKeys = {
    KeyRow{ProfileKey::tpm_fitted, "tpm.fitted"},
    KeyRow{ProfileKey::ownership, "tpm.state.ownership"},
    KeyRow{ProfileKey::bios_locks_presence, "tpm.presence.bios_locks"},
    KeyRow{ProfileKey::tpm_active, "tpm.state.active"},
    KeyRow{ProfileKey::tpm_enabled, "tpm.state.enabled"},
    KeyRow{ProfileKey::upgrade_of_inactive, "tpm.upgrade.inactive"},
    KeyRow{ProfileKey::failed_attempts, "tpm.state.failed_attempts"},
    KeyRow{ProfileKey::update_interfaces, "settings.enabled_update_interfaces"},
    KeyRow{ProfileKey::device_id, "pci.device_id", Radix::hexadecimal},
    KeyRow{ProfileKey::local_update, "settings.local_update"},
    KeyRow{ProfileKey::override_qualifier, "settings.override_qualifier"},
    KeyRow{ProfileKey::override_counter, "settings.override_counter"},
    KeyRow{ProfileKey::update_password, "settings.update_password"},
    KeyRow{ProfileKey::last_update_status, "settings.last_update_status"},
    KeyRow{ProfileKey::flash_part, "flash.part"},
    KeyRow{ProfileKey::code_size, "flash.code_size", Radix::hexadecimal},
};

constexpr const KeyRow& row_of(ProfileKey key) {
  return kKeys[static_cast<std::size_t>(key)];
}

constexpr bool rows_stand_in_order() {
  for (std::size_t i = 0; i < kKeys.size(); ++i) {
    if (kKeys[i].key != static_cast<ProfileKey>(i)) return false;
  }
  return kKeys.back().key == ProfileKey::code_size;
}
static_assert(rows_stand_in_order());

/// A value of a profile without its quotation marks.
std::string bare(std::string toml) {
  std::erase(toml, '"');
  return toml;
}

}  // namespace

std::string_view name(ProfileKey key) {
  return row_of(key).name;
}

std::string to_toml(ProfileKey key, const KeysValue& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* word = std::get_if<std::string>(&value)) return quoted(*word);
  const auto number = std::get<std::uint32_t>(value);
  return row_of(key).radix == Radix::hexadecimal ? fmt::format("0x{:X}", number)
                                                 : std::to_string(number);
}

bool tells(const ProfileValue& line, ProfileKey key, const KeysValue& value) {
  return bare(line.toml) == bare(to_toml(key, value));
}

std::vector<emulator::machine::Override> overrides(const ProfileChanges& changes) {
  std::vector<emulator::machine::Override> all;
  for (const auto& [key, value] : changes)
    all.push_back({std::string(name(key)), to_toml(key, value), "an answer to an open question"});
  return all;
}

ProfileChanges what_changes(const ProfileChanges& changes,
                            const std::vector<ProfileValue>& profile) {
  ProfileChanges kept = changes;
  std::erase_if(kept, [&](const auto& change) {
    const ProfileValue* told = find(profile, change.first);
    return told != nullptr && tells(*told, change.first, change.second);
  });
  return kept;
}

}  // namespace scenarios::field
