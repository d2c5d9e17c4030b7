// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/trace_command.h"

namespace scenarios::cli {

CLI::App* add_trace(CLI::App& app, TraceArguments& arguments) {
  CLI::App* trace = app.add_subcommand("trace", "Show a trace that --trace has kept, as text");
  trace->add_option("FILE", arguments.file, "The trace")->required()->type_name("");
  trace->footer("Traces of older versions are shown, too.\n\n" + exit_status_help("trace") +
                "\nExample:\n"
                "  mesim run story.toml --trace story.jsonl\n"
                "  mesim trace story.jsonl | less");
  return trace;
}

}  // namespace scenarios::cli
