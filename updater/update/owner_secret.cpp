// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/owner_secret.h"

namespace updater::update {

OwnerSecretIs known_after(tpm::OwnerVerdict verdict) {
  using tpm::OwnerVerdict;
  switch (verdict) {
    case OwnerVerdict::proven:
    case OwnerVerdict::not_owned:
      return OwnerSecretIs::proven;
    case OwnerVerdict::wrong:
      return OwnerSecretIs::wrong;
    case OwnerVerdict::locked_out:
      return OwnerSecretIs::locked_out;
    case OwnerVerdict::last_try:
      return OwnerSecretIs::last_try;
  }
  return OwnerSecretIs::given;
}

}  // namespace updater::update
