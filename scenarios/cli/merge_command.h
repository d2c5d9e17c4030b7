// SPDX-License-Identifier: BSD-3-Clause
// `mesim merge`: shares of one exploration, made on several machines, as a whole.
#pragma once

#include <string>
#include <vector>

#include "scenarios/cli/explore_command.h"

namespace scenarios::cli {

struct MergeArguments {
  std::vector<std::string> paths;
  ExploreOutputs outputs;
};

CLI::App* add_merge(CLI::App& app, MergeArguments& arguments);
/// The exit status is that of the whole, as of `mesim explore`.
int merge(const MergeArguments& arguments);

}  // namespace scenarios::cli
