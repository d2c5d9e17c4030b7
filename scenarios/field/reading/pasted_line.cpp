// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/pasted_line.h"

#include <algorithm>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/guessed_line.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/other_tool_line.h"
#include "scenarios/field/reading/paste_marks.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_shape.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

/// Nothing is wrapped more narrowly.
constexpr std::size_t kNarrowest = 28;

bool is_of_the_old_tools(const ToolRun* run) {
  return run != nullptr && (run->tool == Tool::meinfo || run->tool == Tool::fwupdlcl);
}

Recognised as_taken_for(LogLine& line, std::string text) {
  line.stood = std::move(line.text);
  line.text = std::move(text);
  return recognise(line.text);
}

/// Bare words and labels are lines only among others of their tool.
std::optional<Recognised> among_others(LogLine& line, const ToolRun* run) {
  if (run == nullptr) return std::nullopt;
  if (run->tool == Tool::mei_files) {
    const auto words = std::count_if(
        run->observations.begin(), run->observations.end(), [](const Observation& seen) {
          return seen.fact >= Fact::status_word_1 && seen.fact <= Fact::status_word_6;
        });
    return as_status_word(line.text, static_cast<std::size_t>(words));
  }
  if (run->tool != Tool::meinfo || !is_bare_label(line.text)) return std::nullopt;
  line.text += ':';
  return recognise(line.text);
}

/// "Trying to connect to MEI driver.Connected to HECI" goes on with the driver's version.
bool lacks_driver(const LogLine& line, const Recognised& found) {
  return found.kind == LineKind::content && found.told.empty() &&
         find_printed(line.text, "Connected to") != line.text.npos;
}

bool is_printed(const Recognised& found) {
  return found.kind == LineKind::content || found.kind == LineKind::banner ||
         found.kind == LineKind::copyright;
}

bool has_outcome(const Recognised& found) {
  return std::any_of(found.told.begin(), found.told.end(),
                     [](const Told& told) { return told.fact == Fact::error; });
}

/// What stands below a label is its value only if it looks like one.
bool gives_a_value(const Recognised& whole, const LogLine& next) {
  if (whole.told.empty()) return false;
  if (whole.told.size() > 1) return true;
  const Told& told = whole.told[0];
  const bool strict = has_strict_shape(told.fact);
  return could_be_value(told.fact, told.value) && (strict || !next.behind_gap);
}

/// Of two parts that are nobody's each: an outcome is made of such only where the first is wide,
/// for a person's words about an update are not.
bool is_one_line(const HeldLine& held, const Recognised& next, const Recognised& whole) {
  const bool begins_label = begins_a_longer_label(held.line.text);
  if (next.kind != LineKind::unknown && (!begins_label || whole.told.empty())) return false;
  const bool wide = held.line.text.size() >= kNarrowest || held.line.text.starts_with("Error");
  return wide || !has_outcome(whole);
}

bool is_open_bracket(std::string_view value) {
  return std::count(value.begin(), value.end(), '(') > std::count(value.begin(), value.end(), ')');
}

/// "(3.23 )" behind "7UET93WW", "Owned Active" behind "Enabled"
bool is_rest_of(Fact fact, const std::string& value, const std::string& rest) {
  const bool word = !is_word(fact, value) && begins_a_word(fact, value);
  if (word) return is_word(fact, value + " " + rest);
  if (fact == Fact::sku_names) return could_be_value(fact, rest);
  if (fact != Fact::bios_version) return false;
  const bool one_word =
      rest.find_first_of(" :") == rest.npos && rest.find_first_of("0123456789") != rest.npos;
  return (is_open_bracket(value) && rest.ends_with(')')) || rest.starts_with('(') || one_word;
}

}  // namespace

Recognised recognise_pasted(LogLine& line, const ToolRun* run) {
  Recognised found = recognise(line.text);
  if (found.kind == LineKind::content && found.tool == Tool::meinfo && found.told.size() == 1) {
    if (auto repaired = with_repaired_value(line.text)) return as_taken_for(line, *repaired);
  }
  if (found.kind != LineKind::unknown) return found;
  if (auto other = among_others(line, run)) return *other;
  for (std::string& reading : other_readings(line.text)) {
    Recognised other = recognise(reading);
    if (!is_printed(other)) continue;
    line.text = std::move(reading);
    return other;
  }
  if (!is_of_the_old_tools(run)) return found;
  if (auto guess = guessed_line(line.text, run->tool)) return as_taken_for(line, *guess);
  return found;
}

bool lacks_value(const Recognised& found) {
  return found.kind == LineKind::content && !found.told.empty() && found.told.back().value.empty();
}

bool may_go_on(const LogLine& line, const Recognised& found, const ToolRun* run) {
  if (lacks_value(found)) return true;
  const bool begins_label = begins_a_longer_label(line.text);
  if (found.kind == LineKind::content && found.told.empty()) {
    return lacks_driver(line, found) || (run != nullptr && begins_label);
  }
  if (found.kind == LineKind::unknown) return begins_label || is_of_the_old_tools(run);
  // A block's title that is broken behind its stars.
  return found.kind == LineKind::ornament && line.text.starts_with("***") &&
         line.text.size() <= 5 && run != nullptr && run->tool == Tool::fwupdlcl;
}

std::optional<HeldLine> joined(const HeldLine& held, const LogLine& next, const Recognised& found) {
  const bool could_go_on = found.kind == LineKind::unknown || found.kind == LineKind::content ||
                           found.kind == LineKind::banner;
  if (!could_go_on) return std::nullopt;
  HeldLine whole = held;
  // Quoted-printable mail says with a '=' that a line goes on.
  if (whole.line.text.ends_with('='))
    whole.line.text.pop_back();
  else
    whole.line.text += ' ';
  whole.line.text += next.text;
  whole.line.has_end = next.has_end;
  whole.found = recognise(whole.line.text);
  if (!is_printed(whole.found)) return std::nullopt;
  if (lacks_driver(whole.line, whole.found))
    return found.kind == LineKind::unknown ? std::optional(whole) : std::nullopt;
  if (lacks_value(held.found)) {
    const bool of_its_own = found.kind != LineKind::unknown && !found.told.empty();
    return !of_its_own && gives_a_value(whole.found, next) ? std::optional(whole) : std::nullopt;
  }
  return is_one_line(held, found, whole.found) ? std::optional(whole) : std::nullopt;
}

bool extends_last(const LogLine& next, ToolRun& run) {
  if (run.lines.empty() || next.behind_gap) return false;
  LogLine& last = run.lines.back();
  if (last.kind == LineKind::command && (next.text[0] == '-' || next.text[0] == '/')) {
    const std::vector<std::string> words = words_of(next.text);
    run.command.insert(run.command.end(), words.begin(), words.end());
    last.text += " " + next.text;
    return true;
  }
  if (last.kind != LineKind::content || run.observations.empty()) return false;
  Observation& told = run.observations.back();
  if (told.line.number != last.number || told.line.text != last.text) return false;
  if (!is_rest_of(told.fact, told.value, next.text)) return false;
  told.value += " " + next.text;
  last.text += " " + next.text;
  last.has_end = next.has_end;
  told.line = last;
  return true;
}

}  // namespace scenarios::field
