// SPDX-License-Identifier: BSD-3-Clause
// A run of stories as a page to look at: how it went, what did not pass, what was slow, and each
// story with its steps and its pictures.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "emulator/trace/trace_line.h"
#include "scenarios/engine/result.h"

namespace scenarios::page {

/// What happened in a story; asked for one story after the other, in the order of the page.
using LinesOf =
    std::function<std::vector<emulator::trace::TraceLine>(const engine::ScenarioResult&)>;

/// What of a page does not leave this computer: folders, each without its last slash.
using Folders = std::vector<std::string>;

/// `wall_time` is of all stories together. Of `folders`, none stands in the page.
std::string run_page(const std::vector<engine::ScenarioResult>& results, base::Duration wall_time,
                     const LinesOf& lines_of, const Folders& folders);

}  // namespace scenarios::page
