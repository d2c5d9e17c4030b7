// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/labelled_cells.h"

#include <algorithm>
#include <array>
#include <vector>

#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/later_labels.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/other_tool_table.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_shape.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

/// Labels that are none of MEInfo's facts: of banners, of titles, of FWUpdLcl.
constexpr std::array<std::string_view, 11> kOtherLabels = {
    "Intel(R) MEInfo Win Version", "Intel(R) MEInfo Version",
    "Intel(R) MEManuf Version",    "Firmware Update Utility Version",
    "Intel(R) AMT code versions",  "Intel(R) Standard Manageability code versions",
    "Intel(R) ME code versions",   "Last Update Staus",
    "Last Update Status",          "EnabledUpdateInterfaces",
    "Communication Mode",
};
constexpr std::string_view kTitleOfVersions = "code versions";

std::vector<std::string_view> all_labels() {
  std::vector<std::string_view> labels = meinfo_labels();
  labels.insert(labels.end(), kOtherLabels.begin(), kOtherLabels.end());
  for (const LaterLabel& row : later_labels()) labels.push_back(row.label);
  for (const OtherToolRow& row : other_tool_rows()) {
    if (row.tool == Tool::screen && row.form == RowForm::labelled) labels.push_back(row.text);
  }
  return labels;
}

/// By their first letter: most lines begin no label.
class LabelIndex {
 public:
  LabelIndex() {
    for (const std::string_view label : all_labels()) of(label[0]).push_back(label);
    for (auto& row : rows_)
      std::sort(row.begin(), row.end(), [](auto a, auto b) { return a.size() > b.size(); });
  }

  /// The longest one that `text` begins with; empty: none.
  std::string_view at_front(std::string_view text) const {
    if (text.empty()) return {};
    for (const std::string_view label : of(text[0])) {
      if (same_letters(label, text.substr(0, label.size()))) return label;
    }
    return {};
  }

  bool any_goes_on(std::string_view text) const {
    const auto& row = of(text[0]);
    return std::any_of(row.begin(), row.end(), [&](std::string_view label) {
      return label.size() > text.size() + 1 && label[text.size()] == ' ' &&
             same_letters(label.substr(0, text.size()), text);
    });
  }

 private:
  static constexpr std::size_t kRowCount = 32;
  using Row = std::vector<std::string_view>;
  Row& of(char c) { return rows_[static_cast<unsigned char>(c) % kRowCount]; }
  const Row& of(char c) const { return rows_[static_cast<unsigned char>(c) % kRowCount]; }

  std::array<Row, kRowCount> rows_;  ///< upper and lower case share one
};

const LabelIndex& labels() {
  static const LabelIndex index;
  return index;
}

struct Cells {
  std::string_view value;
  bool are_set_apart = false;
};

/// Of `rest`, what stands behind a label, whatever sets its value apart.
Cells cells_behind(std::string_view rest) {
  constexpr std::string_view kMarks = "|;=,";
  // The quotation mark that ends a label's cell.
  if (rest.starts_with('"')) rest.remove_prefix(1);
  const std::string_view text = trimmed(rest);
  if (text.empty()) return {};
  const std::size_t gap = rest.find_first_not_of(' ');
  const bool dots = text.starts_with("..");
  const bool comma = text[0] == ',' && text.size() > 1 && text[1] == ' ';
  const bool mark = !comma && kMarks.find(text[0]) != kMarks.npos;
  if (dots || mark) {
    const std::size_t begin = text.find_first_not_of(dots ? ". :" : "|;=\", ");
    // Dots with nothing behind them are the tool's own.
    return {begin == text.npos ? std::string_view() : text.substr(begin),
            mark || begin != text.npos};
  }
  const bool wide = gap >= 2 && text[0] != ':' && text[0] != '(' && text[0] != '-';
  return {text, wide};
}

/// Forums make one blank of many: only a value that a person's words cannot be is set apart by one.
bool is_set_apart_by_a_blank(std::string_view label, std::string_view rest) {
  const bool one = rest.size() > 1 && rest[0] == ' ' && rest[1] != ' ';
  const auto fact = one && label.find(' ') != label.npos ? meinfo_fact(label) : std::nullopt;
  const std::string_view value = trimmed(rest);
  return fact && has_strict_shape(*fact) && could_be_value(*fact, value);
}

/// "BIOS Version - 7UET93WW", "Flash -> 4.0.3": a person may go on so, too, so the value has to be
/// one that the label can have.
Cells cells_behind_arrow(std::string_view label, std::string_view rest) {
  constexpr std::array<std::string_view, 5> kArrows = {"->", "=>", "\xE2\x86\x92", "- ",
                                                       "\xC2\xBB"};
  const std::string_view text = trimmed(rest);
  const auto* arrow = std::find_if(kArrows.begin(), kArrows.end(),
                                   [&](std::string_view each) { return text.starts_with(each); });
  if (arrow == kArrows.end() || !rest.starts_with(' ')) return {};
  const std::string_view value = trimmed(text.substr(arrow->size()));
  const auto fact = meinfo_fact(label);
  const bool fits =
      fact ? could_be_value(*fact, value) : !value.empty() && value[0] >= '0' && value[0] <= '9';
  return {value, fits};
}

