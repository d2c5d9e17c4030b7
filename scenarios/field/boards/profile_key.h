// SPDX-License-Identifier: BSD-3-Clause
// The values of a machine profile that questions ask for and circumstances change, by name: no key
// is misspelled into being.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emulator/machine/profile.h"
#include "scenarios/field/boards/profile_value.h"

namespace scenarios::field {

/// In the order in which a story lists them.
enum class ProfileKey : std::uint8_t {
  tpm_fitted,
  ownership,
  bios_locks_presence,
  tpm_active,
  tpm_enabled,
  upgrade_of_inactive,
  failed_attempts,
  update_interfaces,
  device_id,
  local_update,
  override_qualifier,
  override_counter,
  update_password,
  last_update_status,
  flash_part,
  code_size,
};

/// The key as a profile spells it, dotted: "tpm.state.ownership" (docs/machines.md).
std::string_view name(ProfileKey key);

/// A truth, a number, or one of the key's words.
using KeysValue = std::variant<bool, std::uint32_t, std::string>;
using ProfileChanges = std::map<ProfileKey, KeysValue>;

/// A value that a profile may have.
struct BoardValue {
  ProfileKey key{};
  KeysValue value;
};

/// As TOML writes it: true, 0x3B64, "owned".
std::string to_toml(ProfileKey key, const KeysValue& value);

/// Whether a line of a profile gives `value` to `key`.
bool tells(const ProfileValue& line, ProfileKey key, const KeysValue& value);

/// For load_profile().
std::vector<emulator::machine::Override> overrides(const ProfileChanges& changes);

/// Of `changes` those that change something on a board of `profile`.
ProfileChanges what_changes(const ProfileChanges& changes,
                            const std::vector<ProfileValue>& profile);

}  // namespace scenarios::field
