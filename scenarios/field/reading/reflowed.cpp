// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/reflowed.h"

#include <algorithm>
#include <set>

#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/value_shape.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

/// A line with fewer labels is a person's sentence or one of the tool's own.
constexpr std::size_t kFewestLabels = 5;
/// And none that is shorter holds as many, or a whole run of FWUpdLcl.
constexpr std::size_t kShortest = 60;

/// A line that holds two of these holds a run of FWUpdLcl, if one of the first two is among them.
constexpr std::string_view kOfAnUpdate[] = {"Firmware Update Utility",
                                            "Trying to connect to MEI",
                                            "Copyright (C)",
                                            "Communication Mode:",
                                            "Error (8",
                                            "Error 8"};
constexpr std::string_view kBannerWithMark[] = {"Intel (R) ", "Intel(R) "};

bool holds_an_update(std::string_view text) {
  const auto holds = [&](std::string_view words) { return text.find(words) != text.npos; };
  if (!holds(kOfAnUpdate[0]) && !holds(kOfAnUpdate[1])) return false;
  return std::count_if(std::begin(kOfAnUpdate), std::end(kOfAnUpdate), holds) > 1;
}

/// In front of which a line begins, though none of MEInfo's labels does.
constexpr std::string_view kBeginnings[] = {"Copyright",
                                            "Intel(R) MEInfo",
                                            "Reading Fw Status Register",
                                            "AMT SKU Found.",
                                            "Please check if the Wireless card",
                                            "FWUpdLcl",
                                            "Intel (R) Firmware Update Utility",
                                            "Intel(R) Firmware Update Utility",
                                            "Firmware Update Utility",
                                            "Trying to connect to MEI",
                                            "***** Flash Info",
                                            "***** Image Info",
                                            "Version : ",
                                            "Last Update Sta",
                                            ": Intel ",
                                            ": ASF2",
                                            "EnabledUpdateInterfaces",
                                            "Communication Mode",
                                            "Checking firmware parameters",
                                            "Local FWUpdate is",
                                            "Sending the update image",
                                            "FW image is uploading",
                                            "Error (",
                                            "Error 5",
                                            "Error 8",
                                            "Error 9"};
constexpr std::string_view kTitle = " code versions";
/// Only generation 5 has the label, and a second one behind two others in their lines.
constexpr std::string_view kPairs = "FW Status Register";
constexpr std::string_view kSecondLabels[] = {"Netstack"};

class Reflowed {
 public:
  explicit Reflowed(std::string_view text)
      : text_(text), has_pairs_(text.find(kPairs) != text.npos), is_update_(holds_an_update(text)) {
    for (std::size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1))
      break_before_label(colon);
    for (const std::string_view beginning : kBeginnings) break_before_each(beginning);
  }

  bool is_one_line() const { return labels_ < kFewestLabels && !is_update_; }

  std::vector<std::string> lines() const {
    std::vector<std::string> found;
    std::size_t begin = 0;
    for (const std::size_t next : breaks_) {
      add(text_.substr(begin, next - begin), found);
      begin = next;
    }
    add(text_.substr(begin), found);
    return found;
  }

 private:
  /// At a word's beginning: none is broken in two.
  void break_before(std::size_t at) {
    const std::string_view before = text_.substr(0, at);
    const bool in_banner =
        text_.substr(at).starts_with(kOfAnUpdate[0]) &&
        (before.ends_with(kBannerWithMark[0]) || before.ends_with(kBannerWithMark[1]));
    if (at > 0 && text_[at - 1] == ' ' && !in_banner) breaks_.insert(at);
  }

  void break_before_each(std::string_view beginning) {
    for (std::size_t at = text_.find(beginning); at != text_.npos;
         at = text_.find(beginning, at + 1))
      break_before(at);
  }

  void break_before_label(std::size_t colon) {
    const std::string_view before = trimmed(text_.substr(0, colon));
    const std::size_t length = label_length(before);
    if (length == 0) return;
    ++labels_;
    const std::string_view label = before.substr(before.size() - length);
    const bool second = is_second(label);
    last_label_ = label;
    if (!second) break_before(before.size() - length);
  }

  /// Of the longest label at the end of `before`; 0: none is there.
  static std::size_t label_length(std::string_view before) {
    if (before.ends_with(kTitle)) {
      const std::size_t brand = before.rfind("Intel(R)");
      return brand == before.npos ? 0 : before.size() - brand;
    }
    return longest_label_at_end(before);
  }

  /// "Flash: 5.0.1 Netstack: 5.0.1", "Apps: 5.0.1 Intel(R) AMT: 5.0.1"
  bool is_second(std::string_view label) const {
    const bool behind = std::find(std::begin(kSecondLabels), std::end(kSecondLabels), label) !=
                            std::end(kSecondLabels) ||
                        last_label_ == "Apps";
    return has_pairs_ && behind;
  }

  /// The capabilities stand behind their number without a label.
  static void add(std::string_view line, std::vector<std::string>& lines) {
    line = trimmed(line);
    if (line.empty()) return;
    if (!line.starts_with("FW Capabilities")) {
      lines.emplace_back(line);
      return;
    }
    const std::size_t number = line.find_first_of("0123456789");
    std::size_t at = std::min(line.find(' ', std::min(number, line.size())), line.size());
    lines.emplace_back(line.substr(0, at));
    while (at < line.size()) {
      const std::string_view rest = trimmed(line.substr(at));
      const std::size_t length = capability_length(rest);
      if (length == 0) break;
      lines.emplace_back(rest.substr(0, length));
      at = line.size() - rest.size() + length;
    }
    if (at < line.size()) lines.emplace_back(trimmed(line.substr(at)));
  }

  std::string_view text_;
  bool has_pairs_;
  bool is_update_;
  std::string_view last_label_;
  std::set<std::size_t> breaks_;
  std::size_t labels_ = 0;
};

