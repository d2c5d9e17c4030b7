// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/password_file.h"

#include "os/secret_file.h"

namespace updater::cli {
namespace {

constexpr os::SecretKind kUpdatePassword = {.name = "the MEBx password", .longest = 32};

}  // namespace

base::Result<base::Secret> read_password(const std::string& path, const os::NoCoreDumps& held) {
  if (path.empty()) return base::Secret();
  return os::read_secret_line(path, kUpdatePassword, held);
}

}  // namespace updater::cli
