// SPDX-License-Identifier: BSD-3-Clause
// Everything this project tells about a TPM 1.2, asked without authorisation and without changing
// anything.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "protocol/tpm/capability.h"
#include "protocol/tpm/field_upgrade.h"
#include "updater/tpm/tpm12_client.h"

namespace updater::inventory {

/// What a device answers when it is asked for a fact, or the error that says why none is known.
template <class T>
using Answer = base::Result<T>;

struct TpmInventory {
  TpmInventory();  ///< every fact absent: "not asked yet"

  std::string reached_through;  ///< the transport's name
  tpm::StartUp start_up = tpm::StartUp::running;
  Answer<protocol::tpm::VendorId> vendor;
  Answer<protocol::tpm::VersionInfo> version;
  Answer<protocol::tpm::PermanentFlags> permanent;
  Answer<protocol::tpm::StclearFlags> this_boot;
  Answer<bool> owned;
  Answer<tpm::LockoutState> lockout;
  Answer<bool> takes_upgrade;  ///< it knows TPM_FieldUpgrade
  /// What it says about updates. collect_tpm() does not ask: the command is each maker's own.
  Answer<protocol::tpm::UpgradeInformation> upgrade;
  /// The update that is under way, where `upgrade` tells that one is.
  Answer<protocol::tpm::UpgradeStatus> upload;
};

/// An iTPM: the one inside an Intel ME.
bool is_intel(const TpmInventory& tpm);

/// What only an iTPM's vendor fields hold (docs/fidelity.md, tpm-version and tpm-lockout-record);
/// nothing for another TPM, or where the bytes are not there.
std::optional<protocol::tpm::BuildRecord> build_record(const TpmInventory& tpm);
std::optional<protocol::tpm::LockoutRecord> lockout_record(const TpmInventory& tpm);
/// The same eight bytes read `late` bytes too late, with zeros behind them, as one of the era's
/// tools does.
std::optional<protocol::tpm::LockoutRecord> lockout_record_read_late(const TpmInventory& tpm,
                                                                     std::size_t late);

/// A TPM that answers nothing at all is an error, one that answers some has gaps. Errors: those
/// of Tpm12Link.
base::Result<TpmInventory> collect_tpm(tpm::TpmTransport& transport, base::Clock& clock);

}  // namespace updater::inventory
