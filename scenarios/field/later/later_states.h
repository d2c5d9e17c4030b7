// SPDX-License-Identifier: BSD-3-Clause
// Boards of ME 6 and later that a report shows: which runs are of which, of which generation each
// is, in which condition, and its profile on disk.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/field/boards/later_profile.h"
#include "scenarios/field/later/engine_condition.h"

namespace scenarios::field {

struct LaterBoard {
  ReportedBoard state;
  LaterMake make;
  EngineCondition condition = EngineCondition::runs;
  std::vector<ProfileValue> profile;
  std::string file;  ///< the profile, written
};

/// Each run of at most kMostRuns. `scratch` is a folder for files. Errors: io.
base::Result<std::vector<LaterBoard>> later_boards(const FieldReport& report,
                                                   const std::string& scratch);

}  // namespace scenarios::field
