// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/comparison.h"

#include <algorithm>
#include <array>

#include "base/lines.h"
#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/meinfo.h"
#include "scenarios/field/boards/board_state.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_shape.h"
#include "scenarios/field/replay/alignment.h"

namespace scenarios::field {
namespace {

namespace tools = protocol::tools;
using protocol::update::ToolError;

/// Runs of blanks as one, and none around a colon: pasting sets and takes them.
std::string comparable(std::string_view text) {
  std::string out;
  for (const char c : with_tight_mark(collapsed(text))) {
    if (c == ':' && !out.empty() && out.back() == ' ') out.pop_back();
    if (c == ' ' && !out.empty() && out.back() == ':') continue;
    out += c;
  }
  return out;
}

std::string_view label_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon == line.npos ? std::string_view() : trimmed(line.substr(0, colon));
}

/// The number of an error, "0" for success; empty: neither.
std::string outcome_in(const std::string& line) {
  for (const Told& told : recognise(line).told) {
    if (told.fact == Fact::error) return told.value;
  }
  return {};
}

/// What MEInfo calls firmware that is both is not known (docs/fidelity.md, meinfo-brand). A line of
/// the list of capabilities is no such line. In lower case.
std::string without_brand(std::string text) {
  if (text.find(':') == text.npos) return text;
  static const std::string standard = lower_case(tools::kBrandStandard);
  static const std::string amt = lower_case(tools::kBrandAmt);
  for (std::size_t at = text.find(standard); at != text.npos; at = text.find(standard, at))
    text.replace(at, standard.size(), amt);
  return text;
}

/// One line with all that is compared of it, made once: the alignment looks at every pair.
struct Line {
  explicit Line(std::string shown)
      : text(std::move(shown)),
        label(lower_case(label_of(text))),
        comparable(field::comparable(text)),
        respelled(field::respelled(comparable)),
        unbranded(without_brand(respelled)) {
    // "Error ...", "FW update ...", perhaps in quotation marks: few lines begin so.
    if (text.find_first_of("EFf\"") == 0) outcome = outcome_in(text);
  }

  std::string text;
  std::string label;
  std::string comparable;
  std::string respelled;
  std::string unbranded;  ///< respelled, too
  std::string outcome;
};

bool share_label(const Line& log, const Line& ours) {
  return !log.label.empty() && log.label == ours.label;
}

/// The wireless driver's and its card's, which no ME tells.
bool is_elsewhere(const Line& log, const Line& ours) {
  if (!share_label(log, ours)) return false;
  const auto fact = meinfo_fact(log.label);
  return fact == Fact::wireless_driver || fact == Fact::wireless_hardware;
}

bool is_masked(const Line& log, const Line& ours) {
  const auto fact = share_label(log, ours) ? meinfo_fact(log.label) : std::nullopt;
  return fact && is_masked_value(*fact, trimmed(log.text.substr(log.text.find(':') + 1)));
}

constexpr std::array kDerived = {Fact::netstack_version, Fact::apps_version,      Fact::amt_version,
                                 Fact::ft_version,       Fact::ft_build_number,   Fact::tpm_version,
                                 Fact::tpm_build_number, Fact::tpm_specification, Fact::tpm_fuses};

/// "Flash: 5.0.2 Netstack: 5.0.1": every value is ours or one of those that the model derives, and
/// there is one of these.
bool is_observed(const Line& log, const Line& ours) {
  if (!share_label(log, ours)) return false;
  const std::vector<Told> theirs = recognise(log.text).told;
  const std::vector<Told> our = recognise(ours.text).told;
  const bool derives = std::any_of(theirs.begin(), theirs.end(), [](const Told& told) {
    return is_derived_by_the_model(told.fact);
  });
  return derives &&
         std::equal(theirs.begin(), theirs.end(), our.begin(), our.end(),
                    [](const Told& a, const Told& b) {
                      const bool derived =
                          is_derived_by_the_model(a.fact) && could_be_value(a.fact, a.value);
                      return a.fact == b.fact && (derived || same_value(a.value, b.value));
                    });
}

/// The numbers for an ME that does not answer: which of them the era's tools print when is not
/// known (docs/fidelity.md, field-silence-number).
constexpr ToolError kSilent[] = {ToolError::timed_out, ToolError::no_response,
                                 ToolError::update_failed};

bool is_number_of(const std::string& outcome, ToolError error) {
  return outcome == std::to_string(number(error));
}

bool same_outcome(const Line& log, const Line& ours) {
  if (log.outcome.empty()) return false;
  // The first is ours.
  const bool silent = is_number_of(ours.outcome, kSilent[0]) &&
                      std::any_of(std::begin(kSilent), std::end(kSilent), [&](ToolError error) {
                        return is_number_of(log.outcome, error);
                      });
  return silent || log.outcome == ours.outcome;
}

LineVerdict verdict_of(const Line& log, const Line& ours) {
  if (log.comparable == ours.comparable) return LineVerdict::equal;
  if (is_masked(log, ours)) return LineVerdict::masked;
  if (is_elsewhere(log, ours)) return LineVerdict::elsewhere;
  if (log.unbranded == ours.unbranded) return LineVerdict::reworded;
  if (is_observed(log, ours)) return LineVerdict::observed;
  return same_outcome(log, ours) ? LineVerdict::reworded : LineVerdict::differs;
}

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

std::vector<Line> printed_lines(const std::string& printed) {
  std::vector<Line> lines;
  for (const std::string& each : base::lines_of(printed)) {
    std::string line = collapsed(visible(each));
    if (!line.empty()) lines.emplace_back(std::move(line));
  }
  return lines;
}

/// Where a paste ends in the middle of a line.
bool is_cut(const Line& log, const Line& ours) {
  return log.respelled.size() < ours.respelled.size() && ours.respelled.starts_with(log.respelled);
}

/// "UNS Version:" of software whose version is all that would have ours print the line.
bool is_bare(const Line& log) {
  const auto fact = log.text.ends_with(':') ? meinfo_fact(log.label) : std::nullopt;
  return fact == Fact::uns_version || fact == Fact::lms_version || fact == Fact::mei_driver_version;
}

/// The log's lines as they are compared.
class LogTexts {
 public:
  explicit LogTexts(const ToolRun& run) : can_end_early_(!run.has_outcome()) {
    for (std::size_t i = 0; i < run.lines.size(); ++i) {
      if (run.lines[i].kind != LineKind::content) continue;
      lines_.emplace_back(collapsed(run.lines[i].text));
      const bool goes_on = i + 1 < run.lines.size() && run.lines[i + 1].kind == LineKind::unknown;
      wrapped_.push_back(
          goes_on ? respelled(comparable(lines_.back().text + " " + run.lines[i + 1].text)) : "");
      last_has_end_ = run.lines[i].has_end;
    }
  }

