// SPDX-License-Identifier: BSD-3-Clause
// TPM 1.2 commands over a transport: each with its own limit, asked again while the TPM says that
// it is busy, and every other answer than success an error by name.
#pragma once

#include "protocol/tpm/frame.h"
#include "protocol/tpm/return_codes.h"
#include "updater/tpm/nonce_source.h"
#include "updater/tpm/tpm_transport.h"

namespace updater::tpm {

/// The error that `code` stands for while doing `ordinal`: refused, status = the code.
base::Error tpm_error(protocol::tpm::Ordinal ordinal, protocol::tpm::ReturnCode code);
/// Whether `error` is the TPM's own `code`.
bool is(const base::Error& error, protocol::tpm::ReturnCode code);

class Tpm12Link {
 public:
  Tpm12Link(TpmTransport& transport, base::Clock& clock, NonceSource nonces = kernel_nonce)
      : transport_(transport), clock_(clock), nonces_(std::move(nonces)) {}

  /// The whole response, which says success. Errors: refused (status: TPM return code), protocol,
  /// the transport's.
  base::Result<base::Bytes> run(base::ByteView command);
  /// The same, once and with a limit of the caller's.
  base::Result<base::Bytes> run_once(base::ByteView command, base::Duration limit);

  base::Result<protocol::tpm::Nonce> nonce() { return nonces_(); }

 private:
  TpmTransport& transport_;
  base::Clock& clock_;
  NonceSource nonces_;
};

}  // namespace updater::tpm
