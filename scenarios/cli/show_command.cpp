// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/show_command.h"

#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/cli/trace_file.h"
#include "scenarios/page/trace_page.h"

namespace scenarios::cli {

CLI::App* add_show(CLI::App& app, ShowArguments& arguments) {
  CLI::App* show = app.add_subcommand(
      "show", "Show what happened in a trace: messages by name, silences, states, the flash");
  show->add_option("TRACE", arguments.file, "What --trace or a scenario that failed has left")
      ->required()
      ->type_name("");
  show->add_option("--html", arguments.html,
                   "Write it as a page with pictures; - is standard output")
      ->type_name("FILE");
  show->footer(
      "Repeats are counted, silences are told with their length, and what struck stands out.\n"
      "`mesim trace` shows the same trace line for line.\n\n" +
      exit_status_help("show") +
      "\nExample:\n"
      "  mesim run story.toml --trace story.jsonl\n"
      "  mesim show story.jsonl\n"
      "  mesim show story.jsonl --html story.html");
  return show;
}

int show(const ShowArguments& arguments) {
  const auto stories = trace_in(arguments.file);
  if (!stories) return kUsage;
  if (arguments.html.empty()) {
    say(page::trace_text(*stories));
    return kDone;
  }
  return write_report(arguments.html, page::trace_page(*stories)) ? kDone : kBroken;
}

}  // namespace scenarios::cli
