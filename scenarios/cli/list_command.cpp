// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/list_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "emulator/machine/facts.h"
#include "emulator/machine/profile.h"
#include "emulator/sim/fault_plan.h"
#include "scenarios/cli/chosen_stories.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "updater/cli/choice.h"

namespace scenarios::cli {
namespace {

using Json = nlohmann::ordered_json;
using What = ListArguments::What;

/// What is listed, and how the listing went.
struct Listing {
  Json rows = Json::array();
  int status = kDone;
};

Json actions_at(emulator::sim::FaultPoint point) {
  Json actions = Json::array();
  for (std::size_t i = 0; i < emulator::sim::kFaultActionCount; ++i) {
    const auto action = static_cast<emulator::sim::FaultAction>(i);
    if (!emulator::sim::objection({.point = point, .action = action}))
      actions.push_back(name(action));
  }
  return actions;
}

Listing points() {
  Listing listing;
  for (std::size_t i = 0; i < emulator::sim::kFaultPointCount; ++i) {
    const auto point = static_cast<emulator::sim::FaultPoint>(i);
    listing.rows.push_back({{"name", name(point)},
                            {"meaning", row_of(point).meaning},
                            {"actions", actions_at(point)}});
  }
  return listing;
}

Listing facts() {
  Listing listing;
  for (const emulator::machine::BoardFact& fact : emulator::machine::facts()) {
    Json words = Json::array();
    for (const std::string_view word : fact.words) words.push_back(word);
    listing.rows.push_back({{"name", fact.name}, {"meaning", fact.meaning}, {"values", words}});
  }
  return listing;
}

Listing machines() {
  Listing listing;
  for (const emulator::machine::FoundProfile& found : emulator::machine::find_profiles()) {
    const auto profile = emulator::machine::load_profile(found.name);
    if (!profile) {
      complain(profile.error().doing);
      listing.status = kBroken;
      continue;
    }
    listing.rows.push_back({{"name", found.name},
                            {"meaning", profile->description},
                            {"pci", fmt::format("8086:{:04X}", profile->pci.device_id)},
                            {"firmware", to_text(profile->firmware.identity.version)}});
  }
  return listing;
}

Listing tags(const std::vector<std::string>& paths) {
  Listing listing;
  const auto chosen = chosen_stories({.paths = paths});
  if (!chosen) {
    complain(chosen.error().doing);
    listing.status = kUsage;
    return listing;
  }
  for (const engine::ScenarioResult& broken : chosen->broken) {
    complain(broken.message);
    listing.status = kUsage;
  }
  std::map<std::string, std::size_t> count;
  for (const engine::Scenario& story : chosen->scenarios) {
    for (const std::string& tag : story.tags) ++count[tag];
  }
  for (const auto& [tag, stories] : count)
    listing.rows.push_back({{"name", tag}, {"scenarios", stories}});
  return listing;
}

const char* name(What what) {
  constexpr const char* kNames[] = {"points", "facts", "tags", "machines"};
  return kNames[static_cast<std::size_t>(what)];
}

std::string words_in(const Json& list) {
  std::string words;
  for (const Json& word : list) words += (words.empty() ? "" : ", ") + word.get<std::string>();
  return words;
}

std::string line_of(const Json& row) {
  std::string line = row.at("name").get<std::string>();
  line.resize(std::max<std::size_t>(line.size(), 26), ' ');
  if (row.contains("pci"))
    line += fmt::format(" {}  {:<14}", row.at("pci").get<std::string>(),
                        row.at("firmware").get<std::string>());
  if (row.contains("meaning")) line += " " + row.at("meaning").get<std::string>();
  if (row.contains("scenarios")) {
    const auto stories = row.at("scenarios").get<std::size_t>();
    line += fmt::format(" {} scenario{}", stories, stories == 1 ? "" : "s");
  }
  if (row.contains("actions")) line += "\n    " + words_in(row.at("actions"));
  if (row.contains("values") && !row.at("values").empty())
    line += "\n    " + words_in(row.at("values"));
  return line + "\n";
}

Listing listing_of(const ListArguments& arguments) {
  switch (arguments.what) {
    case What::points:
      return points();
    case What::facts:
      return facts();
    case What::tags:
      return tags(arguments.paths);
    case What::machines:
      return machines();
  }
  return {};
}

}  // namespace

CLI::App* add_list(CLI::App& app, ListArguments& arguments) {
  CLI::App* list = app.add_subcommand(
      "list", "List fault points, facts of a board, tags of scenarios, or machines");
  updater::cli::add_choice<What>(*list, "WHAT", arguments.what,
                                 {{"points", What::points},
                                  {"facts", What::facts},
                                  {"tags", What::tags},
                                  {"machines", What::machines}},
                                 "What to list");
  list->get_option("WHAT")->required();
  list->add_option("PATH", arguments.paths, "tags: scenario files, or folders")->type_name("");
  list->add_option("--json", arguments.json, "Write it as JSON; - is standard output")
      ->type_name("FILE");
  list->footer(exit_status_help("list") +
               "\nExamples:\n"
               "  mesim list points\n"
               "  mesim list tags scenarios/library\n"
               "  mesim list facts --json -");
  return list;
}

int list(const ListArguments& arguments) {
  const bool of_stories = arguments.what == What::tags;
  if (of_stories == arguments.paths.empty()) {
    complain(of_stories ? "list tags PATH: of which scenarios? name files or folders"
                        : std::string("list ") + name(arguments.what) + " takes no PATH");
    return kUsage;
  }
  const Listing listing = listing_of(arguments);
  if (!arguments.json.empty()) {
    const Json document = {{"schema", 1}, {name(arguments.what), listing.rows}};
    return write_report(arguments.json, document.dump(2) + "\n") ? listing.status : kBroken;
  }
  for (const Json& row : listing.rows) say(line_of(row));
  return listing.status;
}

}  // namespace scenarios::cli