std::string_view without_end_marks(std::string_view value) {
  const std::size_t end = value.find_last_not_of(" |;\",");
  return end == value.npos ? std::string_view() : value.substr(0, end + 1);
}

/// A label of one word may begin a sentence, too.
bool fits_label(std::string_view label, std::string_view value) {
  if (label.find(' ') != label.npos || value.empty()) return true;
  const char first = value[0];
  return (first >= '0' && first <= '9') || first == '(' || (first >= 'A' && first <= 'Z');
}

}  // namespace

std::string with_tight_mark(std::string_view text) {
  constexpr std::string_view kLoose = "Intel (R)";
  std::string out(text);
  for (std::size_t at = out.find(kLoose); at != out.npos; at = out.find(kLoose, at))
    out.erase(at + kLoose.find(' '), 1);
  return out;
}

std::string with_colon(std::string_view line) {
  std::string folded;
  std::string_view text = line;
  if (line.starts_with('"')) text.remove_prefix(1);
  if (text.starts_with("Intel (R)")) {
    folded = with_tight_mark(text);
    text = folded;
  }
  const std::string_view label = labels().at_front(text);
  if (label.empty()) return std::string(line);
  const std::string_view rest = text.substr(label.size());
  const std::string_view printed = text.substr(0, label.size());
  const bool title = label.ends_with(kTitleOfVersions) && trimmed(rest).empty();
  if (title) return std::string(printed) + ":";
  Cells cells = cells_behind(rest);
  if (is_set_apart_by_a_blank(label, rest)) cells = {trimmed(rest), true};
  if (const Cells behind = cells_behind_arrow(label, rest); behind.are_set_apart) cells = behind;
  if (!cells.are_set_apart || !fits_label(label, cells.value)) return std::string(line);
  const std::string_view value = without_end_marks(cells.value);
  const bool empty_title = label.ends_with(kTitleOfVersions) || value.empty();
  return std::string(printed) + ":" + (empty_title ? "" : " ") + std::string(value);
}

namespace {

bool is_later_label(std::string_view label) {
  const auto all = later_labels();
  return std::any_of(all.begin(), all.end(),
                     [&](const LaterLabel& row) { return row.label == label; });
}

/// What a tool of a later generation has behind a label: some words, no sentence.
bool could_stand_behind(std::string_view value) {
  constexpr std::size_t kLongest = 64;
  constexpr auto kMostBlanks = 6;
  const bool sentence =
      !value.empty() && std::string_view(".,!?;").find(value.back()) != value.npos;
  return !value.empty() && value.size() <= kLongest && !sentence &&
         std::count(value.begin(), value.end(), ' ') <= kMostBlanks;
}

/// Whether one blank sets `value` apart from `label`, among other lines of MEInfo.
bool are_label_and_value(std::string_view label, std::string_view value) {
  constexpr std::size_t kLongest = 24;
  if (is_later_label(label)) {
    const bool state = same_letters(value, "Enabled") || same_letters(value, "Disabled");
    return label.find(' ') == label.npos ? state : could_stand_behind(value);
  }
  const auto fact = meinfo_fact(label);
  if (!fact || label.find(' ') == label.npos) return false;
  if (is_word(*fact, value) || same_letters(value, "Not Available")) return true;
  // No person's line begins with so many of the tool's words.
  const bool long_label = std::count(label.begin(), label.end(), ' ') > 1;
  if (long_label && !has_strict_shape(*fact) && value.size() <= kLongest)
    return could_stand_behind(value);
  const bool has_number = value.find_first_of("0123456789") != value.npos;
  return has_number && value.size() <= kLongest && could_be_value(*fact, value);
}

}  // namespace

std::optional<std::string> with_colon_at_blank(std::string_view line) {
  const std::string_view label = labels().at_front(line);
  if (label.empty() || line.size() <= label.size() + 1) return std::nullopt;
  if (line[label.size()] != ' ') return std::nullopt;
  const std::string_view value = trimmed(line.substr(label.size()));
  if (!are_label_and_value(label, value)) return std::nullopt;
  return std::string(line.substr(0, label.size())) + ": " + std::string(value);
}

bool is_bare_label(std::string_view line) {
  return meinfo_fact(line).has_value();
}

bool begins_a_longer_label(std::string_view text) {
  return !text.empty() && labels().any_goes_on(text);
}

}  // namespace scenarios::field
