// SPDX-License-Identifier: BSD-3-Clause
// Runs one story from its beginning to its end, or to the first step that does not show what it
// should.
#pragma once

#include <string>

#include "scenarios/engine/host_system.h"
#include "scenarios/engine/result.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::engine {

struct RunOptions {
  std::string scratch;     ///< an empty folder that the story may fill; the caller removes it
  std::string trace_file;  ///< empty: no trace
  std::string
      last_trace;  ///< where the end of the trace of a story that fails goes; empty: nowhere
  HostKind host = in_process();
};

/// Everything happens in virtual time: in process, the same scenario gives the same result and the
/// same trace, byte for byte. A story that cannot be told on this kind of host is skipped.
ScenarioResult run_scenario(const Scenario& scenario, const RunOptions& options);

}  // namespace scenarios::engine
