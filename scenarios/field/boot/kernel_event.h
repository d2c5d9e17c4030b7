// SPDX-License-Identifier: BSD-3-Clause
// What a driver's line tells, whatever the age of the kernel and the values of its board: by it
// two kernels' logs are compared. Wording: drivers/misc/mei and drivers/char/tpm of Linux 3 to 6.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scenarios::field {

/// How old a wording is. The driver got its bound on resets, and the words about it, in Linux 3.14.
enum class KernelWords : std::uint8_t {
  any,
  older,  ///< no kernel since then says it so
  newer,  ///< no kernel before it says so
};

struct KernelEvent {
  std::string key;  ///< equal where two lines tell the same
  KernelWords words = KernelWords::any;
};

/// `message`: without time, driver and device. Of numbers that are a board's own (registers,
/// identities, states of the driver's choosing) none is in the key; a TPM's answer is.
KernelEvent kernel_event(std::string_view message);

}  // namespace scenarios::field
