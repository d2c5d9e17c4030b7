// SPDX-License-Identifier: BSD-3-Clause
// What the last boot found: which code runs, and where everything is.
#pragma once

#include "emulator/firmware/firmware_view.h"
#include "emulator/firmware/layout.h"
#include "protocol/firmware_version.h"

namespace emulator::firmware {

struct Running {
  BootPath path = BootPath::off;
  protocol::FirmwareVersion version;           ///< of the code that runs
  protocol::FirmwareVersion recovery_version;  ///< of the recovery partition
  Layout layout;
  // From ME 6 on.
  bool first_code_failed = false;   ///< FTPR: its copy in FTUP runs
  bool second_code_failed = false;  ///< NFTP
  std::uint32_t security_version = 0;
  std::uint32_t control_number = 0;
};

}  // namespace emulator::firmware
