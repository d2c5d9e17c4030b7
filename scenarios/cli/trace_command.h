// SPDX-License-Identifier: BSD-3-Clause
// `mesim trace`: shows what `--trace` kept line for line, compares two of them, and gives them to
// other programs.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct TraceArguments {
  std::string file;
  struct Diff {
    std::string first;
    std::string second;
    bool with_times = false;
  } diff;
  std::string from;    ///< of pcapng and perfetto: the trace
  std::string output;  ///< and the file to write
};

CLI::App* add_trace(CLI::App& app, TraceArguments& arguments);

/// What the command line asked `trace` for; the exit status (exit_status.h).
int trace(const CLI::App& command, const TraceArguments& arguments);

}  // namespace scenarios::cli
