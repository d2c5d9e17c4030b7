// SPDX-License-Identifier: BSD-3-Clause
// `mesim explore`: interrupts a story's update everywhere, and says whether somebody who follows
// the words always comes home.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/explore/report.h"
#include "scenarios/explore/wish.h"

namespace CLI {
class App;
}

namespace scenarios::cli {

struct RunArguments;

/// Where a report goes; empty: nowhere.
struct ExploreOutputs {
  std::string json;
  std::string junit;
  std::string html;
};

struct ExploreArguments {
  std::string path;
  std::string filter;
  explore::Wish wish;
  std::string pairs;  ///< "all" or a number; empty: singles
  std::optional<std::uint64_t> random;
  std::vector<std::string> points;
  std::vector<std::string> later_points;
  std::vector<std::string> deeds;
  std::vector<std::string> phases;
  std::string shard;
  std::string shrink;  ///< an id
  ExploreOutputs outputs;
  std::string reached;  ///< for mesim coverage
};

CLI::App* add_explore(CLI::App& app, ExploreArguments& arguments);
void add_explore_outputs(CLI::App& command, ExploreOutputs& outputs);

/// The exit status: 0 no violation, 1 violations, 2 the story or the command line makes no sense, 3
/// the bench broke, 4 something that was armed never struck, 130 interrupted.
int explore(const ExploreArguments& arguments);

/// The one story that `path` and `filter` mean. Errors: invalid, not_found.
base::Result<engine::Scenario> one_story(const std::string& path, const std::string& filter);

/// What was found goes to people and to files.
int give_out(const explore::Report& report, const ExploreOutputs& outputs);
bool can_give_out(const ExploreOutputs& outputs);

/// `mesim run STORY --replay ID`.
int replay(const RunArguments& arguments);

}  // namespace scenarios::cli
