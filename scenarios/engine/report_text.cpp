// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/report_text.h"

#include <fmt/format.h>

#include <string_view>

#include "emulator/trace/duration_text.h"

namespace scenarios::engine {
namespace {

using emulator::trace::to_text;

const char* word(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed:
      return "pass ";
    case Verdict::failed:
      return "FAIL ";
    case Verdict::script_error:
      return "ERROR";
    case Verdict::internal:
      return "BROKE";
    case Verdict::skipped:
      return "skip ";
  }
  return "?";
}

/// `text` with `margin` in front of every line but the first, so that a block stays under its
/// heading.
std::string under(std::string_view text, std::string_view margin) {
  std::string out;
  for (const char c : text) {
    out.push_back(c);
    if (c == '\n') out += margin;
  }
  return out;
}

std::string text_of(const Failure& failure) {
  constexpr std::string_view margin = "                ";
  const std::string heading = failure.step == 0
                                  ? std::string("the whole story")
                                  : fmt::format("step {}: {}", failure.step, failure.step_text);
  return fmt::format("    {}\n      {}: {}\n      expected: {}\n      got:      {}\n", heading,
                     failure.place, failure.what, under(failure.expected, margin),
                     under(failure.got, margin));
}

}  // namespace

std::string line_of(const ScenarioResult& result) {
  if (result.verdict == Verdict::skipped)
    return fmt::format("{} {}\n", word(result.verdict), result.id);
  return fmt::format("{} {}  ({})\n", word(result.verdict), result.id,
                     to_text(result.virtual_time));
}

std::string details_of(const ScenarioResult& result) {
  if (result.verdict == Verdict::passed) return {};
  std::string out;
  if (result.verdict == Verdict::skipped) return fmt::format("    {}\n", result.message);
  if (!result.title.empty()) out += fmt::format("    {}\n", result.title);
  if (!result.message.empty()) out += fmt::format("    {}\n", under(result.message, "    "));
  for (const Failure& failure : result.failures) out += text_of(failure);
  if (result.failures.empty()) return out;
  out += fmt::format("      virtual time: {}\n", to_text(result.virtual_time));
  out += "      last messages on the bus:\n";
  if (result.bus.empty()) out += "        none\n";
  for (const std::string& line : result.bus) out += fmt::format("        {}\n", line);
  return out;
}

std::string summary_of(const Totals& totals) {
  const std::string skipped =
      totals.skipped == 0 ? std::string() : fmt::format(", {} skipped", totals.skipped);
  return fmt::format(
      "{} scenario{}: {} passed, {} failed, {} script error{}, {} internal error{}{}; {} of "
      "virtual time\n",
      totals.all(), totals.all() == 1 ? "" : "s", totals.passed, totals.failed,
      totals.script_errors, totals.script_errors == 1 ? "" : "s", totals.internal,
      totals.internal == 1 ? "" : "s", skipped, to_text(totals.virtual_time));
}

}  // namespace scenarios::engine
