// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/load_stories.h"

#include <iterator>
#include <utility>

#include "scenarios/engine/loader.h"

namespace scenarios::engine {

LoadedStories load_stories(const std::vector<ScenarioFile>& files) {
  LoadedStories loaded;
  for (const ScenarioFile& file : files) {
    auto stories =
        file.trouble.empty()
            ? load_scenarios(file.path, file.id)
            : base::Result<std::vector<Scenario>>(base::Error{base::Errc::io, file.trouble});
    if (stories) {
      std::move(stories->begin(), stories->end(), std::back_inserter(loaded.scenarios));
      continue;
    }
    loaded.broken.push_back({.id = file.id,
                             .file = file.path,
                             .title = {},
                             .verdict = Verdict::script_error,
                             .message = stories.error().doing,
                             .failures = {},
                             .bus = {}});
  }
  return loaded;
}

}  // namespace scenarios::engine
