// SPDX-License-Identifier: BSD-3-Clause
// What `mesim run` leaves behind: reports, a page, a trace, annotations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "os/descriptor.h"
#include "scenarios/cli/run_command.h"
#include "scenarios/engine/result.h"

namespace scenarios::cli {

/// A story that ran, and the file with its trace: which may not be there.
struct TracePart {
  std::string id;
  std::string story;  ///< the story's file
  std::string file;
};

/// The options whose reports go to standard output.
std::vector<std::string> to_standard_output(const RunArguments& arguments);

/// Whether every report can be written; says which cannot, and why.
bool reports_can_be_written(const RunArguments& arguments);

using MaybeTrace = std::optional<os::Descriptor>;
/// None where none is asked for. It may hold what only its reader is to know.
base::Result<MaybeTrace> open_trace(const std::string& path);

struct FinishedRun {
  std::vector<engine::ScenarioResult> results;
  base::Duration wall_time{};
  std::vector<TracePart> traces;  ///< in the stories' order
  std::string scratch;
};

/// False: one of them could not be written, which was said.
bool write_reports(const RunArguments& arguments, const FinishedRun& finished,
                   const MaybeTrace& trace);

/// For the log of a CI server; empty where none are asked for.
std::string annotations(const RunArguments& arguments, const FinishedRun& finished);

}  // namespace scenarios::cli
