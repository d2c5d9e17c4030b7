// SPDX-License-Identifier: BSD-3-Clause
// What a guest is made of: its processor and memory, and where the files are: beside this program
// in a build; of an installed one the kernel and the QEMU with vfio-user are in the user's cache.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace scenarios::guest {

struct GuestParts {
  std::string qemu = "qemu-system-x86_64";
  std::string vfio_user_qemu;  ///< 10.1 or later
  std::string kernel;    ///< folder with the files of kKernelFiles, vmlinux if unpacked, and the
                         ///< modules watchdog.ko and mei_wdt.ko for who wants them
  std::string plugin;    ///< the QEMU device plugin
  std::string meupdate;  ///< a static one
  std::string machines;  ///< folder of profiles
  std::string setup;     ///< the script that fetches what is missing, for messages
  /// As QEMU's -cpu has it. Of the boards' years and vendor, with a source of random bytes: a
  /// kernel that is so young has none of its own.
  std::string cpu = "Penryn,+rdrand";
  std::uint32_t memory = 0;  ///< MiB; 0: as much as its files want
};

enum class Needs {
  plugin,
  vfio_user_qemu,
};

/// The parts as they lie about this program. Whether they are there is check()'s to say.
GuestParts parts_beside_program();

/// What the folder of the kernel must hold. The modules are not compressed.
inline constexpr std::array<const char*, 4> kKernelFiles = {"vmlinuz", "busybox", "mei.ko",
                                                            "mei-me.ko"};

/// Errors: not_found (names the file and how to get it), invalid (meupdate needs shared libraries,
/// which no guest has).
base::Result<void> check(const GuestParts& parts, Needs needs);

}  // namespace scenarios::guest
