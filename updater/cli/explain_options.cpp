// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/explain_command.h"
#include "updater/cli/shared_options.h"

namespace updater::cli {
namespace {

constexpr const char* kExplainFooter = R"text(
Examples:
  meupdate explain 8721
  meupdate explain "Error 26: The host CPU does not have read access"
  meupdate explain 0x94000242 0x02F10507
  meupdate explain - < log.txt
  meupdate explain password
  meupdate explain all)text";

}  // namespace

CLI::App* add_explain(CLI::App& app, ExplainOptions& options) {
  CLI::App& explain = *app.add_subcommand(
      "explain", "Tell what error numbers, status words or a tool's lines mean and what to do");
  explain
      .add_option(
          "WHAT", options.words,
          "numbers, status words, pasted lines, words to look for, \"all\", or \"-\": what stands "
          "on the standard input")
      ->required();
  add_text_or_json(explain, options.format);
  explain.footer(kExplainFooter);
  return &explain;
}

}  // namespace updater::cli
