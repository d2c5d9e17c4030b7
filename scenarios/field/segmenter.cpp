// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/segmenter.h"

#include <algorithm>

namespace scenarios::field {
namespace {

/// What a person's own words may say was tried. All words of a row must be in the line.
struct TriedWords {
  Tried tried;
  std::string_view all[2];
};
constexpr TriedWords kTriedWords[] = {
    {Tried::tpm_clear, {"tpm", "clear"}},       {Tried::tpm_disable, {"tpm", "disabl"}},
    {Tried::tpm_enable, {"tpm", "enabl"}},      {Tried::unprovision, {"unprovision", ""}},
    {Tried::unprovision, {"un-provision", ""}}, {Tried::provision, {"/provisioned", ""}},
    {Tried::provision, {" provisioned", ""}},   {Tried::secret_change, {"chang", "password"}},
};

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

void look_for_tried(const LogLine& line, FieldReport& report) {
  const std::string text = lower_case(line.text);
  for (const TriedWords& row : kTriedWords) {
    const bool all = text.find(row.all[0]) != text.npos && text.find(row.all[1]) != text.npos;
    const bool known = std::any_of(report.tried.begin(), report.tried.end(),
                                   [&](const TriedLine& t) { return t.what == row.tried; });
    if (all && !known) report.tried.push_back({row.tried, line});
  }
}

void keep_as_prose(LogLine line, FieldReport& report) {
  look_for_tried(line, report);
  report.prose.push_back(std::move(line));
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
      return !run_ || tool_changes || (found.opens && has_content_) || tells_again(found);
    case LineKind::blank:
    case LineKind::ornament:
    case LineKind::unknown:
      return false;
  }
  return false;
}

void Segmenter::take(LogLine line) {
  Recognised found = recognise(line.text);
  if (found.kind == LineKind::blank) return;
  line.kind = found.kind;
  if (begins_run(found)) {
    finish();
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
  if (run_->generation == 0) run_->generation = found.generation;
  if (found.version) run_->tool_version = found.version;
  if (!found.words.empty()) run_->command = std::move(found.words);
  if (found.kind == LineKind::content) {
    if (!has_content_) run_->from_its_beginning = found.opens || !run_->lines.empty();
    has_content_ = true;
    only_openers_ = only_openers_ && found.opens;
    if (line.text.find("Image Info") != line.text.npos) in_image_block_ = true;
  }
  for (Told& told : found.told) {
    if (in_image_block_ && told.fact == Fact::firmware_version) told.fact = Fact::image_version;
    if (in_image_block_ && told.fact == Fact::sku) told.fact = Fact::image_sku;
    run_->observations.push_back({told.fact, std::move(told.value), line});
  }
  last_ = line.kind;
  run_->lines.push_back(std::move(line));
}

void Segmenter::settle_generation(ToolRun& run) const {
  if (run.tool_version) run.generation = run.tool_version->major;
  if (run.generation != 0) return;
  // The 4.2 tool shows no block on the flash before it names its way.
  const bool short_form = run.tool == Tool::fwupdlcl &&
                          run.find(Fact::communication_mode) != nullptr &&
                          run.find(Fact::firmware_version) == nullptr && run.from_its_beginning;
  run.generation = short_form ? 4 : 5;
}

/// The tools of generation 5 name the driver they found; without one they ran where there is none.
void Segmenter::settle_system(ToolRun& run) const {
  if (run.generation != 5 || run.find(Fact::host_system) != nullptr) return;
  const auto content = run.of_kind(LineKind::content);
  if (run.tool == Tool::meinfo && run.find(Fact::link_status) != nullptr &&
      run.find(Fact::mei_driver_version) == nullptr) {
    const bool could_tell = run.find(Fact::build_number) != nullptr;
    if (could_tell)
      run.observations.push_back({Fact::host_system, "dos", run.find(Fact::link_status)->line});
  }
  const bool connects =
      content.size() > 1 && content.front()->text.starts_with("Trying to connect");
  if (run.tool == Tool::fwupdlcl && connects)
    run.observations.push_back({Fact::host_system, "dos", *content.front()});
}

void Segmenter::finish() {
  if (!run_) return;
  ToolRun run = std::move(*run_);
  run_.reset();
  if (run.tool == Tool::unknown) {
    for (LogLine& line : run.lines) keep_as_prose(std::move(line), report_);
    return;
  }
  settle_generation(run);
  settle_system(run);
  report_.runs.push_back(std::move(run));
}

}  // namespace scenarios::field
