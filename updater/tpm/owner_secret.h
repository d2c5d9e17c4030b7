// SPDX-License-Identifier: BSD-3-Clause
// The twenty bytes that make somebody a TPM's owner.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "os/core_dumps.h"
#include "os/secret_file.h"

namespace updater::tpm {

class OwnerSecret {
 public:
  /// SHA-1 of the passphrase as it is typed: what tpm-tools makes of it. Wiping `passphrase` is
  /// the caller's.
  static OwnerSecret from_passphrase(std::string_view passphrase);
  /// SHA-1 of the passphrase in UTF-16LE: what Windows makes of it, and tpm-tools with -u. Errors:
  /// invalid (not UTF-8).
  static base::Result<OwnerSecret> from_passphrase_utf16(std::string_view passphrase);
  /// Twenty zero bytes: what tpm-tools takes with -y or -z.
  static OwnerSecret well_known();
  /// A file or pipe of exactly twenty bytes. Errors: those of os::read_secret_bytes().
  static base::Result<OwnerSecret> from_file(const std::string& path, const os::NoCoreDumps& held,
                                             base::Duration limit = os::kSecretLimit);

  /// For the HMAC and the encryption; never for a message.
  base::ByteView bytes() const { return secret_.bytes(); }

 private:
  explicit OwnerSecret(base::Secret secret) : secret_(std::move(secret)) {}

  base::Secret secret_;
};

/// A passphrase that becomes such a secret, for os::read_secret_line().
inline constexpr os::SecretKind kPassphrase = {.name = "the owner's passphrase", .longest = 1024};

}  // namespace updater::tpm
