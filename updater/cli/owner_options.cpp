// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/owner_options.h"

#include "os/secret_file.h"

namespace updater::cli {
namespace {

using base::Result;
using tpm::OwnerSecret;

Result<MaybeSecret> hashed(const base::Secret& passphrase, OwnerEncoding encoding) {
  if (encoding == OwnerEncoding::ascii)
    return MaybeSecret(OwnerSecret::from_passphrase(passphrase.text()));
  auto secret = OwnerSecret::from_passphrase_utf16(passphrase.text());
  if (!secret) return secret.error();
  return MaybeSecret(std::move(secret).value());
}

}  // namespace

Result<MaybeSecret> read_owner_secret(const OwnerOptions& options, const os::NoCoreDumps& held) {
  if (options.well_known) return MaybeSecret(OwnerSecret::well_known());
  if (!options.secret_file.empty()) {
    auto secret = OwnerSecret::from_file(options.secret_file, held);
    if (!secret) return secret.error();
    return MaybeSecret(std::move(secret).value());
  }
  if (options.passphrase_file.empty()) return MaybeSecret();
  const auto passphrase = os::read_secret_line(options.passphrase_file, tpm::kPassphrase, held);
  if (!passphrase) return passphrase.error();
  return hashed(*passphrase, options.encoding);
}

Result<MaybeSecret> ask_owner_secret(const OwnerOptions& options, Console& console,
                                     const os::NoCoreDumps& held) {
  if (!console.interactive()) return MaybeSecret();
  const auto passphrase = console.ask_secret("TPM owner's passphrase (not shown): ", held);
  if (!passphrase) return passphrase.error();
  if (!*passphrase) return MaybeSecret();
  return hashed(**passphrase, options.encoding);
}

}  // namespace updater::cli
