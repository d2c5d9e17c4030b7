// SPDX-License-Identifier: BSD-3-Clause
// The command that a person is told to go on with: the one that was given, with what has to be
// otherwise.
#pragma once

#include <string>

#include "updater/cli/command.h"
#include "updater/update/command_change.h"

namespace updater::cli {

/// As a shell takes it back.
std::string command_text(const Surroundings& around, const update::CommandChange& change);

}  // namespace updater::cli
