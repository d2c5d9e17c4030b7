// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/machines_command.h"

#include <fmt/format.h>

#include "emulator/machine/profile.h"
#include "scenarios/cli/print.h"

namespace scenarios::cli {

int list_machines() {
  int status = 0;
  for (const std::string& name : emulator::machine::profile_names()) {
    const auto profile = emulator::machine::load_profile(name);
    if (!profile) {
      complain(profile.error().doing);
      status = 3;
      continue;
    }
    say(fmt::format("{:<26} 8086:{:04X}  {:<14} {}\n", name, profile->pci.device_id,
                    to_text(profile->firmware.identity.version), profile->description));
  }
  return status;
}

}  // namespace scenarios::cli
