// SPDX-License-Identifier: BSD-3-Clause
// What the ME sees in the memory of the TPM it runs. An iTPM is firmware of the ME, so its owner's
// secret and its open sessions are in the ME's own RAM; no TPM command reveals them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "protocol/tpm/types.h"

namespace emulator::tpm {

enum class SessionProtocol : std::uint16_t { oiap = 1, osap = 2, dsap = 6 };

/// One open authorisation session.
struct OpenSession {
  SessionProtocol protocol = SessionProtocol::oiap;
  std::uint8_t entity_type = 0;           ///< osap: 2 is the owner
  protocol::tpm::Nonce nonce_even{};      ///< the last one the TPM gave out
  protocol::tpm::Secret shared_secret{};  ///< osap, dsap
};

class TpmMemory {
 public:
  virtual ~TpmMemory() = default;

  /// The owner's secret, meaningless while nobody owns the TPM.
  virtual protocol::tpm::Secret owner_secret() = 0;
  virtual bool has_endorsement_key() = 0;
  virtual std::optional<OpenSession> session(protocol::tpm::Handle handle) = 0;
  /// Deferred physical presence: unownedFieldUpgrade is set in this boot.
  virtual bool unowned_field_upgrade() = 0;
  /// TPM_Startup was done since _TPM_Init.
  virtual bool started() = 0;

  /// The engine's own count of failed authorisations since TPM_Startup(CLEAR).
  virtual std::uint32_t failed_attempts() = 0;
  /// Forgets that count. Errors: io, invalid.
  virtual base::Result<void> clear_failed_attempts() = 0;
  /// Sets the volatile flag `deactivated`, as TPM_FieldUpgrade does when it has changed the TPM.
  /// Errors: io, invalid.
  virtual base::Result<void> deactivate_until_startup() = 0;
  /// Puts the TPM into failure mode. Errors: io, invalid.
  virtual base::Result<void> fail_self_test() = 0;
};

/// What HMACs of an owner's command in `session` are keyed with.
inline protocol::tpm::Secret session_key(const OpenSession& session, TpmMemory& memory) {
  return session.protocol == SessionProtocol::oiap ? memory.owner_secret() : session.shared_secret;
}

}  // namespace emulator::tpm
