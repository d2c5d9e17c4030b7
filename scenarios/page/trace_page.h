// SPDX-License-Identifier: BSD-3-Clause
// A trace as a page to look at, and as text: what happened, the states, the flash.
#pragma once

#include <string>
#include <vector>

#include "emulator/trace/trace_line.h"
#include "scenarios/page/sequence.h"

namespace scenarios::page {

/// How many rows of one sequence are drawn.
inline constexpr std::size_t kRowsToStudy = 200;   ///< of a trace, or of a story that failed
inline constexpr std::size_t kRowsInPassing = 40;  ///< of a story that passed

/// The message sequence, and states and flash over time. Empty of an empty trace.
std::string pictures_html(const std::vector<emulator::trace::TraceLine>& lines,
                          const std::vector<StepMark>& steps, std::size_t most_rows);

/// The page of a whole trace. It names no folder.
std::string trace_page(const std::vector<emulator::trace::TracedStory>& stories);
/// The same in words.
std::string trace_text(const std::vector<emulator::trace::TracedStory>& stories);

}  // namespace scenarios::page
