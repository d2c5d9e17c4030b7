// SPDX-License-Identifier: BSD-3-Clause
// The words that give QEMU its kernel and what the kernel boots into.
#pragma once

#include <string>
#include <vector>

namespace scenarios::guest {

/// For the kernel in the folder `kernel`: its vmlinux, which boots in three seconds (Linux
/// documentation, arch/x86/boot.rst and Xen's x86 HVM direct boot ABI), or else its vmlinuz, which
/// first takes five more to unpack itself. `append` is more of the kernel's command line. Reads the
/// size of `initramfs`.
std::vector<std::string> boot_words(const std::string& kernel, const std::string& initramfs,
                                    const std::string& append);

/// Mebibytes of memory of a guest that boots into `initramfs`: while the kernel unpacks it, it is
/// there as it was loaded, as the kernel's copy and as files.
std::string memory_for(const std::string& initramfs);

}  // namespace scenarios::guest
