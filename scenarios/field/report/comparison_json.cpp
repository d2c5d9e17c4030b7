// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/comparison_json.h"

namespace scenarios::field {

nlohmann::ordered_json comparison_json(const Comparison& comparison) {
  auto lines = nlohmann::ordered_json::array();
  for (const ComparedLine& line : comparison.lines) {
    lines.push_back({{"place", place_of(line.log)},
                     {"log", line.log.text},
                     {"ours", line.ours},
                     {"verdict", name(line.verdict)}});
  }
  return {
      {"verdict", name(comparison.verdict)}, {"lines", lines}, {"ours_goes_on", comparison.beyond}};
}

}  // namespace scenarios::field
