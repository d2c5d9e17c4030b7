// SPDX-License-Identifier: BSD-3-Clause
// What a board's ME firmware is and how it is set up when it leaves the factory (or when its owner
// wrote the report).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "protocol/firmware_version.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"

namespace emulator::firmware {

/// A partition that can be updated by itself, as PARTIAL_UPDATE_ATTRIBUTES tells of it.
struct PartialPart {
  std::string name;  ///< at most 4 characters; empty: there is none
  std::uint32_t load_address = 0;
  std::uint32_t instance = 0;
  std::uint32_t update_version = 0;
  std::uint32_t expected_instance = 0;
  std::uint32_t expected_update_version = 0;
  protocol::FirmwareVersion version;  ///< of its own; all zero: the firmware's
  std::uint32_t control_number = 0;   ///< VCN at the factory, with a version of its own
};

/// What only ME 6 and later have.
struct Engine {
  /// Firmware status words 2 to 6 while it runs undisturbed.
  std::array<std::uint32_t, 5> status{};
  /// Words 1 and 2 while it starts, is in recovery or does not run, where a real board's are known;
  /// 0: `status` and word 1 with the bits changed that such boards change.
  std::array<std::uint32_t, 2> disturbed_status{};
  /// The upper half of the attributes in $SKU; in ME 7 and 8 bits 3:0 are the firmware's size in
  /// half MiB. An update is judged by the lower half alone.
  std::uint32_t sku_high = 0;
  std::uint32_t security_version = 0;        ///< SVN of the code at the factory
  std::uint32_t control_number = 0;          ///< VCN of the code at the factory
  std::uint32_t fused_security_version = 0;  ///< code with a lower one is not run
  std::uint32_t data_format = 0;             ///< as GET_VERSION reports it
  std::uint32_t platform_type = 0;
  std::uint32_t feature_state = 0;
  std::uint8_t stages = 19;  ///< of an update, as the progress reply counts them
  PartialPart part;
  /// Files of READ_FILE_EX 40002300h and 40005B00h: hashes of keys of the board's maker. All zero:
  /// there is none.
  std::array<std::uint8_t, 48> oem_key_hash{};
};

/// Facts of the chip and its firmware that no update and no set-up action changes.
struct Identity {
  protocol::FirmwareVersion version;           ///< of the operational code at the factory
  protocol::FirmwareVersion recovery_version;  ///< of the recovery code
  protocol::FirmwareVersion fitc_version;      ///< of the tool that laid the flash out
  std::uint32_t sku = 0;                       ///< GET_VERSION Sku; an image's $SKU must equal it
  std::uint32_t capabilities = 0;              ///< rule 0, MEFWCAPS_SKU
  std::uint32_t hardware_sku = 0;
  std::uint32_t ich_version = 0;
  std::uint32_t mch_version = 0;
  std::uint32_t vendor = 0x8086;
  std::string key_md5;             ///< of the key whose images the ROM takes, 32 hexadecimal digits
  bool version_reply_me3 = false;  ///< GET_VERSION in the 47-byte form, no GET_INFO
  bool crypto_fuse = true;
  bool flash_protection = true;
  std::uint8_t override_strap_behaviour = protocol::mkhi::kOverrideHalt;
  std::uint32_t flash_override_policy = 0;
  Engine engine;
};

/// What set-up, MEBx and updates change, kept in the file-system partition. An update must
/// preserve it.
struct Settings {
  std::uint32_t last_update_status = 0;
  std::uint16_t enabled_update_interfaces = protocol::fwu::kInterfaceLocal;
  std::uint8_t local_update = protocol::mkhi::kLocalUpdateEnabled;  ///< rule 7
  std::string update_password;                                      ///< local_update == password
  std::uint8_t override_counter = protocol::fwu::kOverrideCounterAlways;
  protocol::fwu::OverrideQualifier override_qualifier = protocol::fwu::OverrideQualifier::always;
  protocol::amthi::ProvisioningState provisioning_state = protocol::amthi::ProvisioningState::pre;
  protocol::amthi::ProvisioningMode provisioning_mode = protocol::amthi::ProvisioningMode::none;
  bool remote_connectivity = false;
  bool tls_enabled = false;
  std::uint8_t power_policy = 0;

  bool operator==(const Settings&) const = default;
};

/// What kind of computer it is: its power policies go by it.
enum class Form : std::uint8_t { desktop, mobile };

/// What the host, the BIOS and the network tell the ME.
struct Surroundings {
  Form form = Form::desktop;
  std::string bios_version;
  protocol::FirmwareVersion mebx_version;
  std::uint32_t bios_boot_state = protocol::fwu::kBiosPostBoot;
  protocol::fwu::ManageabilityMode manageability_mode = protocol::fwu::ManageabilityMode::amt;
  protocol::fwu::ResetReason reset_reason =
      protocol::fwu::ResetReason::power_up;  ///< of the boot before power-on
  protocol::amthi::LanInterface wired;
  bool has_wireless = false;
  protocol::amthi::LanInterface wireless;
};

enum class ResetAfterUpdate : std::uint8_t { me, platform };

/// How the firmware treats an update, and how long it takes over its work.
struct UpdatePolicy {
  ResetAfterUpdate reset = ResetAfterUpdate::me;
  bool allow_downgrade = true;  ///< the firmware vetoes an older image when false (8760)
  bool allow_same_version = true;
  std::array<std::uint8_t, 16> oem_id{};  ///< all zero: any
  std::uint32_t fwu_mtu = 512;            ///< bytes, largest FWU message
  base::Duration data_processing =
      std::chrono::milliseconds(5);  ///< a DATA message, beside the flash
  base::Duration verify_per_mib =
      std::chrono::milliseconds(900);                          ///< hash and signature over 1 MiB
  base::Duration boot_time = std::chrono::milliseconds(1500);  ///< power-on to clients answering
  /// How long the firmware waits for a flash operation to end before it counts it as failed.
  base::Duration flash_watchdog = std::chrono::minutes(8);
};

struct FirmwareConfig {
  Identity identity;
  Settings settings;
  Surroundings surroundings;
  UpdatePolicy update;
};

}  // namespace emulator::firmware
