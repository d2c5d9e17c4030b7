// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reproduction.h"

#include <algorithm>

namespace scenarios::field {

std::vector<const ToolRun*> Reproduction::uncovered() const {
  std::vector<const ToolRun*> found;
  for (const ToolRun& run : report.runs) {
    if (!is_covered(run)) found.push_back(&run);
  }
  return found;
}

int Reproduction::exit_status() const {
  constexpr int kReproduced = 0;
  constexpr int kDiffers = 1;
  constexpr int kNothing = 2;
  if (runs.empty()) return kNothing;
  const bool all =
      uncovered().empty() && std::all_of(runs.begin(), runs.end(),
                                         [](const ReplayedRun& run) { return run.reproduced(); });
  return all ? kReproduced : kDiffers;
}

base::Result<Reproduction> reproduce(FieldReport report, const std::string& scratch) {
  auto bench = FieldBench::make(std::move(report), scratch);
  if (!bench) return bench.error();
  Reproduction all;
  all.explained = explain(*bench);
  all.advice = advise(*bench, all.explained);
  all.report = bench->report();
  all.states = bench->states();
  for (std::size_t i = 0; i < all.states.size(); ++i) all.profiles.push_back(bench->profile(i));
  all.contradictions = contradictions(all.states);
  all.left_out = bench->left_out();
  const auto places = bench->covered();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& best = all.explained.best.circumstances;
    all.runs.push_back(
        bench->replay_with_timeline(places[i], i < best.size() ? best[i] : Circumstances{}));
  }
  return all;
}

}  // namespace scenarios::field
