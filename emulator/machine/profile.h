// SPDX-License-Identifier: BSD-3-Clause
// A machine profile: one board in one state, as scenarios/machines/*.toml describe it. Adding a
// machine is a file, not code.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "emulator/firmware/firmware_config.h"
#include "emulator/heci/heci_config.h"
#include "emulator/machine/find_profile.h"
#include "emulator/pci/pci_config.h"
#include "emulator/tpm/tpm_config.h"
#include "protocol/image/manifest_form.h"

namespace emulator::machine {

/// The operating system on the board, as far as the era's tools let it show through.
struct HostConfig {
  std::string system = "linux";  ///< which of the profile's [host.NAME] tables is in force
  std::string mei_driver_version;
  std::string lms_version;
  std::string uns_version;
  bool register_access_blocked = false;
  /// How many bytes late the host's MEInfo reads the TPM's dictionary-attack record; 3 in the
  /// era's Windows version.
  std::uint8_t lockout_read_late = 0;
};

struct FlashConfig {
  std::string part = "MX25L6405D";  ///< a row of emulator/flash/parts.h
  std::uint32_t code_size =
      0x180000;  ///< bytes of the operational-code partition; staging is as large
};

struct Profile {
  std::string name;
  std::string description;
  pci::PciConfig pci;
  heci::HeciConfig heci;
  FlashConfig flash;
  firmware::FirmwareConfig firmware;
  tpm::TpmConfig tpm;  ///< its version is the firmware's
  HostConfig host;
  std::string signing_key_pem;  ///< RSA-2048, signs what the factory writes; empty: the public
                                ///< development key
};

/// In which form this board's firmware has its manifests.
protocol::image::ManifestForm manifest_form(const Profile& profile);

/// Who signs what this board's factory writes, and what its ROM takes, PEM; not longer than
/// `profile` lives.
std::string_view factory_key(const Profile& profile);

/// "a.b.c = value" overrides, in TOML syntax on the right: {"fwu.enabled_update_interfaces", "1"}.
struct Override {
  std::string key;
  std::string value;
  std::string where;  ///< file:line:col or "--set", for error messages
};

/// Loads the profile that find_profile() finds. `extends = "NAME"` is followed. Errors: not_found
/// (lists the known names), invalid (file:line:col: what, and what would be right). An unknown key
/// is an error.
base::Result<Profile> load_profile(std::string_view name_or_path,
                                   const std::vector<Override>& overrides = {},
                                   const ProfileSearch& search = {});

}  // namespace emulator::machine
