// SPDX-License-Identifier: BSD-3-Clause
// Reading a secret from a file or a pipe, straight into what wipes itself: no buffer keeps a copy.
#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "os/core_dumps.h"

namespace os {

/// What is read, for the errors, and how much of it there may be.
struct SecretKind {
  const char* name;     ///< "the owner's passphrase"
  std::size_t longest;  ///< bytes
};

/// How long a pipe is waited for, as a whole.
inline constexpr base::Duration kSecretLimit = std::chrono::seconds(10);

/// The first line of `path`, without its end: a file, or a pipe into which another program writes
/// it. What follows is left to the next reader. `held` stands for a process whose memory no crash
/// writes down. Errors: not_found, permission, io, invalid (empty, too long, a folder or a disk),
/// timeout (the pipe's other end did not write within `limit`), interrupted (a signal came); each
/// names the path.
base::Result<base::Secret> read_secret_line(const std::string& path, const SecretKind& kind,
                                            const NoCoreDumps& held,
                                            base::Duration limit = kSecretLimit);
/// Of a file that is open, such as a terminal, however long it takes; `name` is for errors.
base::Result<base::Secret> read_secret_line(int number, const std::string& name,
                                            const SecretKind& kind, const NoCoreDumps& held);

/// All of `path`, which must be exactly kind.longest bytes. Errors: the same; invalid:
/// another size.
base::Result<base::Secret> read_secret_bytes(const std::string& path, const SecretKind& kind,
                                             const NoCoreDumps& held,
                                             base::Duration limit = kSecretLimit);

}  // namespace os
