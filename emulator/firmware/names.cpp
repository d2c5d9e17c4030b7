// SPDX-License-Identifier: BSD-3-Clause
// Stable lower-case names of the firmware's states, for traces, scenarios and reports.
#include "emulator/firmware/firmware_view.h"
#include "emulator/firmware/update_session.h"

namespace emulator::firmware {

const char* name(BootPath path) {
  switch (path) {
    case BootPath::off:
      return "off";
    case BootPath::booting:
      return "booting";
    case BootPath::operational:
      return "operational";
    case BootPath::recovery:
      return "recovery";
    case BootPath::halted:
      return "halted";
    case BootPath::disabled:
      return "disabled";
  }
  return "unknown";
}

const char* name(SessionState state) {
  switch (state) {
    case SessionState::idle:
      return "idle";
    case SessionState::staging:
      return "staging";
    case SessionState::verifying:
      return "verifying";
    case SessionState::committing:
      return "committing";
    case SessionState::committed:
      return "committed";
    case SessionState::failed:
      return "failed";
  }
  return "unknown";
}

}  // namespace emulator::firmware
