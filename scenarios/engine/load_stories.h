// SPDX-License-Identifier: BSD-3-Clause
// Files into stories that can be told, and a result for each file that makes no sense.
#pragma once

#include <vector>

#include "scenarios/engine/find_scenarios.h"
#include "scenarios/engine/result.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::engine {

struct LoadedStories {
  std::vector<Scenario> scenarios;
  std::vector<ScenarioResult> broken;  ///< script_error, with the place
};
LoadedStories load_stories(const std::vector<ScenarioFile>& files);

}  // namespace scenarios::engine
