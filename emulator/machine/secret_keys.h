// SPDX-License-Identifier: BSD-3-Clause
// Which values of a machine's profile are secrets: said once, for whoever reads a profile and for
// whoever shows what was given for one.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace emulator::machine {

struct SecretKey {
  std::string_view table;
  std::string_view key;
};

inline constexpr SecretKey kUpdatePasswordKey = {.table = "settings", .key = "update_password"};
inline constexpr SecretKey kOwnerPassphraseKey = {.table = "tpm.state", .key = "owner_passphrase"};
inline constexpr std::array kSecretKeys = {kUpdatePasswordKey, kOwnerPassphraseKey};

/// Whether `key` is the dotted key of a secret, or of a table that holds one. A blank, a quotation
/// mark or a capital more makes no difference, nor does a mistyped letter: what was meant is hidden
/// all the same.
bool is_secret(std::string_view key);

/// "KEY=VALUE", or an option with it ("--set=KEY=VALUE"), to be shown: a secret VALUE that does not
/// name its file gives way to "@FILE". Any other text is as it was.
std::string without_secret(std::string_view entry);

}  // namespace emulator::machine
