// SPDX-License-Identifier: BSD-3-Clause
// Somebody's own key for firmware images: what the factory signs with, and what a ROM knows of it.
#pragma once

#include <string>

#include "base/result.h"

namespace emulator::machine {

struct SigningKey {
  std::string private_key_pem;
  std::string md5;  ///< of its public half, 32 lower-case hexadecimal digits
};

/// An RSA-2048 private key in PEM, at most 1 MiB. Errors: those of os::read_file(); invalid
/// (another kind of key, or an encrypted one); each names the file.
base::Result<SigningKey> read_signing_key(const std::string& path);

}  // namespace emulator::machine
