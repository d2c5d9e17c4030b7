// SPDX-License-Identifier: BSD-3-Clause
// A profile's values as text: what a file would say, key by key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/machine/profile.h"

namespace emulator::machine {

struct KeyValue {
  std::string table;  ///< "tpm.state"; empty: the top
  std::string key;
  std::string toml;  ///< as TOML; empty: this profile has none, and the program decides
};
/// "tpm.state.enabled"
std::string dotted(const KeyValue& value);

/// Every key that a profile can have, in the order of docs/machines.md, with `profile`'s value.
/// `schema` and `extends` are the file's; `firmware.key` is a file of which only the contents are
/// known: its value is empty. Secrets are among the values.
std::vector<KeyValue> values_of(const Profile& profile);

/// Whether "table.key" is a profile's; of [host.NAME] with any NAME.
bool is_profile_key(std::string_view dotted_key);

/// A file that load_profile() reads as `profile`, but for its own signing key.
std::string profile_text(const Profile& profile);

}  // namespace emulator::machine
