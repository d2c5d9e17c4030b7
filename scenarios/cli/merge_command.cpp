// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/merge_command.h"

#include <CLI/CLI.hpp>

#include "os/read_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"

namespace scenarios::cli {

CLI::App* add_merge(CLI::App& app, MergeArguments& arguments) {
  CLI::App* merge =
      app.add_subcommand("merge", "Put shares of one exploration together, made by explore --json");
  merge->add_option("FILE", arguments.paths, "What explore --shard I/N --json FILE wrote")
      ->required();
  add_explore_outputs(*merge, arguments.outputs);
  merge->footer(exit_status_help("merge") +
                "\nExamples:\n"
                "  mesim merge part-1.json part-2.json --html map.html");
  return merge;
}

namespace {
constexpr std::size_t kMostOfAShare = 1024;
}  // namespace

int merge(const MergeArguments& arguments) {
  std::vector<explore::Report> shares;
  for (const std::string& path : arguments.paths) {
    const auto bytes = os::read_file(path, kMostOfAShare);
    if (!bytes) {
      complain(bytes.error().doing);
      return kBroken;
    }
    auto share = explore::report_from_json(std::string(bytes->begin(), bytes->end()));
    if (!share) {
      complain(path + ": " + share.error().doing);
      return kUsage;
    }
    shares.push_back(std::move(*share));
  }
  const auto all = explore::merged(shares);
  if (!all) {
    complain(all.error().doing);
    return kUsage;
  }
  return can_give_out(arguments.outputs) ? give_out(*all, arguments.outputs) : kBroken;
}

}  // namespace scenarios::cli
