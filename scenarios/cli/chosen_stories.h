// SPDX-License-Identifier: BSD-3-Clause
// Which stories a command line means, loaded.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/result.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::cli {

struct StoryChoice {
  std::vector<std::string> paths;
  std::string filter;
  std::vector<std::string> tags;  ///< one of them is enough; empty: any story
  std::string rerun_failed;       ///< an earlier --json report; empty: none
  std::string shard = "1/1";
  std::size_t repeat = 1;
};

struct ChosenStories {
  std::vector<engine::Scenario> scenarios;
  std::vector<engine::ScenarioResult> broken;  ///< of each file that cannot be loaded
  bool nothing_failed = false;                 ///< in the report of rerun_failed
};

/// Errors: whatever makes no sense, in words; nothing is left to run.
base::Result<ChosenStories> chosen_stories(const StoryChoice& choice);

}  // namespace scenarios::cli
