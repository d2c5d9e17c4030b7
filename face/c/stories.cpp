// SPDX-License-Identifier: BSD-3-Clause
// Stories for C programs: told in this process, one after the other.
#include <filesystem>
#include <iterator>
#include <utility>

#include "face/c/handles.h"
#include "os/scratch_folder.h"
#include "scenarios/engine/find_scenarios.h"
#include "scenarios/engine/load_stories.h"
#include "scenarios/engine/report_files.h"
#include "scenarios/engine/report_text.h"
#include "scenarios/engine/runner.h"
#include "updater/cli/steady_clock.h"

using scenarios::engine::ScenarioResult;
using scenarios::engine::Verdict;

struct mebench_results {
  std::vector<ScenarioResult> results;
  std::vector<std::string> reports;
  std::string json;
};

namespace face {
namespace {

namespace engine = scenarios::engine;

static_assert(MEBENCH_SKIPPED == static_cast<int>(Verdict::skipped));
static_assert(MEBENCH_INVALID_RUN == static_cast<int>(Verdict::invalid));

ScenarioResult internal(const engine::Scenario& story, std::string message) {
  return {.id = story.id,
          .file = story.file,
          .title = story.title,
          .verdict = Verdict::internal,
          .message = std::move(message),
          .failures = {},
          .bus = {}};
}

ScenarioResult tell(const engine::Scenario& story) {
  const auto folder = os::ScratchFolder::make();
  if (!folder) return internal(story, folder.error().doing);
  const updater::cli::SteadyClock clock;
  ScenarioResult result =
      engine::run_scenario(story, {.scratch = folder->path(), .trace_file = {}});
  result.wall_time = clock.now();
  return result;
}

base::Result<engine::LoadedStories> load(const std::string& path, const char* filter) {
  const auto files = engine::find_scenario_files({path});
  if (!files) return files.error();
  engine::LoadedStories loaded = engine::load_stories(*files);
  auto chosen =
      engine::filtered(std::move(loaded.scenarios), filter == nullptr ? std::string() : filter);
  if (!chosen) return chosen.error();
  loaded.scenarios = std::move(chosen).value();
  if (loaded.scenarios.empty() && loaded.broken.empty())
    return base::Error{base::Errc::invalid, "the filter leaves no story of " + path};
  return loaded;
}

std::unique_ptr<mebench_results> tell_all(engine::LoadedStories loaded) {
  auto out = std::make_unique<mebench_results>();
  const updater::cli::SteadyClock clock;
  out->results = std::move(loaded.broken);
  for (const engine::Scenario& story : loaded.scenarios) out->results.push_back(tell(story));
  for (const ScenarioResult& result : out->results)
    out->reports.push_back(engine::line_of(result) + engine::details_of(result));
  out->json = engine::results_json(out->results, clock.now());
  return out;
}

}  // namespace
}  // namespace face

mebench_error* mebench_run(const char* path, const char* filter, mebench_results** out) {
  return face::guarded("mebench_run", {path, out}, [&]() -> mebench_error* {
    auto loaded = face::load(path, filter);
    if (!loaded) return face::error_of(loaded.error());
    *out = face::tell_all(std::move(loaded).value()).release();
    return nullptr;
  });
}

size_t mebench_results_count(const mebench_results* results) {
  return results->results.size();
}
mebench_verdict mebench_results_verdict(const mebench_results* results, size_t index) {
  return static_cast<mebench_verdict>(results->results.at(index).verdict);
}
const char* mebench_results_id(const mebench_results* results, size_t index) {
  return results->results.at(index).id.c_str();
}
const char* mebench_results_report(const mebench_results* results, size_t index) {
  return results->reports.at(index).c_str();
}
const char* mebench_results_json(const mebench_results* results) {
  return results->json.c_str();
}
void mebench_results_free(mebench_results* results) {
  delete results;
}
