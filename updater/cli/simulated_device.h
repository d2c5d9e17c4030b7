// SPDX-License-Identifier: BSD-3-Clause
// --device sim:MACHINE: a board built from its profile inside this process, with the host's HECI
// driver on its registers.
#pragma once

#include "updater/cli/open_device.h"

namespace updater::cli {

/// `machine` is a profile's name or path. Errors: not_found (no such machine; lists the known
/// ones), invalid (a wrong --set, or a state folder that holds another machine), busy, io.
base::Result<std::unique_ptr<OpenDevice>> open_simulated(const std::string& machine,
                                                         const DeviceChoice& choice);

/// As DeviceOpener::shown() says.
std::string without_secret(const std::string& word);

}  // namespace updater::cli
