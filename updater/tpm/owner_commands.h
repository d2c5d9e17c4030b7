// SPDX-License-Identifier: BSD-3-Clause
// The commands by which a TPM 1.2 gets an owner, loses it and obeys it (TPM Main Part 3, sections
// 5, 6 and 14).
#pragma once

#include "updater/tpm/tpm12_client.h"

namespace updater::tpm {

/// Runs one owner command in a session of its own and answers its parameters.
base::Result<base::Bytes> run_as_owner(Tpm12Link& link, const OwnerSecret& secret,
                                       protocol::tpm::Ordinal ordinal, base::ByteView params,
                                       SessionKind kind = SessionKind::oiap);

/// The endorsement key of an unowned TPM. Errors: refused no_endorsement (it has none),
/// disabled_command (it is owned).
base::Result<protocol::tpm::PublicKey> read_endorsement_key(Tpm12Link& link);
/// Makes one, once in a TPM's life.
base::Result<protocol::tpm::PublicKey> create_endorsement_key(Tpm12Link& link);

/// Both secrets travel encrypted for the endorsement key, the owner's by `secret`, the storage root
/// key's well-known.
base::Result<void> take_ownership(Tpm12Link& link, const OwnerSecret& secret);
/// Afterwards the TPM is unowned, disabled and inactive until somebody physically present
/// changes that.
base::Result<void> clear_owner(Tpm12Link& link, const OwnerSecret& secret);
base::Result<void> set_disabled(Tpm12Link& link, const OwnerSecret& secret,
                                protocol::tpm::Setting disabled);

}  // namespace updater::tpm
