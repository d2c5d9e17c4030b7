// SPDX-License-Identifier: BSD-3-Clause
// Who else is at a device's file: another updater, which stops this one, or programs that merely
// have it open.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "os/file_lock.h"

namespace updater::io {

/// As long as the lock lives no other meupdate has one on `path`, a device's file. Whoever may open
/// the file may take it. Errors: busy (names the other), not_found, permission, io.
base::Result<os::FileLock> claim_device(const std::string& path);

/// A sentence's beginning for each program that has `path` open beside this one, "lms (process 812)
/// has /dev/mei0 open, too"; and one where not every program could be looked at.
std::vector<std::string> others_at(const std::string& path, const std::string& proc = "/proc");

}  // namespace updater::io
