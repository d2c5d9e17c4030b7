// SPDX-License-Identifier: BSD-3-Clause
// TPM_FieldUpgrade from the host's side (protocol/tpm/field_upgrade.h): start, data, complete,
// abort, and the two questions that never need authorisation.
#pragma once

#include "protocol/tpm/field_upgrade.h"
#include "updater/tpm/auth_session.h"

namespace updater::tpm {

/// Errors of each: Tpm12Link's (refused: the TPM itself says no), protocol (an answer of another
/// form). What the firmware's update session answers is in the outcome's status.
class FieldUpgrade {
 public:
  explicit FieldUpgrade(Tpm12Link& link) : link_(link) {}

  base::Result<protocol::tpm::UpgradeInformation> information();
  base::Result<protocol::tpm::UpgradeStatus> status();
  /// The same where nobody should wait long for a TPM that has fallen silent.
  base::Result<protocol::tpm::UpgradeStatus> status_soon();

  /// Authorised by `owner` in an OIAP session of its own; null: there is no owner.
  base::Result<protocol::tpm::UpgradeOutcome> start(const protocol::tpm::UpgradeStart& start,
                                                    const OwnerSecret* owner);
  base::Result<protocol::tpm::UpgradeOutcome> data(base::ByteView block);
  base::Result<protocol::tpm::UpgradeOutcome> complete();
  /// Waits no longer than status_soon().
  base::Result<protocol::tpm::UpgradeOutcome> abort();

 private:
  base::Result<base::Bytes> ask(protocol::tpm::UpgradeCommand command, base::ByteView data);

  Tpm12Link& link_;
};

}  // namespace updater::tpm
