// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/pasted_line.h"

#include <algorithm>
#include <string>
#include <vector>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/guessed_line.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/later_labels.h"
#include "scenarios/field/reading/other_tool_line.h"
#include "scenarios/field/reading/own_report_line.h"
#include "scenarios/field/reading/paste_marks.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/update_line.h"
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

std::size_t status_words(const ToolRun& run) {
  return static_cast<std::size_t>(
      std::count_if(run.observations.begin(), run.observations.end(), [](const Observation& seen) {
        return seen.fact >= Fact::status_word_1 && seen.fact <= Fact::status_word_6;
      }));
}

/// What a line tells hangs on whose it is: tpm-tools and MEInfo share a label, and the mei driver's
/// words have none.
void take_for(Tool tool, const ToolRun& run, Recognised& found) {
  if (found.told.empty()) return;
  if (tool == Tool::tpm_tools && found.told[0].fact == Fact::tpm_vendor) found.tool = tool;
  // fwupd's list of what it checked has the set-up's label for the engine, too.
  const bool checked = tool == Tool::fwupdmgr && found.tool == Tool::screen &&
                       found.told[0].fact == Fact::later_version;
  if (checked && !protocol::parse_firmware_version(found.told[0].value)) {
    found.tool = tool;
    found.told[0] = {Fact::tool_says, "Intel Management Engine Version " + found.told[0].value};
  }
  if (tool == Tool::mei_files && found.told[0].fact == Fact::status_word_1) {
    if (auto word = as_status_word(found.told[0].value, status_words(run)))
      found.told = std::move(word->told);
  }
}

/// Bare words and labels are lines only among others of their tool.
std::optional<Recognised> among_others(LogLine& line, const ToolRun* run) {
  if (run == nullptr) return std::nullopt;
  if (run->tool == Tool::mei_files) return as_status_word(line.text, status_words(*run));
  if (run->tool == Tool::meupdate) return as_meupdate_line(line.text);
  if (run->tool == Tool::screen) return as_screen_line(line.text);
  if (run->tool != Tool::meinfo) return std::nullopt;
  if (auto apart = with_colon_at_blank(line.text)) {
    line.text = std::move(*apart);
    return recognise(line.text);
  }
  if (!is_bare_label(line.text)) return std::nullopt;
  line.text += ':';
  return recognise(line.text);
}

/// "Trying to connect to MEI driver.Connected to HECI" goes on with the driver's version.
bool lacks_driver(const LogLine& line, const Recognised& found) {
  return found.kind == LineKind::content && found.told.empty() &&
         find_printed(line.text, "Connected") != line.text.npos;
}

/// "Apps: 5.2.70 Intel(R)" of "Apps: 5.2.70 Intel(R) AMT: 5.2.70"
bool is_half_a_pair(const Recognised& found) {
  if (found.kind != LineKind::content || found.told.size() != 1) return false;
  const Told& told = found.told[0];
  const bool first = told.fact == Fact::flash_version || told.fact == Fact::apps_version;
  return first && told.value.find(' ') != std::string::npos;
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
  const bool tells = !whole.told.empty() || whole.kind == LineKind::banner;
  const bool of_a_list = held.line.text == ":";
  if (next.kind != LineKind::unknown && !of_a_list && !(begins_label && tells)) return false;
  const bool wide = held.line.text.size() >= kNarrowest || held.line.text.starts_with("Error");
  return wide || !has_outcome(whole);
}

bool is_open_bracket(std::string_view value) {
  return std::count(value.begin(), value.end(), '(') > std::count(value.begin(), value.end(), ')');
}

/// "(3.23 )" behind "7UET93WW", "Owned Active" behind "Enabled"
bool is_rest_of(Fact fact, const std::string& value, const std::string& rest) {
  if (same_letters(value, "Not") && same_letters(rest, "Available")) return true;
  constexpr std::string_view kNoCard = "Error: Firmware status is not success";
  if (fact == Fact::wireless_mac_address) return kNoCard.starts_with(value + " " + rest);
  const bool word = !is_word(fact, value) && begins_a_word(fact, value);
  if (word) return is_word(fact, value + " " + rest);
  if (fact == Fact::sku_names) return could_be_value(fact, rest);
  if (fact != Fact::bios_version) return false;
  const bool one_word =
      rest.find_first_of(" :") == rest.npos && rest.find_first_of("0123456789") != rest.npos;
  return (is_open_bracket(value) && rest.ends_with(')')) || rest.starts_with('(') || one_word;
}

}  // namespace

