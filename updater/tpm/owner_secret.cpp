// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/owner_secret.h"

#include "protocol/tpm/crypto.h"

namespace updater::tpm {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Secret;

constexpr os::SecretKind kOwnerSecret = {.name = "the owner's secret",
                                         .longest = protocol::tpm::kDigestSize};

}  // namespace

OwnerSecret OwnerSecret::from_passphrase(std::string_view passphrase) {
  protocol::tpm::Secret hash = protocol::tpm::secret_from_passphrase(passphrase);
  return OwnerSecret(Secret::taken_from(hash));
}

Result<OwnerSecret> OwnerSecret::from_passphrase_utf16(std::string_view passphrase) {
  auto hash = protocol::tpm::secret_from_passphrase_utf16(passphrase);
  if (!hash) return Error{Errc::invalid, "reading the owner's passphrase: it is not UTF-8 text"};
  return OwnerSecret(Secret::taken_from(*hash));
}

OwnerSecret OwnerSecret::well_known() {
  return OwnerSecret(Secret::copy_of(protocol::tpm::kWellKnownSecret));
}

Result<OwnerSecret> OwnerSecret::from_file(const std::string& path, const os::NoCoreDumps& held,
                                           base::Duration limit) {
  auto bytes = os::read_secret_bytes(path, kOwnerSecret, held, limit);
  if (bytes) return OwnerSecret(std::move(bytes).value());
  Error error = bytes.error();
  if (error.code == Errc::invalid) error.doing += ", the SHA-1 value itself";
  return error;
}

}  // namespace updater::tpm
