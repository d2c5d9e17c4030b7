// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/signing_key.h"

#include "base/hex.h"
#include "os/read_file.h"
#include "protocol/image/signature.h"

namespace emulator::machine {

base::Result<SigningKey> read_signing_key(const std::string& path) {
  const auto bytes = os::read_file(path, 1);
  if (!bytes) return bytes.error();
  SigningKey key{.private_key_pem = std::string(bytes->begin(), bytes->end()), .md5 = {}};
  const auto md5 = protocol::image::key_md5(key.private_key_pem);
  if (!md5) {
    return base::Error{md5.error().code, "reading " + path + ": " + md5.error().doing +
                                             " (`openssl genrsa -out FILE 2048` makes one)"};
  }
  key.md5 = base::to_hex(*md5);
  return key;
}

}  // namespace emulator::machine
