// SPDX-License-Identifier: BSD-3-Clause
// --device sim:MACHINE: a board built from its profile inside this process, with the host's HECI
// driver on its registers.
#pragma once

#include "updater/cli/open_device.h"
#include "updater/cli/state_folder.h"

namespace emulator::machine {
class Machine;
}

namespace updater::cli {

/// A board that is switched off, and the folder that keeps it.
struct KeptBoard {
  std::unique_ptr<emulator::machine::Machine> machine;
  std::unique_ptr<StateFolder> folder;  ///< null: the board is forgotten
  KeptMachine kept;                     ///< its flash as it was found; empty: from the factory
};

/// `machine` is a profile's name or path; of `choice` the state folder and the values that are set
/// count. Errors: as open_simulated().
base::Result<KeptBoard> open_kept_board(const std::string& machine, const DeviceChoice& choice);

/// `machine` is a profile's name or path. Errors: not_found (no such machine; lists the known
/// ones), invalid (a wrong --set, or a state folder that holds another machine), busy, io.
base::Result<std::unique_ptr<OpenDevice>> open_simulated(const std::string& machine,
                                                         const DeviceChoice& choice);

}  // namespace updater::cli
