// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/later_compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/lines.h"
#include "protocol/firmware_version.h"
#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/replay/comparable_line.h"
#include "updater/report/pasted.h"

namespace scenarios::field {
namespace {

std::string error_in(const std::string& line) {
  for (const Told& told : recognise(line).told) {
    if (told.fact == Fact::error) return told.value;
  }
  return {};
}

bool begins_phrase(const ComparedLine& line, const protocol::tools::PhraseRow& phrase) {
  return begins_printed(line.log.text, phrase.text);
}

/// Whether a line tells an error, or how far the update tool's work came.
bool is_of_the_work(const ToolRun& run, const ComparedLine& line) {
  if (!error_in(line.log.text).empty()) return true;
  if (run.tool != Tool::fwupdlcl) return false;
  const std::vector<Told> told = recognise(line.log.text).told;
  return begins_phrase(line, protocol::tools::kSent) ||
         std::any_of(told.begin(), told.end(), [](const Told& each) {
           return each.fact == Fact::error || each.fact == Fact::communication_mode ||
                  each.fact == Fact::uploading || each.fact == Fact::tool_says;
         });
}

/// What a line is that ours does not have.
LineVerdict verdict_of_theirs(const ToolRun& run, const ComparedLine& line) {
  if (is_of_the_work(run, line)) return LineVerdict::missing;
  // That it begins to write stands there once all was looked at.
  if (run.tool == Tool::fwupdlcl) {
    return begins_phrase(line, protocol::tools::kWarning) ? LineVerdict::theirs
                                                          : LineVerdict::elsewhere;
  }
  const bool told = !recognise(line.log.text).told.empty();
  return told ? LineVerdict::theirs : LineVerdict::elsewhere;
}

/// Both tell the same: "9.1.0.1120 H" is a version, and a spinner turns.
bool tell_the_same(const ComparedLine& line) {
  const auto theirs = recognise(line.log.text).told;
  const auto our = recognise(line.ours).told;
  if (theirs.empty() || theirs.size() != our.size()) return false;
  return std::equal(theirs.begin(), theirs.end(), our.begin(), [](const Told& a, const Told& b) {
    return a.fact == b.fact && same_value(a.value, b.value);
  });
}

const LogLine* announced(const ToolRun& run, const std::string& ours) {
  const std::string number = error_in(ours);
  if (number.empty()) return nullptr;
  for (const LogLine& line : run.lines) {
    if (line.kind == LineKind::complaint && error_in(line.text) == number) return &line;
  }
  return nullptr;
}

/// Whether two lines only stand in the same place: neither is the other in other words.
bool are_strangers(const ToolRun& run, const ComparedLine& line) {
  if (line.verdict != LineVerdict::differs || is_of_the_work(run, line)) return false;
  const ComparableLine log(line.log.text);
  return !share_label(log, ComparableLine(line.ours));
}

void judge_line(const ToolRun& run, ComparedLine line, std::vector<ComparedLine>& judged) {
  if (line.verdict == LineVerdict::differs && tell_the_same(line))
    line.verdict = LineVerdict::reworded;
  if (are_strangers(run, line)) {
    judged.push_back({line.log, "", verdict_of_theirs(run, line)});
    line.log.text.clear();
    line.verdict = LineVerdict::added;
  }
  const bool alone = line.verdict == LineVerdict::missing || line.verdict == LineVerdict::theirs;
  if (alone) line.verdict = verdict_of_theirs(run, line);
  const LogLine* said = line.verdict == LineVerdict::added ? announced(run, line.ours) : nullptr;
  if (said != nullptr) {
    line.log = *said;
    line.verdict = LineVerdict::equal;
  }
  judged.push_back(std::move(line));
}

LogVerdict judge(const ToolRun& run, const Comparison& c) {
  const auto stands_against = [](const ComparedLine& line) { return is_difference(line.verdict); };
  if (c.lines.empty()) return LogVerdict::empty;
  if (std::any_of(c.lines.begin(), c.lines.end(), stands_against)) return LogVerdict::differs;
  const std::size_t aside =
      c.count(LineVerdict::unread) + kWeightOfTheirs * c.count(LineVerdict::theirs);
  const std::size_t there = c.lines.size() - c.missing_in_paste() - c.count(LineVerdict::unread) -
                            c.count(LineVerdict::theirs);
  if (aside > kMostSetAside || aside * 2 > there) return LogVerdict::differs;
  if (run.unread && run.unread->speaks_of != UnreadOutcome::Speaks::unclear)
    return LogVerdict::not_understood;
  return c.beyond.empty() ? LogVerdict::reproduced : LogVerdict::prefix;
}

/// Ours as the reader has theirs: a label of MEInfo's has its colon.
std::string as_read(const ToolRun& run, const std::string& printed) {
  if (run.tool != Tool::meinfo) return printed;
  std::string text;
  for (const std::string& line : base::lines_of(printed)) {
    const std::string columns = with_colon(trimmed(line));
    const auto apart = with_colon_at_blank(columns);
    text += apart ? *apart : is_bare_label(columns) ? columns + ":" : columns;
    text += '\n';
  }
  return text;
}

/// "FW Version 9.5.3.1526" has its colon where ours has: the reader leaves it as it stands.
ToolRun with_our_colons(ToolRun run, const std::string& ours) {
  const std::vector<std::string> printed = base::lines_of(ours);
  for (LogLine& line : run.lines) {
    if (line.text.find(':') != line.text.npos) continue;
    for (const std::string& each : printed) {
      const std::size_t colon = each.find(':');
      if (colon == each.npos || !line.text.starts_with(each.substr(0, colon) + " ")) continue;
      line.text.insert(colon, ":");
      break;
    }
  }
  return run;
}

std::string version_text(const std::string& value) {
  const auto version = protocol::tools::version_in(value);
  return version ? to_text(*version) : value;
}

}  // namespace

Comparison compare_later(const ToolRun& run, const std::string& printed) {
  const std::string ours = as_read(run, printed);
  Comparison c =
      run.tool == Tool::meinfo ? compare(with_our_colons(run, ours), ours) : compare(run, ours);
  std::vector<ComparedLine> judged;
  for (ComparedLine& line : c.lines) judge_line(run, std::move(line), judged);
  c.lines = std::move(judged);
  c.verdict = judge(run, c);
  return c;
}

Comparison compare_screen(const ToolRun& run, const std::string& shown) {
  Comparison c;
  const std::vector<std::string> ours = base::lines_of(shown);
  for (const LogLine* line : run.of_kind(LineKind::content)) {
    const auto same = std::find_if(ours.begin(), ours.end(), [&](const std::string& each) {
      return begins_printed(line->text, each);
    });
    const bool there = same != ours.end();
    c.lines.push_back(
        {*line, there ? *same : "", there ? LineVerdict::equal : LineVerdict::theirs});
  }
  c.verdict = judge(run, c);
  return c;
}

std::vector<ComparedFact> compare_facts(const ToolRun& run, const std::vector<std::uint32_t>& words,
                                        const std::string& version) {
  std::vector<ComparedFact> facts;
  std::string text;
  for (const LogLine& line : run.lines) text += line.text + "\n";
  const auto seen = updater::report::read_pasted(text).status_words;
  for (std::size_t i = 0; i < std::min(seen.size(), words.size()); ++i) {
    const auto fact = static_cast<Fact>(static_cast<std::size_t>(Fact::status_word_1) + i);
    const Observation* told = run.find(fact);
    facts.push_back({fact, fmt::format("{:08X}", seen[i]), fmt::format("{:08X}", words[i]),
                     told == nullptr ? run.lines.front() : told->line});
  }
  if (const Observation* told = run.find(Fact::later_version))
    facts.push_back({Fact::later_version, version_text(told->value), version, told->line});
  return facts;
}

}  // namespace scenarios::field
