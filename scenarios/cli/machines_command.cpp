// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/machines_command.h"

#include <fmt/format.h>

#include "emulator/machine/profile.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"

namespace scenarios::cli {
namespace {

using emulator::machine::FoundProfile;

/// Of a profile that did not come with the program: which file it is.
std::string place(const FoundProfile& found) {
  return found.in == FoundProfile::In::shipped ? "" : fmt::format("  [{}]", found.path);
}

}  // namespace

int list_machines() {
  int status = kDone;
  for (const FoundProfile& found : emulator::machine::find_profiles()) {
    const auto profile = emulator::machine::load_profile(found.name);
    if (!profile) {
      complain(profile.error().doing);
      status = kBroken;
      continue;
    }
    say(fmt::format("{:<26} 8086:{:04X}  {:<14} {}{}\n", found.name, profile->pci.device_id,
                    to_text(profile->firmware.identity.version), profile->description,
                    place(found)));
  }
  return status;
}

}  // namespace scenarios::cli
