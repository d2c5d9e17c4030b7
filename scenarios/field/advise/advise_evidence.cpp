// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/advise_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace scenarios::field {
namespace {

using protocol::update::ToolError;
using updater::update::DestroyingStep;

/// The error whose line speaks for a step, and what that line has to name besides.
struct SpeaksFor {
  std::string_view step;
  ToolError error;
  std::string_view word;
  const char* words;  ///< of the error, for people to look for
};
constexpr std::array kSpeakFor = {
    SpeaksFor{"tpm-clear", ToolError::owner_password_required, "TPM", "TPM in owned state"},
    SpeaksFor{"unprovision", ToolError::downgrade_data_mismatch, "", "downgrade data mismatch"},
};

const SpeaksFor* row_for(const DestroyingStep& step) {
  const auto* row = std::find_if(kSpeakFor.begin(), kSpeakFor.end(),
                                 [&](const SpeaksFor& each) { return each.step == step.id; });
  return row == kSpeakFor.end() ? nullptr : row;
}

/// A number whose words tell of something else was misread or mistyped.
bool speaks_for(const SpeaksFor& row, const Observation& error) {
  return is_error(error, row.error) && error.line.text.find(row.word) != std::string::npos;
}

/// Updates of boards in the report's order, those that were not understood among them.
std::vector<FieldBench::Place> updates_in(const FieldBench& bench) {
  std::vector<FieldBench::Place> all = bench.covered();
  all.insert(all.end(), bench.not_understood().begin(), bench.not_understood().end());
  std::erase_if(all, [&](const FieldBench::Place& place) {
    return bench.report().runs[place.run].tool != Tool::fwupdlcl;
  });
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.run < b.run; });
  return all;
}

}  // namespace

const DestroyingStep* what_it_destroys(const PersonAction& action) {
  return updater::update::find_destroying_step(action.id);
}

BoardEvidence::BoardEvidence(const FieldBench& bench, std::size_t board) {
  for (const FieldBench::Place& place : updates_in(bench)) {
    if (bench.states()[place.state].board != board) continue;
    const ToolRun& run = bench.report().runs[place.run];
    not_understood_.reset();
    if (run.unread) not_understood_ = run.unread->line;
    if (const Observation* error = run.find(Fact::error)) errors_.push_back(*error);
  }
}

Evidence BoardEvidence::operator()(const PersonAction& action) const {
  const DestroyingStep* step = what_it_destroys(action);
  if (step == nullptr) return {};
  const SpeaksFor* row = row_for(*step);
  if (row == nullptr) return {false, {}, "no line of a log is known that would speak for it"};
  if (not_understood_)
    return {
        false, {}, "how the last update ended was not understood: " + place_of(*not_understood_)};
  Evidence evidence;
  for (const Observation& error : errors_) {
    if (speaks_for(*row, error)) evidence.lines.push_back(error);
  }
  evidence.is_enough = !evidence.lines.empty();
  if (!evidence.is_enough)
    evidence.why_not = fmt::format("no line of the logs speaks for it, as error {} ({}) would",
                                   number(row->error), row->words);
  return evidence;
}

std::vector<FieldBench::Place> boards_left_open(const FieldBench& bench) {
  std::map<std::size_t, FieldBench::Place> last;
  for (const FieldBench::Place& place : updates_in(bench))
    last.insert_or_assign(bench.states()[place.state].board, place);
  std::vector<FieldBench::Place> open;
  for (const auto& [board, place] : last) {
    if (bench.report().runs[place.run].unread) open.push_back(place);
  }
  return open;
}

std::string not_understood_words(const FieldBench& bench, const FieldBench::Place& place) {
  const UnreadOutcome& unread = *bench.report().runs[place.run].unread;
  return fmt::format(
      "How the last update of board {} ended was not understood ({}: {}). Nothing is advised on it "
      "that would destroy something. Give the line as the tool printed it, or the tool's whole "
      "output anew.",
      bench.states()[place.state].board, place_of(unread.line), unread.line.text);
}

}  // namespace scenarios::field
