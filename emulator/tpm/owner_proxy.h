// SPDX-License-Identifier: BSD-3-Clause
// Checks the owner's authorisation of a command the engine does not know. The HMAC is computed
// here, for the ME knows the owner's secret; then a harmless owner command of the standard is run
// in the host's own session, rightly or deliberately wrongly authorised. So the engine itself
// enforces state, ends or rolls the session, and counts the failure.
#pragma once

#include "emulator/tpm/personality.h"
#include "emulator/tpm/tpm_memory.h"
#include "protocol/tpm/authorisation.h"

namespace emulator::tpm {

/// What the answer to an authorised command is sealed with.
struct AnswerSeal {
  protocol::tpm::Secret key{};
  protocol::tpm::Nonce nonce_even{};
  protocol::tpm::Nonce nonce_odd{};
  std::uint8_t continue_session = 0;
};

struct OwnerVerdict {
  protocol::tpm::ReturnCode code = protocol::tpm::ReturnCode::success;
  AnswerSeal seal;  ///< on success
};

class OwnerProxy {
 public:
  OwnerProxy(Personality& personality, TpmMemory& memory)
      : personality_(personality), memory_(memory) {}

  /// `inactive`: whether a disabled or inactive TPM takes the command.
  OwnerVerdict check(std::uint8_t locality, const protocol::tpm::AuthorisedCommand& command,
                     InactiveUpgrade inactive);

  static base::Bytes seal(const AnswerSeal& seal, protocol::tpm::Ordinal ordinal,
                          base::ByteView out_params);

 private:
  base::Bytes stand_in(const protocol::tpm::AuthorisedCommand& command, const OpenSession& session,
                       const protocol::tpm::Secret& key, InactiveUpgrade inactive);

  Personality& personality_;
  TpmMemory& memory_;
};

}  // namespace emulator::tpm
