// SPDX-License-Identifier: BSD-3-Clause
// `mesim trace`: shows what `--trace` kept.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct TraceArguments {
  std::string file;
};

CLI::App* add_trace(CLI::App& app, TraceArguments& arguments);

/// Prints the trace as text; the exit status.
int show_trace(const TraceArguments& arguments);

}  // namespace scenarios::cli
