// SPDX-License-Identifier: BSD-3-Clause
// Where the things are that a guest is made of: beside this program in a build; of an installed one
// the kernel and the QEMU with vfio-user are in the user's cache.
#pragma once

#include <string>

#include "base/result.h"

namespace scenarios::guest {

struct GuestParts {
  std::string qemu = "qemu-system-x86_64";
  std::string vfio_user_qemu;  ///< 10.1 or later
  std::string kernel;  ///< folder with vmlinuz, vmlinux if unpacked, busybox and the modules of the
                       ///< same kernel
  std::string plugin;  ///< the QEMU device plugin
  std::string meupdate;  ///< a static one
  std::string machines;  ///< folder of profiles
  std::string setup;     ///< the script that fetches what is missing, for messages
};

enum class Needs {
  plugin,
  vfio_user_qemu,
};

/// The parts as they lie about this program. Whether they are there is check()'s to say.
GuestParts parts_beside_program();

/// Errors: not_found (names the file and how to get it), invalid (meupdate needs shared libraries,
/// which no guest has).
base::Result<void> check(const GuestParts& parts, Needs needs);

}  // namespace scenarios::guest
