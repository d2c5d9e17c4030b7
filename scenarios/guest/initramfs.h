// SPDX-License-Identifier: BSD-3-Clause
// What the guest boots into: busybox, the mei modules, meupdate with its machines, the caller's
// files, and an init that runs one command.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/guest/guest_parts.h"

namespace scenarios::guest {

/// Whether the guest's kernel gets a driver for the HECI function.
enum class MeiDriver { loaded, absent };

struct InitramfsContents {
  MeiDriver driver = MeiDriver::loaded;
  std::vector<std::string> files;    ///< paths here; in the guest /files/NAME
  std::vector<std::string> command;  ///< words; run in /files
};

/// Errors: io (a file that cannot be read), invalid (two files of one name).
base::Result<std::string> build_initramfs(const GuestParts& parts,
                                          const InitramfsContents& contents);

}  // namespace scenarios::guest
