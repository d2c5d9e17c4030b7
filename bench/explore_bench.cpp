// SPDX-License-Identifier: BSD-3-Clause
// How many interrupted updates of 64 KiB a second are repaired with the real updater and judged, on
// one processor: losses of power at every flash operation of the staging and the commit. What was
// met before, and not run, is not counted.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "scenarios/engine/loader.h"
#include "scenarios/explore/explore.h"

namespace {

using scenarios::explore::Deed;
using scenarios::explore::Ending;
using scenarios::explore::FaultPoint;
using scenarios::explore::Pruning;

/// A folder of the benchmark's own.
class Scratch {
 public:
  Scratch() : path_((std::filesystem::temp_directory_path() / "mebench.XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void Interrupted(benchmark::State& state, const char* name) {
  const Scratch scratch;
  const auto stories =
      scenarios::engine::load_scenarios(std::string(MEBENCH_LIBRARY) + "/explore/" + name, name);
  if (!stories) return state.SkipWithError(stories.error().doing.c_str());
  const scenarios::explore::Wish wish{
      .points = {FaultPoint::flash_operation},
      .deeds = {Deed::power_cut_before, Deed::power_cut_inside, Deed::power_cut_after},
      .shard = {.index = 1, .count = 8},
      .pruning = Pruning::on};
  std::size_t run = 0;
  std::size_t met = 0;
  for (auto _ : state) {
    const auto report = scenarios::explore::explore(
        stories->front(), scratch.path(), wish, [](const scenarios::explore::Case&) {},
        [] { return false; });
    if (!report) return state.SkipWithError(report.error().doing.c_str());
    const auto sums = scenarios::explore::sums(*report);
    if (sums[Ending::violation] + sums[Ending::never_struck] > 0)
      return state.SkipWithError("an interruption was not survived");
    run += sums.run();
    met += sums[Ending::met];
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(run));
  state.counters["met before"] = benchmark::Counter(static_cast<double>(met));
}
BENCHMARK_CAPTURE(Interrupted, over_heci, "over-heci.toml")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Interrupted, through_the_tpm, "through-the-tpm.toml")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
