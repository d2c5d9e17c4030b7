// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/reflowed.h"

#include <algorithm>
#include <set>

#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

/// A line with fewer labels is a person's sentence or one of the tool's own.
constexpr std::size_t kFewestLabels = 5;
/// And none that is shorter holds as many.
constexpr std::size_t kShortest = 120;

/// In front of which a line begins, though none of MEInfo's labels does.
constexpr std::string_view kBeginnings[] = {"Copyright",
                                            "Intel(R) MEInfo",
                                            "Reading Fw Status Register",
                                            "AMT SKU Found.",
                                            "Please check if the Wireless card",
                                            "FWUpdLcl",
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
      : text_(text), has_pairs_(text.find(kPairs) != text.npos) {
    for (std::size_t colon = text.find(':'); colon != text.npos; colon = text.find(':', colon + 1))
      break_before_label(colon);
    for (const std::string_view beginning : kBeginnings) break_before_each(beginning);
  }

  bool is_one_line() const { return labels_ < kFewestLabels; }

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
    if (at > 0 && text_[at - 1] == ' ') breaks_.insert(at);
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
  std::string_view last_label_;
  std::set<std::size_t> breaks_;
  std::size_t labels_ = 0;
};

}  // namespace

std::vector<std::string> unflowed(std::string_view line) {
  if (line.size() < kShortest) return {std::string(line)};
  const Reflowed reflowed(line);
  if (reflowed.is_one_line()) return {std::string(line)};
  return reflowed.lines();
}

}  // namespace scenarios::field
