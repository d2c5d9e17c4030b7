// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/report_text.h"

#include <fmt/format.h>

#include <string_view>

#include "base/lines.h"
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
    case Verdict::invalid:
      return "VOID ";
    case Verdict::skipped:
      return "skip ";
  }
  return "?";
}

/// `text` with `margin` in front of every line but the first, so that a block stays under
/// its heading.
std::string under(std::string_view text, std::string_view margin) {
  std::string out;
  for (const char c : text) {
    out.push_back(c);
    if (c == '\n') out += margin;
  }
  return out;
}

std::string heading_of(const Failure& failure) {
  if (failure.step == 0) return "    the whole story\n";
  return fmt::format("    step {}: {}\n", failure.step, failure.step_text);
}

std::string text_of(const Failure& failure) {
  constexpr std::string_view margin = "                ";
  return fmt::format("      {}: {}\n      expected: {}\n      got:      {}\n", failure.place,
                     failure.what, under(failure.expected, margin), under(failure.got, margin));
}

/// All of one step's under one heading.
std::string text_of(const std::vector<Failure>& failures) {
  std::string out;
  const Failure* last = nullptr;
  for (const Failure& failure : failures) {
    if (last == nullptr || last->step != failure.step) out += heading_of(failure);
    out += text_of(failure);
    last = &failure;
  }
  return out;
}

std::string printed(const char* stream, const std::string& text) {
  if (text.empty()) return {};
  std::string out = fmt::format("      printed on {}:\n", stream);
  for (const std::string& line : base::lines_of(text)) out += fmt::format("        {}\n", line);
  return out;
}

/// The host's clock is read to the millisecond: more would be noise.
std::string real(base::Duration wall_time) {
  return to_text(std::chrono::round<std::chrono::milliseconds>(wall_time)) + " real";
}

}  // namespace

std::string line_of(const ScenarioResult& result) {
  if (result.verdict == Verdict::skipped)
    return fmt::format("{} {}\n", word(result.verdict), result.id);
  return fmt::format("{} {}  ({} virtual, {})\n", word(result.verdict), result.id,
                     to_text(result.virtual_time), real(result.wall_time));
}

std::string details_of(const ScenarioResult& result) {
  if (result.verdict == Verdict::passed) return {};
  std::string out;
  if (result.verdict == Verdict::skipped) return fmt::format("    {}\n", result.message);
  if (!result.title.empty()) out += fmt::format("    {}\n", result.title);
  if (!result.message.empty()) out += fmt::format("    {}\n", under(result.message, "    "));
  out += text_of(result.failures);
  if (result.failures.empty()) return out;
  out += printed("standard output", result.out) + printed("standard error", result.err);
  out += fmt::format("      virtual time: {}\n", to_text(result.virtual_time));
  out += "      last messages on the bus:\n";
  if (result.bus.empty()) out += "        none\n";
  for (const std::string& line : result.bus) out += fmt::format("        {}\n", line);
  return out;
}

std::string summary_of(const Totals& totals, base::Duration wall_time) {
  std::string others;
  if (totals.invalid > 0) others += fmt::format(", {} invalid", totals.invalid);
  if (totals.skipped > 0) others += fmt::format(", {} skipped", totals.skipped);
  return fmt::format(
      "{} scenario{}: {} passed, {} failed, {} script error{}, {} internal error{}{}; {} of "
      "virtual time, {}\n",
      totals.all(), totals.all() == 1 ? "" : "s", totals.passed, totals.failed,
      totals.script_errors, totals.script_errors == 1 ? "" : "s", totals.internal,
      totals.internal == 1 ? "" : "s", others, to_text(totals.virtual_time), real(wall_time));
}

}  // namespace scenarios::engine
