// SPDX-License-Identifier: BSD-3-Clause
// Somebody else's updater in a guest: which files of the story's folder it takes along, and what it
// is called with there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/engine/step.h"

namespace scenarios::guest {

/// The words of a step that name files, counted from the story's folder: paths here.
std::vector<std::string> files_of_program(const engine::OwnUpdater& step);

/// The step's words as they are given in the guest, where these files lie in the folder of the
/// command, under their last names.
std::vector<std::string> words_in_guest(const engine::OwnUpdater& step);

/// Why none of these files can run in a guest; nothing when they can.
std::optional<std::string> obstacle_of_program(const engine::OwnUpdater& step);

}  // namespace scenarios::guest
