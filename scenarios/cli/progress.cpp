// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/progress.h"

#include <fmt/format.h>

#include <string>

#include "emulator/trace/duration_text.h"
#include "scenarios/engine/report_text.h"

namespace scenarios::cli {
namespace {

using engine::ScenarioResult;
using engine::StepTold;
using engine::Verdict;

Ink ink_of(Verdict verdict) {
  if (verdict == Verdict::passed) return Ink::good;
  return verdict == Verdict::skipped ? Ink::soft : Ink::bad;
}

/// "    step 2 at 1.5s, took 302ms: meupdate info: exit 0".
std::string step_line(const StepTold& step, std::size_t number) {
  using emulator::trace::to_text;
  const std::string came = !step.held  ? ": not as written"
                           : step.exit ? fmt::format(": exit {}", *step.exit)
                                       : std::string();
  return fmt::format("    step {} at {}, took {}: {}{}\n", number, to_text(step.began),
                     to_text(step.ended - step.began), step.text, came);
}

}  // namespace

void Progress::tell_count() const {
  if (loudness_ != Loudness::verbose && !is_watched(stream_)) return;
  const std::string all = std::to_string(scenarios_);
  say_in(stream_, Ink::soft, fmt::format("[{:>{}}/{}] ", told_, all.size(), all));
}

void Progress::tell(const ScenarioResult& result) {
  ++told_;
  const bool well = result.verdict == Verdict::passed || result.verdict == Verdict::skipped;
  if (well && loudness_ == Loudness::quiet) return;
  tell_count();
  const std::string line = engine::line_of(result);
  const std::size_t word = line.find(' ');
  say_in(stream_, ink_of(result.verdict), line.substr(0, word));
  std::string rest = line.substr(word);
  if (loudness_ == Loudness::verbose) {
    for (std::size_t i = 0; i < result.told.size(); ++i) rest += step_line(result.told[i], i + 1);
  }
  say_plainly(rest + engine::details_of(result));
  if (!result.kept.empty()) say_plainly(fmt::format("      {}\n", result.kept));
}

}  // namespace scenarios::cli