/// With which a person goes on behind a tool's sentence.
constexpr std::string_view kPersonGoesOn[] = {"I ",      "I'",   "My ",    "Any ", "What ", "How ",
                                              "Please ", "Can ", "Thanks", "So ",  "But ",  "Does ",
                                              "Is ",     "And ", "Ich ",   "Was ", "Wie "};

/// Where a person's words begin behind the sentence of an error, its full stop between;
/// npos: nowhere.
std::size_t begin_of_prose(std::string_view line) {
  if (!line.starts_with("Error ") && !line.starts_with("Error(")) return line.npos;
  for (std::size_t stop = line.find('.'); stop != line.npos; stop = line.find('.', stop + 1)) {
    const std::string_view rest = line.substr(stop + 1);
    const bool glued = !rest.empty() && rest[0] >= 'A' && rest[0] <= 'Z';
    const std::string_view text = trimmed(rest);
    const bool person = std::any_of(std::begin(kPersonGoesOn), std::end(kPersonGoesOn),
                                    [&](std::string_view each) { return text.starts_with(each); });
    if (glued || (person && rest.starts_with(' '))) return stop + 1;
  }
  return line.npos;
}

/// The tool's sentence by itself.
void set_prose_apart(std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t prose = begin_of_prose(lines[i]);
    if (prose == std::string::npos) continue;
    std::string rest(trimmed(std::string_view(lines[i]).substr(prose)));
    lines[i].resize(prose);
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
    ++i;
  }
}

/// Whether `value` is one that the tool prints, of the facts of which that can be told.
bool is_whole_value(Fact fact, std::string_view value) {
  return is_word(fact, value) || (has_strict_shape(fact) && could_be_value(fact, value));
}

/// Where a person goes on behind the last value of an output in one line; npos: nowhere.
std::size_t end_of_last_value(std::string_view line) {
  const std::size_t colon = line.find(": ");
  const auto fact = colon == line.npos ? std::nullopt : meinfo_fact(line.substr(0, colon));
  if (!fact) return line.npos;
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (is_whole_value(*fact, value)) return line.npos;
  for (std::size_t blank = value.rfind(' '); blank != value.npos && blank > 0;
       blank = value.rfind(' ', blank - 1)) {
    if (is_whole_value(*fact, value.substr(0, blank))) return line.size() - value.size() + blank;
  }
  return line.npos;
}

void set_last_words_apart(std::vector<std::string>& lines) {
  const std::size_t end = end_of_last_value(lines.back());
  if (end == std::string::npos) return;
  std::string rest(trimmed(std::string_view(lines.back()).substr(end)));
  lines.back().resize(end);
  lines.push_back(std::move(rest));
}

bool may_hold_several(std::string_view line) {
  const auto colons = std::count(line.begin(), line.end(), ':');
  return line.size() >= kShortest &&
         (static_cast<std::size_t>(colons) >= kFewestLabels || holds_an_update(line));
}

}  // namespace

std::vector<std::string> unflowed(std::string_view line) {
  std::vector<std::string> lines = {std::string(line)};
  if (may_hold_several(line)) {
    const std::string text = holds_an_update(line) ? std::string(line) : with_tight_mark(line);
    const Reflowed reflowed(text);
    if (!reflowed.is_one_line()) {
      lines = reflowed.lines();
      set_last_words_apart(lines);
    }
  }
  set_prose_apart(lines);
  return lines;
}

}  // namespace scenarios::field
