// SPDX-License-Identifier: BSD-3-Clause
// `mesim recording`: what an engine was asked and answered, shown, and written for fwupd.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct RecordingArguments {
  std::string file;    ///< show: which
  std::string source;  ///< from: a recording of any kind, or a story (.toml)
  std::string output;
};

/// The subcommand with its own, `show` and `from`.
CLI::App* add_recording(CLI::App& app, RecordingArguments& arguments);

/// 0 done, 2 the source or the command line makes no sense, 3 the story did not pass or the file
/// could not be written.
int run_recording(const CLI::App& command, const RecordingArguments& arguments);

}  // namespace scenarios::cli
