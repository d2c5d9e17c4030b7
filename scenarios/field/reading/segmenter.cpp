// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/segmenter.h"

#include <algorithm>

#include "base/promise.h"
#include "protocol/generation.h"
#include "protocol/tools/meinfo.h"
#include "scenarios/field/reading/kernel_line.h"
#include "scenarios/field/reading/reading_outcome.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/settle_run.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/tried_words.h"
#include "scenarios/field/reading/update_line.h"

namespace scenarios::field {
namespace {

void listen(const LogLine& line, FieldReport& report) {
  if (begins_with_label(line.text) || as_kernel_line(line.text)) return;
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

bool stand_in_one_line(Fact first, Fact second, std::uint16_t generation) {
  const auto* row = protocol::find_generation(generation);
  if (row == nullptr) return false;
  const auto lines = protocol::tools::meinfo(row->meinfo.value).lines;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const bool joined = lines[i].form == protocol::tools::Form::joined;
    if (joined && lines[i - 1].fact == first && lines[i].fact == second) return true;
  }
  return false;
}

/// Lines that another tool seemed to have printed.
void join(std::vector<LogLine> lines, ToolRun& run, KnownLines& known) {
  for (LogLine& line : lines) {
    line.kind = LineKind::unknown;
    run.lines.push_back(std::move(line));
  }
  run.unread = unread_outcome(run, known);
}

}  // namespace

bool Segmenter::tells_again(const Recognised& found) const {
  if (found.tool != Tool::meinfo || found.told.empty()) return false;
  return run_->find(found.told.front().fact) != nullptr;
}

namespace {

bool is_status_word(const Recognised& found) {
  return !found.told.empty() && found.told.front().fact >= Fact::status_word_1 &&
         found.told.front().fact <= Fact::status_word_6;
}

}  // namespace

/// The tools from generation 6 on share their errors, MEManuf prints MEInfo's registers, and the
/// flash tool two words of them.
bool Segmenter::goes_on_in_a_later_tool(const Recognised& found) const {
  if (!run_ || found.generation <= kLastGeneration) return false;
  const auto of_tool = run_->tool_version ? run_->tool_version->major : run_->generation;
  const bool unknown_memanuf = of_tool == 0 && run_->tool == Tool::memanuf;
  if (of_tool <= kLastGeneration && !unknown_memanuf) return false;
  const bool is_error = !found.told.empty() && found.told.front().fact == Fact::error;
  if (is_error) return last_ != LineKind::unknown;
  if (found.tool != Tool::meinfo) return false;
  return run_->tool == Tool::memanuf || (run_->tool == Tool::fpt && is_status_word(found));
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

void Segmenter::take(LogLine line) {
  if (continues_as_it_stands(line)) return;
  Recognised found = recognise_pasted(line, open_run(), known_);
  if (found.kind == LineKind::blank) {
    behind_blank_ = true;
    return;
  }
  line.behind_gap = line.behind_gap || behind_blank_;
  behind_blank_ = false;
  if (continues_held(line, found)) return;
  pass_held_on();
  if (begins_section(line, found) || was_one_with_the_last(line, found)) return;
  if (may_go_on(line, found, open_run())) {
    held_ = HeldLine{std::move(line), std::move(found)};
    return;
  }
  pass_on(std::move(line), std::move(found));
}

/// Before more of the paste is taken off: what looks like a mark may be the rest of a line.
bool Segmenter::continues_as_it_stands(LogLine line) {
  if (!held_ || line.text.empty()) return false;
  line.behind_gap = line.behind_gap || behind_blank_;
  if (!continues_held(line, known_.recognise(line.text))) return false;
  behind_blank_ = false;
  return true;
}

/// A heading closes the run: what follows is another tool's, machine's or writer's.
bool Segmenter::begins_section(const LogLine& line, const Recognised& found) {
  if (found.kind != LineKind::unknown) return false;
  const auto heading = heading_in(line.text);
  if (!heading) return false;
  close_run();
  ++section_;
  if (machine_.empty() && names_another(heading->machine)) tell_apart_from(heading->machine);
  const bool goes_on = heading->machine == kSameMachine && !machine_.empty();
  if (!heading->machine.empty() && !goes_on) machine_ = heading->machine;
  announced_ = heading->tool;
  keep_as_prose(line, report_);
  return true;
}

/// "On my other PC" makes one of what nothing has named yet.
void Segmenter::tell_apart_from(std::string_view machine) {
  for (std::size_t i = first_run_; i < report_.runs.size(); ++i) {
    if (report_.runs[i].machine.empty())
      report_.runs[i].machine = "not the " + std::string(machine);
  }
}

/// Parts that are nobody's line, or a label and its value, and make a line of a tool together.
bool Segmenter::continues_held(const LogLine& line, const Recognised& found) {
  if (!held_) return false;
  auto whole = joined(*held_, line, found, known_);
  if (!whole) return false;
  held_.reset();
  if (may_go_on(whole->line, whole->found, open_run())) {
    held_ = std::move(whole);
  } else {
    pass_on(std::move(whole->line), std::move(whole->found));
  }
  return true;
}

void Segmenter::pass_held_on() {
  if (!held_) return;
  HeldLine held = std::move(*held_);
  held_.reset();
  pass_on(std::move(held.line), std::move(held.found));
}

/// The rest of the run's last line; the second of a pair that its dialect prints in one line.
bool Segmenter::was_one_with_the_last(const LogLine& line, const Recognised& found) {
  if (!run_ || run_->lines.empty()) return false;
  if (found.kind == LineKind::unknown) return extends_last(line, *run_);
  const bool of_meinfo = run_->tool == Tool::meinfo;
  if (!of_meinfo || found.told.size() != 1 || run_->observations.empty()) return false;
  const Told& second = found.told[0];
  LogLine& last = run_->lines.back();
  const Observation& first = run_->observations.back();
  if (!stand_in_one_line(first.fact, second.fact, run_->generation)) return false;
  if (first.line.number != last.number) return false;
  last.text += " " + line.text;
  run_->observations.back().line = last;
  run_->observations.push_back({second.fact, second.value, last});
  return true;
}

/// Pasted twice, one behind the other.
bool Segmenter::is_doubled(const LogLine& line, const Recognised& found) const {
  if (!run_ || run_->lines.empty() || line.behind_gap) return false;
  const bool of_the_old_tools = found.tool == Tool::meinfo || found.tool == Tool::fwupdlcl;
  const bool printed = found.kind == LineKind::banner || found.kind == LineKind::command ||
                       (found.kind == LineKind::content && (!found.told.empty() || found.opens));
  return of_the_old_tools && printed && run_->lines.back().text == line.text;
}

void Segmenter::pass_on(LogLine line, Recognised found) {
  line.kind = found.kind;
  if (is_doubled(line, found)) {
    line.kind = LineKind::ornament;
    run_->lines.push_back(std::move(line));
    return;
  }
  const bool announced = !run_ && announced_ != Tool::unknown && found.tool == Tool::unknown;
  if (announced && found.kind == LineKind::content) found.tool = announced_;
  if (begins_run(found)) {
    close_run();
    run_.emplace();
    run_->machine = machine_;
    run_->section = section_;
    last_ = LineKind::blank;
    only_openers_ = true;
    has_content_ = false;
    in_image_block_ = false;
  }
  if (!run_) return keep_as_prose(std::move(line), report_);
  add(std::move(line), std::move(found));
}

void Segmenter::add(LogLine line, Recognised found) {
  MEBENCH_PROMISE(run_, "a line is added to a run");
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
    // The image's block begins where the flash's has said all: its title may be missing.
    const bool again =
        told.fact == Fact::firmware_version && (run_->find(Fact::firmware_version) != nullptr ||
                                                run_->find(Fact::enabled_interfaces) != nullptr);
    if (again && run_->tool == Tool::fwupdlcl) in_image_block_ = true;
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
  MEBENCH_PROMISE(!run.lines.empty(), "a run has begun with a line");
  settle(run, known_);
  if (!report_.runs.empty() && may_be_outcome_of(report_.runs.back(), run))
    return join(std::move(run.lines), report_.runs.back(), known_);
  report_.runs.push_back(std::move(run));
}

}  // namespace scenarios::field
