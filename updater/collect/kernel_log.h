// SPDX-License-Identifier: BSD-3-Clause
// What the kernel said of the engine and the TPM: Documentation/ABI/testing/dev-kmsg.
#pragma once

#include <string>

namespace updater::collect {

/// The lines of `root`/dev/kmsg that speak of them, as dmesg shows them: "[    5.140900] text".
/// Empty where there is none or it may not be read.
std::string kernel_log(const std::string& root);

}  // namespace updater::collect
