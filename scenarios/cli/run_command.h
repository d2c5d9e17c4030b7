// SPDX-License-Identifier: BSD-3-Clause
// `mesim run`: runs stories and says how each ended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/cli/chosen_stories.h"
#include "scenarios/cli/progress.h"
#include "scenarios/guest/guest_system.h"

namespace CLI {
class App;
}

namespace scenarios::cli {

struct RunArguments {
  StoryChoice choice;
  std::string junit;  ///< files to write; empty: none
  std::string json;
  std::string html;
  std::string gitlab;
  std::string trace;
  std::string reached;                       ///< for mesim coverage
  std::string keep_failed = "mesim-failed";  ///< a folder; empty: no end of a trace is kept
  std::string replay;  ///< an id of `mesim explore`; empty: the stories as they are
  std::size_t jobs = 1;
  Loudness loudness = Loudness::normal;
  enum class Annotations : std::uint8_t { none, github } annotations = Annotations::none;
  enum class OnFailure : std::uint8_t { go_on, stop } on_failure = OnFailure::go_on;
  enum class Show : std::uint8_t { results, list } show = Show::results;
  enum class In : std::uint8_t { process, guest } in = In::process;  ///< where meupdate runs
  guest::GuestHost guest = {.parts = guest::parts_beside_program()};
};

/// The subcommand with its options, whose values go to `arguments`.
CLI::App* add_run(CLI::App& app, RunArguments& arguments);

/// An option that was given and means nothing with the others.
std::optional<std::string> idle_option(const CLI::App& run, const RunArguments& arguments);

/// The exit status: 0 passed, 1 an expectation failed, 2 script error or every story was skipped, 3
/// internal, 4 an armed fault never struck; the gravest there is (Totals::worst).
int run(const RunArguments& arguments);

}  // namespace scenarios::cli
