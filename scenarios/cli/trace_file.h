// SPDX-License-Identifier: BSD-3-Clause
// A trace that the command line names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/trace/trace_line.h"

namespace scenarios::cli {

/// Nothing: it cannot be read or is none, which was said.
std::optional<std::vector<emulator::trace::TracedStory>> trace_in(const std::string& file);

}  // namespace scenarios::cli
