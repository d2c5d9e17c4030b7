// SPDX-License-Identifier: BSD-3-Clause
// `mesim run STORY --replay ID`: one history of an exploration again, told in full.
#include <fmt/format.h>

#include "os/scratch_folder.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/explore_command.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/run_command.h"
#include "scenarios/explore/explore.h"

namespace scenarios::cli {
namespace {

int cannot_replay(const base::Error& error) {
  complain("--replay: " + error.doing);
  return error.code == base::Errc::io ? kBroken : kUsage;
}

int status_of(explore::Ending ending) {
  if (ending == explore::Ending::violation) return static_cast<int>(explore::Verdict::violated);
  if (ending == explore::Ending::never_struck)
    return static_cast<int>(explore::Verdict::never_struck);
  return kDone;
}

std::string end_of(const explore::Case& found) {
  if (found.ending != explore::Ending::violation)
    return fmt::format("{}: {}\n", found.id, name(found.ending));
  return fmt::format("{}: VIOLATION\n  {}: {}\n", found.id, words(found.broken), found.what);
}

}  // namespace

int replay(const RunArguments& arguments) {
  if (arguments.choice.paths.size() != 1 || !arguments.json.empty() || !arguments.junit.empty() ||
      !arguments.html.empty() || !arguments.gitlab.empty()) {
    complain(
        "--replay tells one history of one story, and takes no report; give it --trace FILE and "
        "look at that with mesim show FILE");
    return kUsage;
  }
  const auto strikes = explore::parse_id(arguments.replay);
  if (!strikes) return cannot_replay(strikes.error());
  const auto story = one_story(arguments.choice.paths.front(), arguments.choice.filter);
  if (!story) return cannot_replay(story.error());
  auto scratch = os::ScratchFolder::make();
  if (!scratch) return cannot_replay(scratch.error());
  const auto told = explore::tell(*story, scratch->path(), *strikes, arguments.trace);
  if (!told) return cannot_replay(told.error());
  say(told->diary + end_of(told->found));
  return status_of(told->found.ending);
}

}  // namespace scenarios::cli
