// SPDX-License-Identifier: BSD-3-Clause
// What a TPM says of a secret that its owner may have.
#pragma once

#include <cstdint>

namespace updater::tpm {

enum class OwnerVerdict : std::uint8_t {
  proven,
  wrong,       ///< the TPM has counted it
  not_owned,   ///< there is no secret to prove
  locked_out,  ///< nothing proved; LockoutState::seconds_left tells how long to wait
  last_try,    ///< nothing was sent: a wrong secret may start a lockout now
};
const char* name(OwnerVerdict verdict);

}  // namespace updater::tpm
