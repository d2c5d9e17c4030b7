// SPDX-License-Identifier: BSD-3-Clause
// `meupdate explain`: what a number, a status word or a tool's line means and what to do next.
#pragma once

#include <string>
#include <vector>

#include "updater/cli/command.h"

namespace CLI {
class App;
}

namespace updater::cli {

struct ExplainOptions {
  std::vector<std::string> words;
  Format format = Format::text;
};

/// The subcommand with its options, whose values go to `options`.
CLI::App* add_explain(CLI::App& app, ExplainOptions& options);

Exit run_explain(const ExplainOptions& options, const Surroundings& around);

}  // namespace updater::cli