Recognised recognise_pasted(LogLine& line, const ToolRun* run, KnownLines& known) {
  // Some of its labels are MEInfo's, too.
  if (run != nullptr && run->tool == Tool::meupdate) {
    if (auto own = as_own_report_line(line.text)) return *own;
  }
  Recognised found = known.recognise(line.text);
  if (run != nullptr && run->tool == Tool::fwupdlcl && !run->has_outcome()) {
    if (auto asked = as_asked_version(line.text)) return *asked;
  }
  if (found.kind == LineKind::content && found.tool == Tool::meinfo) {
    if (auto repaired = with_repaired_values(line.text, found.told))
      return as_taken_for(line, *repaired);
  }
  if (run != nullptr) take_for(run->tool, *run, found);
  if (found.kind != LineKind::unknown) return found;
  if (auto other = among_others(line, run)) return *other;
  for (std::string& reading : other_readings(line.text)) {
    Recognised other = known.recognise(reading);
    if (!is_printed(other)) continue;
    line.text = std::move(reading);
    return other;
  }
  const Tool tool = is_of_the_old_tools(run) ? run->tool : Tool::unknown;
  if (auto guess = known.guess(line.text, tool)) return as_taken_for(line, *guess);
  return found;
}

bool lacks_value(const Recognised& found) {
  return found.kind == LineKind::content && !found.told.empty() && found.told.back().value.empty();
}

namespace {

/// "BIOS Config Lock:", whose value tells nothing of an update and may stand beneath.
bool is_label_alone(const LogLine& line) {
  const LaterLabel* row = later_label_of(line.text);
  return row != nullptr && line.text.size() == row->label.size() + 1 && line.text.ends_with(':');
}

/// "DISABLED"; no person's line.
bool could_be_alone(std::string_view value) {
  constexpr auto kMostWords = 3;
  return words_of(value).size() <= kMostWords;
}

}  // namespace

bool may_go_on(const LogLine& line, const Recognised& found, const ToolRun* run) {
  if (lacks_value(found) || is_half_a_pair(found)) return true;
  const bool begins_label = begins_a_longer_label(line.text);
  if (found.kind == LineKind::content && found.told.empty()) {
    return lacks_driver(line, found) || is_label_alone(line) || (run != nullptr && begins_label);
  }
  if (found.kind == LineKind::unknown) return begins_label || is_of_the_old_tools(run);
  // A block's title that is broken behind its stars.
  return found.kind == LineKind::ornament && line.text.starts_with("***") &&
         line.text.size() <= 5 && run != nullptr && run->tool == Tool::fwupdlcl;
}

namespace {

/// The text of both in one line; `between` them stands what pasting has made a line's end of.
std::string in_one_line(const std::string& first, const std::string& second,
                        std::string_view between) {
  // Quoted-printable mail says with a '=' that a line goes on.
  if (first.ends_with('=')) return first.substr(0, first.size() - 1) + second;
  return first + std::string(between) + second;
}

/// As it was read: a bare label that has been given its colon was one of more words, the dash
/// behind "iTPM" looks like a list's.
std::vector<std::string> texts_of_both(const HeldLine& held, const LogLine& next) {
  const std::string& text = held.line.text;
  std::vector<std::string> texts = {in_one_line(text, next.text, " ")};
  if (text.ends_with(':') && lacks_value(held.found))
    texts.push_back(in_one_line(text.substr(0, text.size() - 1), next.text, " "));
  if (text == "iTPM") texts.push_back(in_one_line(text, next.text, " - "));
  return texts;
}

std::optional<HeldLine> joined_as(const HeldLine& held, const LogLine& next,
                                  const Recognised& found, std::string text, KnownLines& known) {
  HeldLine whole = held;
  whole.line.text = std::move(text);
  whole.line.has_end = next.has_end;
  whole.found = known.recognise(whole.line.text);
  if (!is_printed(whole.found)) return std::nullopt;
  if (lacks_driver(whole.line, whole.found))
    return found.kind == LineKind::unknown ? std::optional(whole) : std::nullopt;
  const bool begins_value = next.text.starts_with(':') && !whole.found.told.empty();
  if (begins_value) return whole;
  if (lacks_value(held.found)) {
    const bool of_its_own = found.kind != LineKind::unknown && !found.told.empty();
    return !of_its_own && gives_a_value(whole.found, next) ? std::optional(whole) : std::nullopt;
  }
  if (is_label_alone(held.line) && !could_be_alone(next.text)) return std::nullopt;
  return is_one_line(held, found, whole.found) ? std::optional(whole) : std::nullopt;
}

}  // namespace

std::optional<HeldLine> joined(const HeldLine& held, const LogLine& next, const Recognised& found,
                               KnownLines& known) {
  const bool could_go_on = found.kind == LineKind::unknown || found.kind == LineKind::content ||
                           found.kind == LineKind::banner;
  if (!could_go_on) return std::nullopt;
  for (std::string& text : texts_of_both(held, next)) {
    if (auto whole = joined_as(held, next, found, std::move(text), known)) return whole;
  }
  return std::nullopt;
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
