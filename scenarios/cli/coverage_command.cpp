// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/coverage_command.h"

#include <CLI/CLI.hpp>

#include "os/read_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/explore/coverage.h"

namespace scenarios::cli {
namespace {
constexpr std::size_t kMostOfReached = 1;  ///< MiB
}  // namespace

CLI::App* add_coverage(CLI::App& app, CoverageArguments& arguments) {
  CLI::App* coverage = app.add_subcommand(
      "coverage", "Tell which places of board and updater nothing that was run ever reached");
  coverage->add_option("FILE", arguments.paths, "What run or explore --reached FILE wrote")
      ->required();
  coverage->add_option("--json", arguments.json, "Write all of them together, as --reached does")
      ->type_name("FILE");
  coverage->footer(exit_status_help("coverage") +
                   "\nExamples:\n"
                   "  mesim run scenarios/library --reached stories.json\n"
                   "  mesim explore scenarios/library/explore/over-heci.toml --reached heci.json\n"
                   "  mesim coverage stories.json heci.json");
  return coverage;
}

int coverage(const CoverageArguments& arguments) {
  explore::Coverage all;
  for (const std::string& path : arguments.paths) {
    const auto bytes = os::read_file(path, kMostOfReached);
    if (!bytes) {
      complain(bytes.error().doing);
      return kBroken;
    }
    const auto part = explore::Coverage::from_json(std::string(bytes->begin(), bytes->end()));
    if (!part) {
      complain(path + ": " + part.error().doing);
      return kUsage;
    }
    all.add(*part);
  }
  if (!arguments.json.empty() && !write_report(arguments.json, all.to_json())) return kBroken;
  say(all.to_text());
  return all.missing().empty() ? 0 : 1;
}

bool begin_reached(const std::string& path) {
  if (path.empty()) return true;
  if (!can_be_written(path)) return false;
  const auto shared = explore::share_places();
  if (!shared) complain(shared.error().doing);
  return shared.has_value();
}

bool write_reached(const std::string& path) {
  return path.empty() || write_report(path, explore::Coverage::here().to_json());
}

}  // namespace scenarios::cli
