// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/guessed_line.h"

#include <algorithm>
#include <array>
#include <vector>

#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/misread_letters.h"
#include "scenarios/field/reading/reading_outcome_words.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/value_shape.h"

namespace scenarios::field {
namespace {

struct KnownLine {
  std::string_view text;
  Tool tool;
  bool is_label;  ///< a value stands behind its colon
  std::string seen = {};
};

constexpr KnownLine whole(Tool tool, std::string_view text) {
  return {text, tool, false};
}

/// Not those that tell how far an update came: that is no thing to guess.
std::vector<KnownLine> known_lines() {
  std::vector<KnownLine> lines = {
      whole(Tool::fwupdlcl, "Trying to connect to MEI driver."),
      whole(Tool::fwupdlcl, "***** Flash Info ******"),
      whole(Tool::fwupdlcl, "***** Image Info ******"),
      whole(Tool::meinfo, "AMT SKU Found."),
      whole(Tool::meinfo, "Reading Fw Status Register...."),
      whole(Tool::meinfo, "Intel(R) AMT code versions:"),
      whole(Tool::meinfo, "Please check if the Wireless card is installed"),
      {"Communication Mode", Tool::fwupdlcl, true},
      {"EnabledUpdateInterfaces", Tool::fwupdlcl, true},
      {"Last Update Staus", Tool::fwupdlcl, true},
      {"Firmware Update Utility Version", Tool::fwupdlcl, false},
  };
  for (const std::string_view label : meinfo_labels()) lines.push_back({label, Tool::meinfo, true});
  for (KnownLine& line : lines) line.seen = as_seen(line.text);
  return lines;
}

std::size_t bound_of(const KnownLine& known) {
  constexpr std::size_t kShort = 6;
  return known.seen.size() < kShort ? 0 : std::max<std::size_t>(known.seen.size() / 6, 1);
}

/// Where a label's colon stands, or what was taken for one.
std::size_t colon_of(std::string_view line) {
  return line.find_first_of(":;");
}

/// Keeps the nearest of all that come near enough.
class Nearest {
 public:
  void look_at(const KnownLine& known, std::string_view seen) {
    const std::size_t longer = std::max(known.seen.size(), seen.size());
    const std::size_t shorter = std::min(known.seen.size(), seen.size());
    if (longer - shorter > bound_of(known)) return;
    const std::size_t apart = letters_apart(known.seen, seen);
    if (apart > bound_of(known)) return;
    if (apart == apart_ && nearest_ != nullptr && nearest_->seen != known.seen) is_alone_ = false;
    if (nearest_ != nullptr && apart >= apart_) return;
    nearest_ = &known;
    apart_ = apart;
    is_alone_ = true;
  }

  const KnownLine* found() const { return is_alone_ ? nearest_ : nullptr; }

 private:
  const KnownLine* nearest_ = nullptr;
  std::size_t apart_ = 0;
  bool is_alone_ = true;
};

bool is_of_an_outcome(std::string_view line) {
  const HeardLine heard = hear(line);
  return heard.begins_with_error || heard.number || heard.as == HeardLine::As::failure ||
         heard.as == HeardLine::As::success;
}

std::string labelled(std::string_view label, std::string_view value) {
  const auto fact = meinfo_fact(label);
  std::string text(value);
  if (fact) text = repaired_value(*fact, value).value_or(text);
  if (label == "Communication Mode")
    text = repaired_value(Fact::communication_mode, value).value_or(text);
  return std::string(label) + ":" + (text.empty() ? "" : " ") + text;
}

}  // namespace

std::optional<std::string> guessed_line(std::string_view line, Tool tool) {
  constexpr std::size_t kLongest = 120;
  static const std::vector<KnownLine> lines = known_lines();
  if (line.size() > kLongest || line.size() < 3) return std::nullopt;
  const std::size_t colon = colon_of(line);
  const std::string label = colon == line.npos ? std::string() : as_seen(line.substr(0, colon));
  const std::string all = as_seen(line);
  Nearest nearest;
  for (const KnownLine& known : lines) {
    if (tool != Tool::unknown && known.tool != tool) continue;
    if (known.is_label && label.empty()) continue;
    nearest.look_at(known, known.is_label ? label : all);
  }
  const KnownLine* found = nearest.found();
  if (found == nullptr || is_of_an_outcome(line)) return std::nullopt;
  if (!found->is_label) return std::string(found->text);
  std::string text = labelled(found->text, trimmed(line.substr(colon + 1)));
  const Recognised read = recognise(text);
  const bool fits =
      read.kind == LineKind::content && !read.told.empty() &&
      (read.told[0].value.empty() || could_be_value(read.told[0].fact, read.told[0].value));
  return fits ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::string> with_repaired_value(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const std::string_view label = trimmed(line.substr(0, colon));
  const auto fact = meinfo_fact(label);
  if (!fact) return std::nullopt;
  auto value = repaired_value(*fact, trimmed(line.substr(colon + 1)));
  if (!value) return std::nullopt;
  return std::string(label) + ": " + *value;
}

}  // namespace scenarios::field
