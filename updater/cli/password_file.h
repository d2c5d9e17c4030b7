// SPDX-License-Identifier: BSD-3-Clause
// The update password, from a file so that no process list shows it.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "os/core_dumps.h"

namespace updater::cli {

/// The first line of `path`, 1 to 32 bytes, as many as START has room for; an empty path gives
/// none. Errors: those of os::read_secret_line().
base::Result<base::Secret> read_password(const std::string& path, const os::NoCoreDumps& held);

}  // namespace updater::cli
