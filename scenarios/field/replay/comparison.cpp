// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/comparison.h"

#include <algorithm>

#include "base/lines.h"
#include "base/promise.h"
#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/meinfo.h"
#include "scenarios/field/boards/reported_board.h"
#include "scenarios/field/boards/settings_values.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/replay/alignment.h"
#include "scenarios/field/replay/comparable_line.h"

namespace scenarios::field {
namespace {

namespace tools = protocol::tools;

/// "Communication Mode: HECI", "FW image is uploading through HECI."
bool tells_of_heci(const std::string& ours) {
  constexpr const tools::Fwupdlcl& spoken = tools::fwupdlcl(tools::FwupdlclDialect::me5);
  const std::string heci = text_of(tools::kWayWords, tools::kWayHeci);
  const tools::UpdateLabel& mode = *find_label(spoken, Fact::communication_mode);
  return ours == std::string(mode.label) + std::string(mode.between) + heci ||
         ours == std::string(text_of(spoken, tools::Phrase::uploading)) + heci + ".";
}

/// Whether `ours` is the line of one of the dialect's rows of which `asked` is true.
template <class Asked>
bool is_line_of(const std::string& ours, const tools::Meinfo& dialect, Asked asked) {
  return std::any_of(dialect.lines.begin(), dialect.lines.end(), [&](const tools::Line& line) {
    return asked(line) && ours.starts_with(line.label);
  });
}

bool is_about_the_card(const tools::Line& line) {
  return line.fact == Fact::wireless_mac_address || line.fact == Fact::wireless_driver ||
         line.fact == Fact::wireless_hardware ||
         line.only_with == tools::OnlyWith::refused_wireless;
}

/// Lines of ours of which no known log shows whether they stand there: an upload over HECI, all
/// that MEInfo 4 prints behind "FT Version" and of a desktop's missing wireless card, and MEInfo 3
/// (docs/fidelity.md, field-unproven).
class Unproven {
 public:
  explicit Unproven(const ToolRun& run)
      : run_(run),
        spoken_(tools::meinfo(protocol::nearest_generation(run.dialect).meinfo.value)),
        all_(protocol::nearest_generation(run.generation).meinfo.known == protocol::Known::chosen),
        wireless_(run.find(Fact::wireless_mac_address) != nullptr) {}

  bool operator()(const std::string& ours) {
    if (run_.tool == Tool::fwupdlcl) return tells_of_heci(ours);
    if (!spoken_.last_seen) return false;
    const bool behind = behind_;
    behind_ = behind_ || is_line_of(ours, spoken_, [&](const tools::Line& line) {
                return line.fact == *spoken_.last_seen;
              });
    const bool of_the_card = !wireless_ && is_line_of(ours, spoken_, is_about_the_card);
    return behind || of_the_card || all_;
  }

 private:
  const ToolRun& run_;
  const tools::Meinfo& spoken_;
  bool all_;  ///< its whole dialect is chosen
  bool wireless_;
  bool behind_ = false;
};

std::vector<ComparableLine> printed_lines(const std::string& printed) {
  std::vector<ComparableLine> lines;
  for (const std::string& each : base::lines_of(printed)) {
    std::string line = collapsed(visible(each));
    if (!line.empty()) lines.emplace_back(std::move(line));
  }
  return lines;
}

/// "FWU Override Counter: Never" beside an open local update: the model holds the one or the other,
/// and what is seen of the update is what matters.
class OverruledOverride {
 public:
  explicit OverruledOverride(const ToolRun& run)
      : is_(is_overruled(run.find(Fact::local_update), run.find(Fact::override_qualifier),
                         run.find(Fact::override_counter))) {}

  bool operator()(const ComparableLine& log, const ComparableLine& ours) const {
    if (!is_ || !share_label(log, ours)) return false;
    const auto fact = meinfo_fact(log.label);
    return fact == Fact::override_counter || fact == Fact::override_qualifier;
  }

 private:
  bool is_;
};

/// Where a paste ends in the middle of a line.
bool is_cut(const ComparableLine& log, const ComparableLine& ours) {
  return log.respelled.size() < ours.respelled.size() && ours.respelled.starts_with(log.respelled);
}

/// "UNS Version:" of software whose version is all that would have ours print the line.
bool is_bare(const ComparableLine& log) {
  const auto fact = log.text.ends_with(':') ? meinfo_fact(log.label) : std::nullopt;
  return fact == Fact::uns_version || fact == Fact::lms_version || fact == Fact::mei_driver_version;
}

/// The log's lines as they are compared.
class LogTexts {
 public:
  explicit LogTexts(const ToolRun& run) : can_end_early_(!run.has_outcome()), overruled_(run) {
    for (std::size_t i = 0; i < run.lines.size(); ++i) {
      if (run.lines[i].kind != LineKind::content) continue;
      lines_.emplace_back(collapsed(run.lines[i].text));
      const bool goes_on = i + 1 < run.lines.size() && run.lines[i + 1].kind == LineKind::unknown;
      wrapped_.push_back(
          goes_on ? ComparableLine(lines_.back().text + " " + run.lines[i + 1].text).respelled
                  : "");
      last_has_end_ = run.lines[i].has_end;
    }
  }

