// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/reading_outcome.h"

#include <algorithm>
#include <string_view>

#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/reading_outcome_words.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/update_line.h"

namespace scenarios::field {
namespace {

using As = HeardLine::As;
using Speaks = UnreadOutcome::Speaks;

/// A file may be a book: no outcome stands further behind the tool's lines.
constexpr std::size_t kMostLinesBehind = 200;

Speaks speaks_of(As as) {
  if (as == As::failure) return Speaks::failure;
  return as == As::success ? Speaks::success : Speaks::unclear;
}

/// Blank lines between all of a run's lines are the forum's, and end nothing.
bool gaps_end_a_run(const ToolRun& run) {
  std::size_t lines = 0;
  std::size_t gaps = 0;
  for (const LogLine* line : run.of_kind(LineKind::content)) {
    ++lines;
    if (lines > 1 && line->behind_gap) ++gaps;
  }
  return lines < 2 || gaps * 2 <= lines - 1;
}

bool ends_a_block(const LogLine& ornament) {
  return ornament.text.find_first_of("-_=`~") != std::string::npos;
}

/// Goes through the lines of one run in order.
class OutcomeSearch {
 public:
  OutcomeSearch(const ToolRun& run, KnownLines& known)
      : run_(run), known_(known), ended_(run.has_outcome()), gaps_count_(gaps_end_a_run(run)) {}

  std::optional<UnreadOutcome> run() {
    for (const LogLine& line : run_.lines) take(line);
    return std::move(found_);
  }

 private:
  /// What stands between a line and the tool's last one.
  enum class Behind { nothing, gap, prose };

  void take(const LogLine& line) {
    if (line.kind == LineKind::blank) return;
    if (line.kind == LineKind::ornament) return look_at_ornament(line);
    if (line.kind != LineKind::unknown) return begin_anew(line);
    if (!began_ || ++lines_behind_ > kMostLinesBehind) return;
    if (line.behind_gap && gaps_count_) behind_ = std::max(behind_, Behind::gap);
    look_at(line);
  }

  void look_at_ornament(const LogLine& line) {
    if (ends_a_block(line)) behind_ = std::max(behind_, Behind::gap);
  }

  /// Behind a line of the tool. What spoke of a failure before it goes on doing so; what was merely
  /// strange there does not.
  void begin_anew(const LogLine& line) {
    if (line.kind == LineKind::content) outcome_known_ = outcome_known_ || is_outcome(line);
    const bool of_meinfo = run_.tool == Tool::meinfo;
    if (found_ && (of_meinfo || found_->speaks_of == Speaks::unclear)) found_.reset();
    began_ = true;
    behind_ = Behind::nothing;
    lines_behind_ = 0;
  }

  bool is_outcome(const LogLine& line) const {
    return std::any_of(run_.observations.begin(), run_.observations.end(),
                       [&](const Observation& seen) {
                         return seen.fact == Fact::error && seen.line.number == line.number &&
                                seen.line.text == line.text;
                       });
  }

  void look_at(const LogLine& line) {
    const HeardLine heard = known_.hear(line.text);
    if (!found_ && counts(line, heard)) {
      found_ = UnreadOutcome{line, speaks_of(heard.as), heard.number,
                             std::string(nearest_beginning(line.text, beginnings()))};
    }
    if (heard.as == As::person) behind_ = Behind::prose;
    if (heard.is_prompt) behind_ = std::max(behind_, Behind::gap);
  }

  bool counts(const LogLine& line, const HeardLine& heard) const {
    if (heard.as == As::chatter || heard.as == As::silence || is_torn(line)) return false;
    if (ended_) return outcome_known_ && behind_ != Behind::prose && heard.is_marked_error;
    const bool speaks = heard.as == As::failure || heard.as == As::success;
    if (behind_ == Behind::prose) return heard.is_marked_error || heard.number.has_value();
    if (behind_ == Behind::gap) return speaks;
    if (run_.tool == Tool::meinfo) {
      const bool near = !nearest_beginning(line.text, beginnings()).empty();
      return heard.begins_with_error || (near && line.has_end);
    }
    return heard.as != As::person;
  }

  /// The text ends within it, and so far it is one of the tool's own.
  bool is_torn(const LogLine& line) const {
    if (line.has_end) return false;
    const auto known = beginnings();
    const auto goes_on_as = [&](std::string_view whole) {
      return is_beginning_of(whole, line.text);
    };
    return goes_on_as("Error (8") || std::any_of(known.begin(), known.end(), goes_on_as);
  }

  std::vector<std::string_view> beginnings() const {
    return run_.tool == Tool::meinfo ? meinfo_labels() : update_line_beginnings();
  }

  const ToolRun& run_;
  KnownLines& known_;
  bool ended_;
  bool gaps_count_;
  bool began_ = false;
  bool outcome_known_ = false;
  Behind behind_ = Behind::nothing;
  std::size_t lines_behind_ = 0;
  std::optional<UnreadOutcome> found_;
};

}  // namespace

std::optional<UnreadOutcome> unread_outcome(const ToolRun& run, KnownLines& known) {
  if (run.tool != Tool::fwupdlcl && run.tool != Tool::meinfo) return std::nullopt;
  return OutcomeSearch(run, known).run();
}

bool may_be_outcome_of(const ToolRun& before, const ToolRun& lone) {
  if (before.tool != Tool::fwupdlcl || before.has_outcome() || before.file() != lone.file())
    return false;
  const auto content = lone.of_kind(LineKind::content);
  const bool one_line = lone.tool == Tool::meinfo && content.size() == 1 && !lone.tool_version &&
                        lone.command.empty() && !lone.has_outcome();
  if (!one_line) return false;
  const LogLine& line = *content.front();
  return !line.behind_gap || hear(line.text).as == As::failure;
}

}  // namespace scenarios::field
