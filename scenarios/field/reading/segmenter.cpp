// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/segmenter.h"

#include <algorithm>

#include "scenarios/field/reading/paste_marks.h"
#include "scenarios/field/reading/reading_outcome.h"
#include "scenarios/field/reading/settle_run.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/tried_words.h"
#include "scenarios/field/reading/update_line.h"

namespace scenarios::field {
namespace {

void listen(const LogLine& line, FieldReport& report) {
  if (begins_with_label(line.text)) return;
  for (const Tried tried : tried_in(line.text)) {
    const bool known = std::any_of(report.tried.begin(), report.tried.end(),
                                   [&](const TriedLine& each) { return each.what == tried; });
    if (!known) report.tried.push_back({tried, line});
  }
}

void keep_as_prose(LogLine line, FieldReport& report) {
  listen(line, report);
  report.prose.push_back(std::move(line));
}

/// Lines that another tool seemed to have printed.
void join(std::vector<LogLine> lines, ToolRun& run) {
  for (LogLine& line : lines) {
    line.kind = LineKind::unknown;
    run.lines.push_back(std::move(line));
  }
  run.unread = unread_outcome(run);
}

}  // namespace

bool Segmenter::tells_again(const Recognised& found) const {
  if (found.tool != Tool::meinfo || found.told.empty()) return false;
  return run_->find(found.told.front().fact) != nullptr;
}

/// The tools from generation 6 on share their errors, and MEManuf prints MEInfo's registers.
bool Segmenter::goes_on_in_a_later_tool(const Recognised& found) const {
  if (!run_ || found.generation <= kLastGeneration) return false;
  const auto of_tool = run_->tool_version ? run_->tool_version->major : run_->generation;
  if (of_tool <= kLastGeneration) return false;
  const bool is_error = !found.told.empty() && found.told.front().fact == Fact::error;
  if (is_error) return last_ != LineKind::unknown;
  return run_->tool == Tool::memanuf && found.tool == Tool::meinfo;
}

bool Segmenter::begins_run(const Recognised& found) const {
  const bool tool_changes = run_ && found.tool != Tool::unknown && run_->tool != Tool::unknown &&
                            found.tool != run_->tool;
  switch (found.kind) {
    case LineKind::command:
      return true;
    case LineKind::banner:
      return !run_ || tool_changes || run_->tool_version || !only_openers_;
    case LineKind::copyright:
      return !run_ || (has_content_ && last_ != LineKind::banner);
    case LineKind::complaint:
      return !run_ || tool_changes;
    case LineKind::content:
      if (found.joins && run_) return false;
      if (goes_on_in_a_later_tool(found)) return false;
      return !run_ || tool_changes || (found.opens && has_content_) || tells_again(found);
    case LineKind::blank:
    case LineKind::ornament:
    case LineKind::unknown:
      return false;
  }
  return false;
}

namespace {

/// Nothing is wrapped more narrowly.
constexpr std::size_t kNarrowest = 28;

bool lacks_value(const Recognised& found) {
  return found.kind == LineKind::content && found.told.size() == 1 && found.told[0].value.empty();
}

/// "Trying to connect to MEI driver.Connected to HECI" goes on with the driver's version.
bool lacks_driver(const LogLine& line, const Recognised& found) {
  return found.kind == LineKind::content && found.told.empty() &&
         find_printed(line.text, "Connected to") != line.text.npos;
}

}  // namespace

namespace {

/// What a line is, and is once more of the paste is off: `line` has the text for which it is one.
Recognised recognise_pasted(LogLine& line) {
  Recognised found = recognise(line.text);
  if (found.kind != LineKind::unknown) return found;
  for (std::string& reading : other_readings(line.text)) {
    Recognised other = recognise(reading);
    const bool printed = other.kind == LineKind::content || other.kind == LineKind::banner ||
                         other.kind == LineKind::copyright;
    if (!printed) continue;
    line.text = std::move(reading);
    return other;
  }
  return found;
}

}  // namespace

void Segmenter::take(LogLine line) {
  Recognised found = recognise_pasted(line);
  if (found.kind == LineKind::blank) {
    behind_blank_ = true;
    return;
  }
  line.behind_gap = line.behind_gap || behind_blank_;
  behind_blank_ = false;
  if (continues_held(line, found)) return;
  pass_held_on();
  const bool may_go_on =
      found.kind == LineKind::unknown || lacks_value(found) || lacks_driver(line, found);
  const bool wide = line.text.size() >= kNarrowest;
  if (run_ && may_go_on && (wide || begins_a_line_of(run_->tool, line.text))) {
    held_ = std::move(line);
    return;
  }
  pass_on(std::move(line), std::move(found));
}

/// Parts that are nobody's line, or a label and its value, and make a line of a tool together.
bool Segmenter::continues_held(const LogLine& line, const Recognised& found) {
  if (!held_ || found.kind != LineKind::unknown) return false;
  LogLine whole = *held_;
  // Quoted-printable mail says with a '=' that a line goes on.
  if (whole.text.ends_with('='))
    whole.text.pop_back();
  else
    whole.text += ' ';
  whole.text += line.text;
  whole.has_end = line.has_end;
  Recognised joined = recognise(whole.text);
  if (lacks_driver(whole, joined)) {
    held_ = std::move(whole);
    return true;
  }
  if (joined.kind != LineKind::content || joined.told.empty() || lacks_value(joined)) return false;
  held_.reset();
  pass_on(std::move(whole), std::move(joined));
  return true;
}

void Segmenter::pass_held_on() {
  if (!held_) return;
  LogLine line = std::move(*held_);
  held_.reset();
  Recognised found = recognise(line.text);
  pass_on(std::move(line), std::move(found));
}

void Segmenter::pass_on(LogLine line, Recognised found) {
  line.kind = found.kind;
  if (begins_run(found)) {
    close_run();
    run_.emplace();
    last_ = LineKind::blank;
    only_openers_ = true;
    has_content_ = false;
    in_image_block_ = false;
  }
  if (!run_) return keep_as_prose(std::move(line), report_);
  add(std::move(line), std::move(found));
}

void Segmenter::add(LogLine line, Recognised found) {
  if (run_->tool == Tool::unknown) run_->tool = found.tool;
  const bool later = found.generation > kLastGeneration && run_->generation <= found.generation;
  if (run_->generation == 0 || later) run_->generation = found.generation;
  if (found.kind == LineKind::unknown) listen(line, report_);
  if (found.version) run_->tool_version = found.version;
  if (!found.words.empty()) run_->command = std::move(found.words);
  if (found.kind == LineKind::content) {
    if (!has_content_) run_->from_its_beginning = found.opens || !run_->lines.empty();
    has_content_ = true;
    only_openers_ = only_openers_ && found.opens;
    if (names_the_image(line.text)) in_image_block_ = true;
  }
  for (Told& told : found.told) {
    if (in_image_block_ && told.fact == Fact::firmware_version) told.fact = Fact::image_version;
    if (in_image_block_ && told.fact == Fact::sku) told.fact = Fact::image_sku;
    run_->observations.push_back({told.fact, std::move(told.value), line});
  }
  last_ = line.kind;
  run_->lines.push_back(std::move(line));
}

void Segmenter::finish() {
  pass_held_on();
  close_run();
}

void Segmenter::close_run() {
  if (!run_) return;
  ToolRun run = std::move(*run_);
  run_.reset();
  if (run.tool == Tool::unknown) {
    for (LogLine& line : run.lines) keep_as_prose(std::move(line), report_);
    return;
  }
  settle(run);
  if (!report_.runs.empty() && may_be_outcome_of(report_.runs.back(), run))
    return join(std::move(run.lines), report_.runs.back());
  report_.runs.push_back(std::move(run));
}

}  // namespace scenarios::field
