// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boot/kernel_comparison.h"

#include <algorithm>
#include <vector>

#include "scenarios/field/boot/kernel_messages.h"
#include "scenarios/field/replay/alignment.h"

namespace scenarios::field {
namespace {

using Messages = std::vector<KernelMessage>;

const KernelMessage* same_event(const Messages& messages, const KernelMessage& wanted) {
  const auto found = std::find_if(messages.begin(), messages.end(), [&](const KernelMessage& each) {
    return each.event.key == wanted.event.key;
  });
  return found == messages.end() ? nullptr : &*found;
}

Messages once_each(const Messages& all) {
  Messages kept;
  for (const KernelMessage& message : all) {
    if (same_event(kept, message) == nullptr) kept.push_back(message);
  }
  return kept;
}

/// Without the drivers of which the log has no line: who looks for one takes the lines of one.
Messages of_parts_in(const Messages& log, Messages ours) {
  std::erase_if(ours, [&](const KernelMessage& each) {
    return std::none_of(log.begin(), log.end(),
                        [&](const KernelMessage& theirs) { return theirs.part == each.part; });
  });
  return ours;
}

LineVerdict verdict_of(const KernelMessage& theirs, const KernelMessage& ours) {
  if (theirs.says == ours.says) return LineVerdict::equal;
  return theirs.event.words == ours.event.words ? LineVerdict::observed : LineVerdict::reworded;
}

/// What a kernel of the log's age does not say is no line that its paste lost.
LineVerdict verdict_of_ours_alone(const KernelMessage& ours, bool is_of_older_kernel) {
  return is_of_older_kernel && ours.event.words == KernelWords::newer ? LineVerdict::unproven
                                                                      : LineVerdict::added;
}

class KernelComparison {
 public:
  KernelComparison(const ToolRun& run, const std::string& printed)
      : log_(kernel_messages(run)),
        theirs_(once_each(log_)),
        ours_(once_each(of_parts_in(log_, kernel_messages(printed)))),
        is_older_(std::any_of(log_.begin(), log_.end(), [](const KernelMessage& message) {
          return message.event.words == KernelWords::older;
        })) {}

  Comparison compare() {
    if (log_.empty()) return {};
    const auto alike = [this](std::size_t left, std::size_t right) {
      return theirs_[left].event.key == ours_[right].event.key ? kAlike : 0;
    };
    for (const Row& row : align(theirs_.size(), ours_.size(), alike)) take(row);
    add_repetitions();
    Comparison compared{.lines = std::move(lines_), .beyond = std::move(beyond_)};
    const bool fits = compared.first_difference() == nullptr;
    compared.verdict = !fits                     ? LogVerdict::differs
                       : compared.beyond.empty() ? LogVerdict::reproduced
                                                 : LogVerdict::prefix;
    return compared;
  }

 private:
  void take(const Row& row) {
    if (row.left) ++done_;
    const bool pair =
        row.left && row.right && theirs_[*row.left].event.key == ours_[*row.right].event.key;
    if (pair) {
      const KernelMessage& theirs = theirs_[*row.left];
      const KernelMessage& ours = ours_[*row.right];
      lines_.push_back({theirs.line, ours.line.text, verdict_of(theirs, ours)});
      return;
    }
    if (row.left) lines_.push_back({theirs_[*row.left].line, {}, LineVerdict::theirs});
    if (row.right) ours_alone(ours_[*row.right]);
  }

  /// Behind all of theirs the paste may have ended, and before them it had not begun.
  void ours_alone(const KernelMessage& ours) {
    const LineVerdict verdict =
        done_ == 0 ? LineVerdict::unproven : verdict_of_ours_alone(ours, is_older_);
    if (done_ == theirs_.size() && verdict == LineVerdict::added) {
      beyond_.push_back(ours.line.text);
      return;
    }
    LogLine place = log_.back().line;
    place.text.clear();
    lines_.push_back({place, ours.line.text, verdict});
  }

  void add_repetitions() {
    for (const KernelMessage& message : log_) {
      const KernelMessage* first = same_event(theirs_, message);
      if (first->line.number == message.line.number) continue;
      const KernelMessage* ours = same_event(ours_, message);
      if (ours != nullptr)
        lines_.push_back({message.line, ours->line.text, verdict_of(message, *ours)});
    }
    std::stable_sort(
        lines_.begin(), lines_.end(),
        [](const ComparedLine& a, const ComparedLine& b) { return a.log.number < b.log.number; });
  }

  Messages log_;
  Messages theirs_;
  Messages ours_;
  bool is_older_;
  std::size_t done_ = 0;  ///< of theirs
  std::vector<ComparedLine> lines_;
  std::vector<std::string> beyond_;
};

}  // namespace

Comparison compare_kernel_logs(const ToolRun& run, const std::string& printed) {
  return KernelComparison(run, printed).compare();
}

}  // namespace scenarios::field