  LineVerdict verdict(std::size_t line, const Line& ours) const {
    const LineVerdict found = verdict_of(lines_[line], ours);
    if (found != LineVerdict::differs) return found;
    const bool last = can_end_early_ && line + 1 == lines_.size();
    // What is left of a value that no one can know says nothing.
    const bool torn = (!last_has_end_ && share_label(lines_[line], ours)) || is_bare(lines_[line]);
    if (last && (torn || is_cut(lines_[line], ours))) return LineVerdict::cut;
    const std::string& whole = wrapped_[line];
    return !whole.empty() && whole == ours.respelled ? LineVerdict::equal : LineVerdict::differs;
  }

  /// In the sense of alignment.h.
  int likeness(std::size_t line, const Line& ours) const {
    constexpr int kSameLabel = 1;
    if (verdict(line, ours) != LineVerdict::differs) return kAlike;
    return share_label(lines_[line], ours) ? kSameLabel : 0;
  }

 private:
  bool can_end_early_;
  bool last_has_end_ = true;
  std::vector<Line> lines_;
  /// Each with the line behind it, where that is nobody's: a mail or a narrow terminal may have
  /// wrapped it. Empty: it is somebody's.
  std::vector<std::string> wrapped_;
};

ComparedLine one_of_ours(const LogLine& next, const std::string& ours, LineVerdict verdict) {
  LogLine place = next;
  place.text.clear();
  return {std::move(place), ours, verdict};
}

Comparison side_by_side(const ToolRun& run, const std::vector<const LogLine*>& log,
                        const std::vector<Line>& ours) {
  const LogTexts texts(run);
  const auto rows = align(log.size(), ours.size(),
                          [&](std::size_t i, std::size_t k) { return texts.likeness(i, ours[k]); });
  Comparison result;
  Unproven unproven(run);
  std::size_t done = 0;  // lines of the log
  for (const Row& row : rows) {
    const Line* printed = row.right ? &ours[*row.right] : nullptr;
    const LineVerdict of_ours =
        printed != nullptr && unproven(printed->text) ? LineVerdict::unproven : LineVerdict::added;
    if (row.left) {
      const LineVerdict verdict =
          printed == nullptr ? LineVerdict::missing : texts.verdict(*row.left, *printed);
      result.lines.push_back({*log[*row.left], printed == nullptr ? "" : printed->text, verdict});
      ++done;
    } else if (done == log.size()) {
      result.beyond.push_back(printed->text);
    } else if (done > 0 || run.from_its_beginning) {
      result.lines.push_back(one_of_ours(*log[done], printed->text, of_ours));
    }
  }
  return result;
}

}  // namespace

bool is_difference(LineVerdict verdict) {
  return verdict == LineVerdict::differs || verdict == LineVerdict::missing;
}

bool is_derived_by_the_model(Fact fact) {
  return std::find(kDerived.begin(), kDerived.end(), fact) != kDerived.end();
}

const ComparedLine* Comparison::first_difference() const {
  const bool lost = misses_too_much();
  const auto found = std::find_if(lines.begin(), lines.end(), [lost](const ComparedLine& line) {
    return is_difference(line.verdict) || (lost && line.verdict == LineVerdict::added);
  });
  return found == lines.end() ? nullptr : &*found;
}

bool Comparison::misses_too_much() const {
  const std::size_t missing = missing_in_paste();
  const std::size_t there = lines.size() - missing - count(LineVerdict::unproven);
  return missing > kMostMissing || missing * 2 > there;
}

std::size_t Comparison::count(LineVerdict wanted) const {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&](const ComparedLine& line) { return line.verdict == wanted; }));
}

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
