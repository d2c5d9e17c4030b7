// SPDX-License-Identifier: BSD-3-Clause
// [matrix] and ${name}: one document becomes one for every combination of values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/toml_tree.h"

namespace scenarios::engine {

/// One point of a matrix: a value for each of its axes.
struct Combination {
  std::vector<std::pair<std::string, config::TomlNode>> values;

  /// "[depth=2,case=torn]"; empty where there is no matrix. A table shows its `name`, else its
  /// place in the list.
  std::string suffix;
};

/// Every combination, the last axis changing fastest. `matrix` null: one empty combination. Errors:
/// invalid (an axis that is not a list of values, or an empty one: file:line:col).
base::Result<std::vector<Combination>> combinations(const config::TomlNode* matrix);

/// Replaces ${axis} and ${axis.member} in every string of `node`. A string that is nothing but
/// one of them takes the value's type; the values of the matrix are taken as they stand. "$${"
/// becomes "${". ${image:NAME}, ${file:NAME} and ${scratch} are left for the run, and so is
/// "$${" where the run looks for names: in the words of meupdate and updater. Errors: invalid (no
/// such name: file:line:col).
base::Result<void> substitute(config::TomlNode& node, const Combination& combination);

}  // namespace scenarios::engine
