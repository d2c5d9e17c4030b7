// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/owner_secret.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "protocol/tpm/crypto.h"
#include "updater/io/descriptor.h"

namespace updater::tpm {

using base::Errc;
using base::Error;
using base::Result;
using protocol::tpm::Secret;
using protocol::tpm::wipe;

namespace {

Error secret_file_error(const std::string& path, int number) {
  const Errc code = number == ENOENT                      ? Errc::not_found
                    : number == EACCES || number == EPERM ? Errc::permission
                                                          : Errc::io;
  return {code, "reading the owner's secret from " + path + ": " + std::strerror(number),
          static_cast<std::uint32_t>(number)};
}

}  // namespace

OwnerSecret OwnerSecret::from_passphrase(std::string_view passphrase) {
  Secret secret = protocol::tpm::secret_from_passphrase(passphrase);
  OwnerSecret owner(secret);
  wipe(secret);
  return owner;
}

Result<OwnerSecret> OwnerSecret::from_passphrase_utf16(std::string_view passphrase) {
  auto secret = protocol::tpm::secret_from_passphrase_utf16(passphrase);
  if (!secret) return Error{Errc::invalid, "reading the owner's passphrase: it is not UTF-8 text"};
  OwnerSecret owner(*secret);
  wipe(*secret);
  return owner;
}

OwnerSecret OwnerSecret::well_known() {
  return OwnerSecret(protocol::tpm::kWellKnownSecret);
}

/// One byte more is asked for than there may be, so that a file that is too long is seen.
/// O_NONBLOCK: a pipe without a writer must not hold the program.
Result<OwnerSecret> OwnerSecret::from_file(const std::string& path) {
  const io::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) return secret_file_error(path, errno);
  std::array<std::uint8_t, protocol::tpm::kDigestSize + 1> content{};
  const ssize_t got = ::read(file.number(), content.data(), content.size());
  const int number = errno;
  OwnerSecret owner = well_known();
  std::memcpy(owner.bytes_.data(), content.data(), owner.bytes_.size());
  wipe(content);
  if (got < 0) return secret_file_error(path, number);
  if (static_cast<std::size_t>(got) == owner.bytes_.size()) return owner;
  return Error{Errc::invalid, "reading the owner's secret from " + path +
                                  ": it must be exactly 20 bytes, the SHA-1 value itself"};
}

OwnerSecret::~OwnerSecret() {
  wipe(bytes_);
}

OwnerSecret::OwnerSecret(OwnerSecret&& other) noexcept : bytes_(other.bytes_) {
  wipe(other.bytes_);
}

OwnerSecret& OwnerSecret::operator=(OwnerSecret&& other) noexcept {
  if (this == &other) return *this;
  bytes_ = other.bytes_;
  wipe(other.bytes_);
  return *this;
}

}  // namespace updater::tpm
