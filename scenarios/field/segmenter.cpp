// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/segmenter.h"

#include <algorithm>

#include "scenarios/field/paste_marks.h"
#include "scenarios/field/spelling.h"
#include "scenarios/field/tried_words.h"
#include "scenarios/field/value_words.h"

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

/// Whether it names its way or its outcome with neither driver nor blocks before: a tool of
/// generation 4, or one without -verbose.
bool is_terse(const ToolRun& run) {
  const auto content = run.of_kind(LineKind::content);
  const bool blocks = std::any_of(content.begin(), content.end(), [](const LogLine* line) {
    return line->text.starts_with("*") || line->text.starts_with(": ");
  });
  const bool told = run.find(Fact::firmware_version) != nullptr ||
                    run.find(Fact::enabled_interfaces) != nullptr ||
                    run.find(Fact::mei_driver_version) != nullptr;
  if (blocks || told) return false;
  const bool names_its_way = std::any_of(content.begin(), content.end(), [](const LogLine* line) {
    return begins_printed(line->text, "Communication Mode");
  });
  const bool goes_on =
      names_its_way || run.find(Fact::uploading) != nullptr || run.find(Fact::error) != nullptr;
  return goes_on ? run.from_its_beginning : run.generation == 4 || run.generation == 3;
}

/// The place of the last line of the tool, if any.
std::optional<std::size_t> last_content(const ToolRun& run) {
  for (std::size_t i = run.lines.size(); i-- > 0;) {
    if (run.lines[i].kind == LineKind::content) return i;
  }
  return std::nullopt;
}

/// Versions of the host's software are printed where there is one: half of one shows that much.
bool shows_software(const Observation& seen) {
  return seen.fact == Fact::uns_version || seen.fact == Fact::lms_version ||
         seen.fact == Fact::mei_driver_version;
}

/// "TPM State: Operationa"; of a text that ends there, "MEBx Version: 5.0" too.
bool may_go_on(const Observation& seen, const LogLine& line) {
  if (seen.value.empty()) return true;
  if (is_word(seen.fact, seen.value) || shows_software(seen)) return false;
  return !line.has_end || begins_a_word(seen.fact, seen.value);
}

/// A log that ends without an outcome may end in the middle of a line: that tells nothing, but it
/// is the beginning of one.
void settle_end(ToolRun& run) {
  const auto last = last_content(run);
  if (!last || run.has_outcome()) return;
  if (*last + 1 < run.lines.size()) {
    LogLine& behind = run.lines[*last + 1];
    const bool torn = behind.kind == LineKind::unknown && begins_a_line_of(run.tool, behind.text);
    if (torn) behind.kind = LineKind::content;
    if (torn) return;
  }
  const LogLine& line = run.lines[*last];
  if (run.observations.empty()) return;
  const Observation& told = run.observations.back();
  if (told.line.number == line.number && may_go_on(told, line)) run.observations.pop_back();
}

/// "Error 8741: FW Update Failed." only announces the error that tells why.
void settle_error(ToolRun& run) {
  const auto is_reason = [](const Observation& seen) {
    return seen.fact == Fact::error && seen.value != "8741" && seen.value != "0";
  };
  const Observation* error = run.find(Fact::error);
  if (error == nullptr || error->value != "8741") return;
  const auto reason = std::find_if(run.observations.begin(), run.observations.end(), is_reason);
  if (reason != run.observations.end()) std::rotate(run.observations.begin(), reason, reason + 1);
}

bool has_error_without_number(const ToolRun& run) {
  const Observation* error = run.tool == Tool::fwupdlcl ? run.find(Fact::error) : nullptr;
  return error != nullptr && error->value.find_first_not_of("0123456789") != std::string::npos;
}

}  // namespace

bool Segmenter::tells_again(const Recognised& found) const {
  if (found.tool != Tool::meinfo || found.told.empty()) return false;
  return run_->find(found.told.front().fact) != nullptr;
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
bool breaks_off(const LogLine& line, const Recognised& found) {
  return lacks_value(found) || (found.kind == LineKind::content && found.told.empty() &&
                                find_printed(line.text, "Connected to") != line.text.npos);
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
  if (found.kind == LineKind::blank) return;
  if (continues_held(line, found)) return;
  pass_held_on();
  const bool may_go_on = found.kind == LineKind::unknown || breaks_off(line, found);
  if (run_ && may_go_on && line.text.size() >= kNarrowest) {
    held_ = std::move(line);
    return;
  }
  pass_on(std::move(line), std::move(found));
}

/// Two halves that are nobody's line, or a label and its value, and make a line of a tool together.
bool Segmenter::continues_held(const LogLine& line, const Recognised& found) {
  if (!held_ || found.kind != LineKind::unknown) return false;
  LogLine whole = *held_;
  // Quoted-printable mail says with a '=' that a line goes on.
  if (whole.text.ends_with('='))
    whole.text.pop_back();
  else
    whole.text += ' ';
  whole.text += line.text;
  Recognised joined = recognise(whole.text);
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
    if (find_printed(line.text, "Image Info") != line.text.npos) in_image_block_ = true;
  }
  for (Told& told : found.told) {
    if (in_image_block_ && told.fact == Fact::firmware_version) told.fact = Fact::image_version;
    if (in_image_block_ && told.fact == Fact::sku) told.fact = Fact::image_sku;
    run_->observations.push_back({told.fact, std::move(told.value), line});
  }
  last_ = line.kind;
  run_->lines.push_back(std::move(line));
}

/// Of the tool. Its dialect can be another generation's: MEInfo 5 on older firmware.
void Segmenter::settle_generation(ToolRun& run) const {
  const std::uint16_t told = run.generation;
  if (run.tool_version) run.generation = run.tool_version->major;
  if (run.tool == Tool::fwupdlcl) run.terse = is_terse(run);
  constexpr std::uint16_t kErrorsWithoutNumber = 2;
  if (run.generation == 0 && has_error_without_number(run)) run.generation = kErrorsWithoutNumber;
  // The 4.2 tool shows no block on the flash before it names its way.
  if (run.generation == 0)
    run.generation = run.tool == Tool::fwupdlcl && run.terse && run.from_its_beginning ? 4 : 5;
  run.dialect = told != 0 ? told : run.generation;
}

/// With -verbose the tools of generation 5 name the driver they found; without one they ran where
/// there is none.
void Segmenter::settle_system(ToolRun& run) const {
  if (run.dialect != 5 || run.find(Fact::host_system) != nullptr) return;
  const auto content = run.of_kind(LineKind::content);
  if (run.tool == Tool::meinfo && run.find(Fact::link_status) != nullptr &&
      run.find(Fact::mei_driver_version) == nullptr) {
    const bool could_tell = run.find(Fact::build_number) != nullptr;
    if (could_tell)
      run.observations.push_back({Fact::host_system, "dos", run.find(Fact::link_status)->line});
  }
  const bool connects =
      content.size() > 1 && begins_printed(content.front()->text, "Trying to connect");
  if (run.tool == Tool::fwupdlcl && connects && !run.terse)
    run.observations.push_back({Fact::host_system, "dos", *content.front()});
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
  settle_end(run);
  settle_error(run);
  settle_generation(run);
  settle_system(run);
  report_.runs.push_back(std::move(run));
}

}  // namespace scenarios::field
