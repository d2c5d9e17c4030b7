// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/trace_command.h"

namespace scenarios::cli {
namespace {

void add_diff(CLI::App& trace, TraceArguments& arguments) {
  CLI::App* diff = trace.add_subcommand("diff", "Tell where two traces differ");
  diff->add_option("A", arguments.diff.first, "The one trace")->required()->type_name("");
  diff->add_option("B", arguments.diff.second, "The other")->required()->type_name("");
  diff->add_flag("--times", arguments.diff.with_times, "A line at another time is another line");
  diff->footer(
      "Lines that only A has are marked -, those that only B has +. Stories are compared in their\n"
      "order. Times are left out, for one delay moves all that comes after it.\n\n" +
      exit_status_help("trace diff") +
      "\nExample:\n"
      "  mesim run story.toml --trace before.jsonl\n"
      "  mesim run story.toml --trace after.jsonl\n"
      "  mesim trace diff before.jsonl after.jsonl");
}

void add_pcapng(CLI::App& trace, TraceArguments& arguments) {
  CLI::App* pcapng = trace.add_subcommand("pcapng", "Write a trace as a capture for Wireshark");
  pcapng->add_option("TRACE", arguments.from, "The trace")->required()->type_name("");
  pcapng->add_option("OUTPUT", arguments.output, "The file to write; - is standard output")
      ->required()
      ->type_name("");
  pcapng->footer(
      "HECI messages, TPM commands and events are dissected by "
      "share/mebench/wireshark/mebench.lua.\n"
      "Put it into Wireshark's folder of plug-ins, or name it with -X lua_script:FILE.\n\n" +
      exit_status_help("trace pcapng") +
      "\nExample:\n"
      "  mesim run story.toml --trace story.jsonl\n"
      "  mesim trace pcapng story.jsonl story.pcapng\n"
      "  tshark -X lua_script:mebench.lua -r story.pcapng -Y 'mebench.result != 0'");
}

void add_perfetto(CLI::App& trace, TraceArguments& arguments) {
  CLI::App* perfetto = trace.add_subcommand("perfetto", "Write a trace for ui.perfetto.dev");
  perfetto->add_option("TRACE", arguments.from, "The trace")->required()->type_name("");
  perfetto->add_option("OUTPUT", arguments.output, "The file to write; - is standard output")
      ->required()
      ->type_name("");
  perfetto->footer(
      "States, TPM commands, messages and the flash become tracks that can be zoomed. The page at\n"
      "ui.perfetto.dev reads the file in the browser and sends it nowhere.\n\n" +
      exit_status_help("trace perfetto") +
      "\nExample:\n"
      "  mesim run story.toml --trace story.jsonl\n"
      "  mesim trace perfetto story.jsonl story.pftrace");
}

}  // namespace

CLI::App* add_trace(CLI::App& app, TraceArguments& arguments) {
  CLI::App* trace = app.add_subcommand(
      "trace", "Show a trace that --trace has kept line for line; compare two; give it to others");
  trace->add_option("FILE", arguments.file, "The trace")->type_name("");
  add_diff(*trace, arguments);
  add_pcapng(*trace, arguments);
  add_perfetto(*trace, arguments);
  trace->footer(
      "Traces of older versions are shown, too. A file that is called diff is ./diff. `mesim "
      "show`\n"
      "tells a trace in few lines, and draws it.\n\n" +
      exit_status_help("trace") +
      "\nExample:\n"
      "  mesim run story.toml --trace story.jsonl\n"
      "  mesim trace story.jsonl | less");
  return trace;
}

}  // namespace scenarios::cli
