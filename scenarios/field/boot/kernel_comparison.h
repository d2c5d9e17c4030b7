// SPDX-License-Identifier: BSD-3-Clause
// A pasted kernel log beside what a kernel said here.
#pragma once

#include <string>

#include "scenarios/field/reading/run_log.h"
#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

/// Driver's line by driver's line; times, drivers' names and devices are not compared. How often a
/// driver tries again is not either: a line that comes once more goes with ours of that event. The
/// same in an older or a newer kernel's words is LineVerdict::reworded; with the board's own number
/// in it, observed. `printed`: of `dmesg`.
Comparison compare_kernel_logs(const ToolRun& run, const std::string& printed);

}  // namespace scenarios::field
