// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/comparison.h"

#include <algorithm>

#include "scenarios/field/alignment.h"
#include "scenarios/field/board_state.h"
#include "scenarios/field/recognise.h"

namespace scenarios::field {
namespace {

/// Runs of blanks as one, and none around a colon: pasting sets and takes them.
std::string comparable(std::string_view text) {
  std::string out;
  for (const char c : collapsed(text)) {
    if (c == ':' && !out.empty() && out.back() == ' ') out.pop_back();
    if (c == ' ' && !out.empty() && out.back() == ':') continue;
    out += c;
  }
  return out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = collapsed(visible(text.substr(at, end - at)));
    if (!line.empty()) lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
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

/// The wireless driver's and its card's, which no ME tells.
bool is_elsewhere(std::string_view log, std::string_view ours) {
  const std::string_view label = label_of(log);
  if (label.empty() || label != label_of(ours)) return false;
  const auto fact = meinfo_fact(label);
  return fact == Fact::wireless_driver || fact == Fact::wireless_hardware;
}

bool is_masked(std::string_view log, std::string_view ours) {
  const std::string_view label = label_of(log);
  const bool same_label = !label.empty() && label == label_of(ours);
  return same_label && meinfo_fact(label) == Fact::mac_address &&
         is_masked_address(std::string(trimmed(log.substr(log.find(':') + 1))));
}

/// What MEInfo calls firmware that is both is not known (docs/fidelity.md, meinfo-brand). A line of
/// the list of capabilities is no such line.
std::string without_brand(std::string text) {
  if (text.find(':') == text.npos) return text;
  constexpr std::string_view kStandard = "Intel(R) Standard Manageability";
  constexpr std::string_view kAmt = "Intel(R) AMT";
  for (std::size_t at = text.find(kStandard); at != text.npos; at = text.find(kStandard, at))
    text.replace(at, kStandard.size(), kAmt);
  return text;
}

LineVerdict verdict_of(const std::string& log, const std::string& ours) {
  if (log == ours || comparable(log) == comparable(ours)) return LineVerdict::equal;
  if (is_masked(log, ours)) return LineVerdict::masked;
  if (is_elsewhere(log, ours)) return LineVerdict::elsewhere;
  if (log.find("Intel(R)") != log.npos && without_brand(log) == without_brand(ours))
    return LineVerdict::reworded;
  // Lines of an outcome begin with "Error" or "FW", and few begin so.
  if (log.empty() || ours.empty() || (log[0] != 'E' && log[0] != 'F')) return LineVerdict::differs;
  const std::string outcome = outcome_in(log);
  return !outcome.empty() && outcome == outcome_in(ours) ? LineVerdict::reworded
                                                         : LineVerdict::differs;
}

/// Lines of ours of which no known log shows whether they stand there: an upload over HECI, all
/// that MEInfo 4 prints behind "FT Version" and of a desktop's missing wireless card, and MEInfo 3
/// (docs/fidelity.md, field-unproven).
class Unproven {
 public:
  explicit Unproven(const ToolRun& run)
      : run_(run), wireless_(run.find(Fact::wireless_mac_address) != nullptr) {}

  bool operator()(const std::string& ours) {
    if (run_.tool == Tool::fwupdlcl)
      return ours == "Communication Mode: HECI" || ours == "FW image is uploading through HECI.";
    const bool behind = behind_;
    behind_ = behind_ || ours.starts_with("FT Version");
    const bool of_the_card = !wireless_ && ours.find("Wireless") != ours.npos;
    return run_.dialect <= 4 && (behind || of_the_card || run_.generation == 3);
  }

 private:
  const ToolRun& run_;
  bool wireless_;
  bool behind_ = false;
};

/// Where a paste ends in the middle of a line.
bool is_cut(const std::string& log, const std::string& ours) {
  const std::string begun = comparable(log);
  const std::string whole = comparable(ours);
  return begun.size() < whole.size() && whole.starts_with(begun);
}

/// The log's lines as they are compared.
class LogTexts {
 public:
  explicit LogTexts(const ToolRun& run) : can_end_early_(!run.has_outcome()) {
    for (std::size_t i = 0; i < run.lines.size(); ++i) {
      if (run.lines[i].kind != LineKind::content) continue;
      texts_.push_back(collapsed(run.lines[i].text));
      const bool goes_on = i + 1 < run.lines.size() && run.lines[i + 1].kind == LineKind::unknown;
      wrapped_.push_back(goes_on ? comparable(texts_.back() + " " + run.lines[i + 1].text) : "");
    }
  }

  LineVerdict verdict(std::size_t line, const std::string& ours) const {
    const LineVerdict found = verdict_of(texts_[line], ours);
    if (found != LineVerdict::differs) return found;
    const bool last = can_end_early_ && line + 1 == texts_.size();
    if (last && is_cut(texts_[line], ours)) return LineVerdict::cut;
    const std::string& whole = wrapped_[line];
    const bool wrapped = !whole.empty() && whole[0] == ours[0] && whole == comparable(ours);
    return wrapped ? LineVerdict::equal : LineVerdict::differs;
  }

  /// In the sense of alignment.h.
  int likeness(std::size_t line, const std::string& ours) const {
    constexpr int kSameLabel = 1;
    if (verdict(line, ours) != LineVerdict::differs) return kAlike;
    const std::string_view label = label_of(texts_[line]);
    return !label.empty() && label == label_of(ours) ? kSameLabel : 0;
  }

 private:
  bool can_end_early_;
  std::vector<std::string> texts_;
  /// Each with the line behind it, where that is nobody's: a mail or a narrow terminal may have
  /// wrapped it. Empty: it is somebody's.
  std::vector<std::string> wrapped_;
};

ComparedLine one_of_ours(const LogLine& next, const std::string& ours, bool unproven) {
  LogLine place = next;
  place.text.clear();
  return {std::move(place), ours, unproven ? LineVerdict::unproven : LineVerdict::added};
}

Comparison side_by_side(const ToolRun& run, const std::vector<const LogLine*>& log,
                        const std::vector<std::string>& ours) {
  const LogTexts texts(run);
  const auto rows = align(log.size(), ours.size(),
                          [&](std::size_t i, std::size_t k) { return texts.likeness(i, ours[k]); });
  Comparison result;
  Unproven unproven(run);
  std::size_t done = 0;  // lines of the log
  for (const Row& row : rows) {
    const std::string* printed = row.right ? &ours[*row.right] : nullptr;
    const bool no_sample = printed != nullptr && unproven(*printed);
    if (row.left) {
      const LineVerdict verdict =
          printed == nullptr ? LineVerdict::missing : texts.verdict(*row.left, *printed);
      result.lines.push_back({*log[*row.left], printed == nullptr ? "" : *printed, verdict});
      ++done;
    } else if (done == log.size()) {
      result.beyond.push_back(*printed);
    } else if (done > 0 || run.from_its_beginning) {
      result.lines.push_back(one_of_ours(*log[done], *printed, no_sample));
    }
  }
  return result;
}

}  // namespace

const char* name(LineVerdict verdict) {
  switch (verdict) {
    case LineVerdict::equal:
      return "equal";
    case LineVerdict::masked:
      return "masked";
    case LineVerdict::elsewhere:
      return "elsewhere";
    case LineVerdict::cut:
      return "cut";
    case LineVerdict::reworded:
      return "reworded";
    case LineVerdict::unproven:
      return "unproven";
    case LineVerdict::differs:
      return "differs";
    case LineVerdict::missing:
      return "missing";
    case LineVerdict::added:
      return "added";
  }
  return "unknown";
}

bool is_difference(LineVerdict verdict) {
  return verdict == LineVerdict::differs || verdict == LineVerdict::missing ||
         verdict == LineVerdict::added;
}

const char* name(LogVerdict verdict) {
  switch (verdict) {
    case LogVerdict::reproduced:
      return "reproduced";
    case LogVerdict::prefix:
      return "prefix";
    case LogVerdict::differs:
      return "differs";
    case LogVerdict::empty:
      return "empty";
  }
  return "unknown";
}

const ComparedLine* Comparison::first_difference() const {
  const auto found = std::find_if(lines.begin(), lines.end(), [](const ComparedLine& line) {
    return is_difference(line.verdict);
  });
  return found == lines.end() ? nullptr : &*found;
}

std::size_t Comparison::count(LineVerdict wanted) const {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&](const ComparedLine& line) { return line.verdict == wanted; }));
}

Comparison compare(const ToolRun& run, const std::string& printed) {
  const auto log = run.of_kind(LineKind::content);
  if (log.empty()) return {};
  Comparison result = side_by_side(run, log, lines_of(printed));
  const bool ends_early = !result.beyond.empty();
  if (result.first_difference() != nullptr || (ends_early && run.has_outcome()))
    result.verdict = LogVerdict::differs;
  else
    result.verdict = ends_early ? LogVerdict::prefix : LogVerdict::reproduced;
  return result;
}

}  // namespace scenarios::field
