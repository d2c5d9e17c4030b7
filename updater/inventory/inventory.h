// SPDX-License-Identifier: BSD-3-Clause
// Everything a MEInfo-like report shows, collected over the transports. What a device does not tell
// is absent, with why.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"
#include "updater/inventory/tpm_inventory.h"
#include "updater/mei/mei_transport.h"

namespace updater::inventory {

/// What kept the era's own tools from reading a board right, on the system that they ran on. The
/// truth is in the other fields of an Inventory; these are for a report in those tools' words.
struct EraTools {
  /// They reach registers through a helper driver; where the system blocks it they print status 0.
  bool register_access_blocked = false;
  /// They read the TPM's eight-byte record of lockout parameters so many bytes late.
  std::uint8_t lockout_read_late = 0;
};

struct Inventory {
  Inventory();  ///< every fact absent: "not asked yet"

  std::string device;
  bool simulated = false;
  mei::HostFacts host;
  EraTools era_tools;  ///< collect() does not ask for it: no device knows it

  Answer<std::uint16_t> pci_device_id;
  Answer<std::uint32_t> firmware_status;             ///< HFS, opaque
  std::vector<std::uint32_t> firmware_status_words;  ///< all that are told, HFS first
  Answer<protocol::fwu::VersionReply> version;       ///< FWU GET_VERSION
  Answer<protocol::fwu::InfoReply> info;             ///< FWU GET_INFO; ME 3 and earlier have none
  Answer<std::uint32_t> update_message_limit;        ///< bytes, the FWU client's largest message
  Answer<protocol::mkhi::FirmwareVersionResponse> mkhi_version;
  Answer<std::uint32_t> capabilities;       ///< MKHI rule 0, MEFWCAPS_SKU
  Answer<std::uint8_t> local_update;        ///< MKHI rule 7
  Answer<std::uint8_t> override_behaviour;  ///< MKHI rule 0x14
  Answer<protocol::amthi::CodeVersions> code_versions;
  Answer<protocol::amthi::ProvisioningModeReply> provisioning_mode;
  Answer<protocol::amthi::ProvisioningState> provisioning_state;
  Answer<protocol::amthi::SecurityParameters> security;
  Answer<protocol::amthi::LanInterface> wired;
  Answer<protocol::amthi::LanInterface> wireless;
  Answer<protocol::amthi::FeaturesState> redirection;
  Answer<protocol::amthi::FeaturesState> system_defense;
  Answer<protocol::amthi::FeaturesState> web_ui;
  Answer<bool> remote_connectivity;  ///< the remote connectivity service exists
  Answer<protocol::amthi::HostResetReason> last_host_reset_reason;
  Answer<protocol::amthi::AmtState> amt_state;
  Answer<TpmInventory> tpm;  ///< collect() does not ask for it: collect_tpm() does
};

/// Major version of later firmware: of one that answers GET_VERSION in the form of ME 6 on, or
/// whose generation has none and tells its version through MKHI; nothing of earlier firmware.
std::optional<std::uint16_t> later_major(const Inventory& inventory);

/// The firmware runs its recovery code: MKHI reports no operational version and a recovery version;
/// or, where there is no way to MKHI (/dev/mei0), the SKU has AMT and its client is not there.
bool in_recovery(const Inventory& inventory);
/// From ME 6 on the status words tell it.
bool words_tell_recovery(std::span<const std::uint32_t> words, std::uint16_t major);
/// No such client, or no way to it.
bool is_absent(const base::Error& error);
/// Firmware of this SKU brings the AMT client whenever its operational code runs.
bool has_amt(std::uint32_t sku);
/// The version of the code that runs, from whichever client tells it; absent when none does.
std::optional<protocol::FirmwareVersion> running_version(const Inventory& inventory);
/// Whether a local update is open: MKHI rule 7, else the interface bit; absent when neither
/// is known.
std::optional<std::uint8_t> local_update_state(const Inventory& inventory);

/// Asks the device for everything, each question with a bounded wait. A device that answers nothing
/// at all is an error; one that answers some is an inventory with gaps.
base::Result<Inventory> collect(mei::MeiDevice& device);

}  // namespace updater::inventory
