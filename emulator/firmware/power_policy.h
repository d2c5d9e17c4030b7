// SPDX-License-Identifier: BSD-3-Clause
// The power policies of AMT up to 5, in intel/lms' words, and in which of the host's sleeping
// states (ACPI) the ME runs on under each. Which of them has which number in a board is ours
// (docs/fidelity.md, amthi-power-policy).
#pragma once

#include <cstdint>
#include <string>

#include "emulator/firmware/firmware_config.h"

namespace emulator::firmware {

/// Where a host goes while the mains stay on.
enum class Sleep : std::uint8_t {
  s3,  ///< suspend to RAM
  s4,  ///< suspend to disk
  s5,  ///< soft off
};

/// "Desktop: ON in S0, S3"; one that has no name is told by its number.
std::string power_policy_name(Form form, std::uint8_t policy);

/// Whether the ME runs on under `policy` while the host is in `sleep`. One that only wakes for the
/// network, and one without a name, is off until the host comes back.
bool stays_on(Form form, std::uint8_t policy, Sleep sleep);

}  // namespace emulator::firmware