  LineVerdict verdict(std::size_t line, const ComparableLine& ours) const {
    const LineVerdict found = verdict_of(lines_[line], ours);
    if (found != LineVerdict::differs) return found;
    if (overruled_(lines_[line], ours)) return LineVerdict::observed;
    const bool last = can_end_early_ && line + 1 == lines_.size();
    // What is left of a value that no one can know says nothing.
    const bool torn = (!last_has_end_ && share_label(lines_[line], ours)) || is_bare(lines_[line]);
    if (last && (torn || is_cut(lines_[line], ours))) return LineVerdict::cut;
    const std::string& whole = wrapped_[line];
    return !whole.empty() && whole == ours.respelled ? LineVerdict::equal : LineVerdict::differs;
  }

  /// In the sense of alignment.h.
  int likeness(std::size_t line, const ComparableLine& ours) const {
    constexpr int kSameLabel = 1;
    if (verdict(line, ours) != LineVerdict::differs) return kAlike;
    return share_label(lines_[line], ours) ? kSameLabel : 0;
  }

 private:
  bool can_end_early_;
  OverruledOverride overruled_;
  bool last_has_end_ = true;
  std::vector<ComparableLine> lines_;
  /// Each with the line behind it, where that is nobody's: a mail or a narrow terminal may have
  /// wrapped it. Empty: it is somebody's.
  std::vector<std::string> wrapped_;
};

/// Whether a line that only theirs has may be set aside: MEInfo's, and what the update tool shows
/// of flash and image. What tells how the work went speaks against a reproduction.
bool may_be_theirs(const ToolRun& run, const LogLine& line) {
  const std::vector<Told> told = recognise(line.text).told;
  const bool of_the_work = std::any_of(told.begin(), told.end(), [](const Told& each) {
    return each.fact == Fact::error || each.fact == Fact::communication_mode ||
           each.fact == Fact::uploading;
  });
  return run.tool == Tool::meinfo ? !of_the_work : !told.empty() && !of_the_work;
}

/// Lines that nobody can read, each of which stands for one of ours at most.
class UnreadLines {
 public:
  explicit UnreadLines(const ToolRun& run) : run_(run) {}

  /// One between two of the log's; null: there is none left.
  const LogLine* between(const LogLine& before, const LogLine& behind) {
    auto at = std::max(place_of(before) + 1, next_);
    for (const std::size_t end = place_of(behind); at < end; ++at) {
      if (run_.lines[at].kind != LineKind::unknown) continue;
      next_ = at + 1;
      return &run_.lines[at];
    }
    return nullptr;
  }

 private:
  std::size_t place_of(const LogLine& line) const {
    return static_cast<std::size_t>(&line - run_.lines.data());
  }

  const ToolRun& run_;
  std::size_t next_ = 0;
};

ComparedLine one_of_ours(const LogLine& next, const std::string& ours, LineVerdict verdict) {
  LogLine place = next;
  place.text.clear();
  return {std::move(place), ours, verdict};
}

Comparison side_by_side(const ToolRun& run, const std::vector<const LogLine*>& log,
                        const std::vector<ComparableLine>& ours) {
  const LogTexts texts(run);
  const auto rows = align(log.size(), ours.size(),
                          [&](std::size_t i, std::size_t k) { return texts.likeness(i, ours[k]); });
  Comparison result;
  Unproven unproven(run);
  UnreadLines unread(run);
  std::size_t done = 0;  // lines of the log
  for (const Row& row : rows) {
    const ComparableLine* printed = row.right ? &ours[*row.right] : nullptr;
    const LineVerdict of_ours =
        printed != nullptr && unproven(printed->text) ? LineVerdict::unproven : LineVerdict::added;
    if (row.left) {
      const LogLine& line = *log[*row.left];
      const LineVerdict alone =
          may_be_theirs(run, line) ? LineVerdict::theirs : LineVerdict::missing;
      const LineVerdict verdict = printed == nullptr ? alone : texts.verdict(*row.left, *printed);
      result.lines.push_back({*log[*row.left], printed == nullptr ? "" : printed->text, verdict});
      ++done;
    } else if (done == log.size()) {
      result.beyond.push_back(printed->text);
    } else if (const LogLine* garbled = of_ours == LineVerdict::added && done > 0
                                            ? unread.between(*log[done - 1], *log[done])
                                            : nullptr) {
      result.lines.push_back({*garbled, printed->text, LineVerdict::unread});
    } else if (done > 0 || run.from_its_beginning) {
      result.lines.push_back(one_of_ours(*log[done], printed->text, of_ours));
    }
  }
  MEBENCH_PROMISE(done == log.size(), "every line of a log has its row beside ours");
  return result;
}

}  // namespace

namespace {

/// A line that only looks strange counts where ours goes on in its place.
bool hides_an_outcome(const ToolRun& run, bool ours_goes_on) {
  if (!run.unread) return false;
  return ours_goes_on || run.unread->speaks_of != UnreadOutcome::Speaks::unclear;
}

}  // namespace

Comparison compare(const ToolRun& run, const std::string& printed) {
  const auto log = run.of_kind(LineKind::content);
  if (log.empty()) return {};
  Comparison result = side_by_side(run, log, printed_lines(printed));
  const bool ends_early = !result.beyond.empty();
  if (result.first_difference() != nullptr)
    result.verdict = LogVerdict::differs;
  else if (hides_an_outcome(run, ends_early))
    result.verdict = LogVerdict::not_understood;
  else if (ends_early && run.has_outcome())
    result.verdict = LogVerdict::differs;
  else
    result.verdict = ends_early ? LogVerdict::prefix : LogVerdict::reproduced;
  return result;
}

}  // namespace scenarios::field
