// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/chosen_stories.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "os/read_file.h"
#include "scenarios/engine/find_scenarios.h"
#include "scenarios/engine/load_stories.h"

namespace scenarios::cli {
namespace {

using base::Errc;
using base::Error;
using engine::Scenario;
using engine::ScenarioResult;
using engine::Verdict;

constexpr std::size_t kMostOfAReport = 256;  ///< MiB
constexpr std::string_view kRepeatMark = " #";

bool has_one_of(const Scenario& story, const std::vector<std::string>& tags) {
  return tags.empty() || std::any_of(tags.begin(), tags.end(), [&](const std::string& tag) {
           return std::count(story.tags.begin(), story.tags.end(), tag) > 0;
         });
}

/// A repeated story's id without what tells the repetitions apart.
std::string_view first_id(std::string_view id) {
  return id.substr(0, id.rfind(kRepeatMark));
}

/// A file that could not be loaded has no matrix: its id there is that of the whole file.
std::string_view id_of_file(std::string_view id) {
  return id.substr(0, id.find('['));
}

using FailedIds = std::set<std::string, std::less<>>;

base::Result<FailedIds> failed_in(const std::string& report) {
  const auto bytes = os::read_file(report, kMostOfAReport);
  if (!bytes) return bytes.error();
  const auto json = nlohmann::ordered_json::parse(bytes->begin(), bytes->end(), nullptr, false);
  const Error no_report{
      Errc::invalid,
      report + ": not a report of mesim run --json; write one with --json " + report};
  if (!json.is_object() || !json.contains("scenarios") || !json["scenarios"].is_array())
    return no_report;
  FailedIds failed;
  for (const auto& each : json["scenarios"]) {
    const auto result = engine::result_from_json(each);
    if (!result) return no_report;
    if (result->verdict != Verdict::passed && result->verdict != Verdict::skipped)
      failed.emplace(first_id(result->id));
  }
  return failed;
}

base::Result<void> keep_failed(ChosenStories& chosen, const std::string& report) {
  const auto failed = failed_in(report);
  if (!failed) return failed.error();
  chosen.nothing_failed = failed->empty();
  std::erase_if(chosen.scenarios, [&](const Scenario& story) {
    return failed->count(story.id) == 0 && failed->count(id_of_file(story.id)) == 0;
  });
  std::erase_if(chosen.broken,
                [&](const ScenarioResult& broken) { return failed->count(broken.id) == 0; });
  if (chosen.nothing_failed || !chosen.scenarios.empty() || !chosen.broken.empty()) return {};
  return Error{Errc::invalid,
               fmt::format("--rerun-failed {}: none of the {} scenarios that failed there is in "
                           "what is named here; name the same paths as then",
                           report, failed->size())};
}

std::vector<Scenario> repeated(const std::vector<Scenario>& scenarios, std::size_t times) {
  std::vector<Scenario> all;
  all.reserve(scenarios.size() * times);
  for (const Scenario& story : scenarios) {
    for (std::size_t i = 1; i <= times; ++i) {
      all.push_back(story);
      all.back().id += fmt::format("{}{}", kRepeatMark, i);
    }
  }
  return all;
}

}  // namespace

base::Result<ChosenStories> chosen_stories(const StoryChoice& choice) {
  const auto shard = engine::parse_shard(choice.shard);
  if (!shard)
    return Error{
        Errc::invalid,
        fmt::format("--shard {}: must be I/N with I from 1 to N, such as 2/4", choice.shard)};
  const auto files = engine::find_scenario_files(choice.paths);
  if (!files) return files.error();
  engine::LoadedStories loaded = engine::load_stories(*files);
  ChosenStories chosen{.scenarios = std::move(loaded.scenarios),
                       .broken = std::move(loaded.broken)};
  auto found = engine::filtered(std::move(chosen.scenarios), choice.filter);
  if (!found) return Error{found.error().code, "--filter: " + found.error().doing};
  chosen.scenarios = std::move(*found);
  std::erase_if(chosen.scenarios,
                [&](const Scenario& story) { return !has_one_of(story, choice.tags); });
  if (!choice.rerun_failed.empty()) {
    if (auto kept = keep_failed(chosen, choice.rerun_failed); !kept) return kept.error();
  }
  chosen.scenarios = engine::share_of(std::move(chosen.scenarios), *shard);
  if (choice.repeat > 1) chosen.scenarios = repeated(chosen.scenarios, choice.repeat);
  if (shard->index != 1) chosen.broken.clear();  // each broken file is the first share's to tell
  if (chosen.scenarios.empty() && chosen.broken.empty() && !chosen.nothing_failed)
    return Error{
        Errc::invalid,
        choice.tags.empty()
            ? "no scenario is left to run: look at --filter and --shard"
            : "no scenario is left to run: look at --tag, --filter and --shard; mesim list "
              "tags PATH names the tags there are"};
  return chosen;
}

}  // namespace scenarios::cli
