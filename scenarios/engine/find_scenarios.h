// SPDX-License-Identifier: BSD-3-Clause
// Which stories a command line means: files, folders walked in sorted order, a filter, a share of
// them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::engine {

struct ScenarioFile {
  std::string path;
  std::string id;       ///< the path below the folder that was named; the path itself for a file
  std::string trouble;  ///< why stories cannot be looked for there; empty: it is a file to load
};

/// Every *.toml below the folders, sorted, but for those whose name starts with '_': they are there
/// to be extended. What is no file, and a folder below that cannot be entered, are listed, too:
/// they are stories that cannot be told. Errors: not_found (no such file or folder, or nothing in
/// it), io.
base::Result<std::vector<ScenarioFile>> find_scenario_files(const std::vector<std::string>& paths);

/// Share `index` (from 1) of `count`: story 1, 1 + count, 1 + 2 count ... for the first. All shares
/// are the whole.
struct Shard {
  std::size_t index = 1;
  std::size_t count = 1;
};
/// "2/4". Nothing when it is not that, or index is not 1 to count.
std::optional<Shard> parse_shard(const std::string& text);
std::vector<Scenario> share_of(std::vector<Scenario> scenarios, Shard shard);

/// Those whose id a regular expression (ECMAScript) finds. Errors: invalid (not a
/// regular expression).
base::Result<std::vector<Scenario>> filtered(std::vector<Scenario> scenarios,
                                             const std::string& pattern);

}  // namespace scenarios::engine
