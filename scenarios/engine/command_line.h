// SPDX-License-Identifier: BSD-3-Clause
// A step's command line for the updater, and what its run is told without: where the story's files
// lie.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/host_side.h"
#include "scenarios/engine/step_outcome.h"

namespace scenarios::engine {

class World;

/// ${image:NAME} and ${file:NAME}; a name without a mark is the story's own folder.
inline constexpr std::string_view kImageMark = "image:";
inline constexpr std::string_view kFileMark = "file:";

/// What the name in ${name} stands for on the host.
using PathOf = std::function<base::Result<std::string>(const std::string& name)>;

/// The step's words behind the program's name, with every ${name} replaced. Errors: those of
/// `path_of`; invalid (no command was printed that could be run).
base::Result<std::vector<std::string>> arguments_of(const Meupdate& step, const World& world,
                                                    const PathOf& path_of);

/// The command that the updater says to go on with, without the program's name; nothing where
/// `text` has none.
std::optional<std::string> command_in(const std::string& text);
/// A command line of a POSIX shell that quotes with ' and \\ alone.
std::vector<std::string> shell_words(const std::string& line);

/// Files lie where nobody can foretell: of paths in `folder` a story sees the names only.
std::string without_folder(std::string text, const std::string& folder);

/// What was to happen during the command and never did.
void report_missed(const std::vector<During>& missed, StepOutcome& outcome);

}  // namespace scenarios::engine
