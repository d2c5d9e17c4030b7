// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/nonce_source.h"

#include <sys/random.h>

namespace updater::tpm {

base::Result<protocol::tpm::Nonce> kernel_nonce() {
  protocol::tpm::Nonce nonce{};
  const ssize_t got = ::getrandom(nonce.data(), nonce.size(), GRND_NONBLOCK);
  if (got == static_cast<ssize_t>(nonce.size())) return nonce;
  return base::Error{base::Errc::io, "making a nonce: the kernel has no random bytes yet"};
}

}  // namespace updater::tpm
