// SPDX-License-Identifier: BSD-3-Clause
// The twenty bytes that make somebody a TPM's owner. They wipe themselves and cannot be printed.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "protocol/tpm/types.h"

namespace updater::tpm {

class OwnerSecret {
 public:
  /// SHA-1 of the passphrase as it is typed: what tpm-tools makes of it. Wiping `passphrase` is the
  /// caller's.
  static OwnerSecret from_passphrase(std::string_view passphrase);
  /// SHA-1 of the passphrase in UTF-16LE: what Windows makes of it, and tpm-tools with -u. Errors:
  /// invalid (not UTF-8).
  static base::Result<OwnerSecret> from_passphrase_utf16(std::string_view passphrase);
  /// Twenty zero bytes: what tpm-tools takes with -y or -z.
  static OwnerSecret well_known();
  /// A file of exactly twenty bytes. Errors: not_found, permission, invalid (another size), io.
  static base::Result<OwnerSecret> from_file(const std::string& path);

  ~OwnerSecret();
  OwnerSecret(OwnerSecret&& other) noexcept;
  OwnerSecret& operator=(OwnerSecret&& other) noexcept;
  OwnerSecret(const OwnerSecret&) = delete;
  OwnerSecret& operator=(const OwnerSecret&) = delete;

  /// For the HMAC and the encryption; never for a message.
  const protocol::tpm::Secret& bytes() const { return bytes_; }

 private:
  explicit OwnerSecret(const protocol::tpm::Secret& bytes) : bytes_(bytes) {}

  protocol::tpm::Secret bytes_{};
};

template <class Stream>
Stream& operator<<(Stream&, const OwnerSecret&) = delete;

}  // namespace updater::tpm
