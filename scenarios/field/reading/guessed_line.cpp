// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/guessed_line.h"

#include <algorithm>
#include <array>
#include <vector>

#include "protocol/firmware_version.h"
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
  enum class Form { whole, label, banner } form = Form::whole;
  std::string seen = {};
};

KnownLine whole(Tool tool, std::string_view text) {
  return {text, tool, KnownLine::Form::whole};
}
/// A value stands behind its colon.
KnownLine label(Tool tool, std::string_view text) {
  return {text, tool, KnownLine::Form::label};
}
/// A version stands behind it.
KnownLine banner(Tool tool, std::string_view text) {
  return {text, tool, KnownLine::Form::banner};
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
      label(Tool::fwupdlcl, "Communication Mode"),
      label(Tool::fwupdlcl, "EnabledUpdateInterfaces"),
      label(Tool::fwupdlcl, "Last Update Staus"),
      banner(Tool::fwupdlcl, "Firmware Update Utility Version"),
      banner(Tool::fwupdlcl, "Intel (R) Firmware Update Utility Version:"),
      banner(Tool::meinfo, "Intel(R) MEInfo Version:"),
      banner(Tool::meinfo, "Intel(R) MEInfo Win Version:"),
  };
  for (const std::string_view text : meinfo_labels()) lines.push_back(label(Tool::meinfo, text));
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

/// Digits and dots behind the last blank, as a version; empty: none.
std::string version_at_end(std::string_view line) {
  const std::size_t blank = line.find_last_of(' ');
  if (blank == line.npos) return {};
  std::string version = with_digits(line.substr(blank + 1));
  return protocol::parse_firmware_version(version) ? version : std::string();
}

/// Of those that are known whole.
bool is_long_as_a_known_line(std::string_view line) {
  constexpr std::size_t kLengths[] = {32, 30, 14};
  return std::any_of(std::begin(kLengths), std::end(kLengths), [&](std::size_t length) {
    return line.size() + 3 >= length && line.size() <= length + 3;
  });
}

}  // namespace

std::optional<std::string> guessed_line(std::string_view line, Tool tool) {
  constexpr std::size_t kLongest = 120;
  static const std::vector<KnownLine> lines = known_lines();
  if (line.size() > kLongest || line.size() < 3) return std::nullopt;
  const std::string version = version_at_end(line);
  if (tool == Tool::unknown && version.empty() && !is_long_as_a_known_line(line))
    return std::nullopt;
  const std::size_t colon = colon_of(line);
  const bool has_label = tool != Tool::unknown && colon != line.npos;
  const std::string label = has_label ? as_seen(line.substr(0, colon)) : std::string();
  const std::string all = as_seen(line);
  const std::string head =
      version.empty() ? std::string() : as_seen(line.substr(0, line.find_last_of(' ')));
  Nearest nearest;
  for (const KnownLine& known : lines) {
    using Form = KnownLine::Form;
    if (tool != Tool::unknown && known.tool != tool && known.form != Form::banner) continue;
    if (tool == Tool::unknown && known.form == Form::label) continue;
    const std::string& seen = known.form == Form::label    ? label
                              : known.form == Form::banner ? head
                                                           : all;
    if (!seen.empty()) nearest.look_at(known, seen);
  }
  const KnownLine* found = nearest.found();
  if (found == nullptr || is_of_an_outcome(line)) return std::nullopt;
  if (found->form == KnownLine::Form::whole) return std::string(found->text);
  if (found->form == KnownLine::Form::banner) return std::string(found->text) + " " + version;
  std::string text = labelled(found->text, trimmed(line.substr(colon + 1)));
  const Recognised read = recognise(text);
  const bool fits =
      read.kind == LineKind::content && !read.told.empty() &&
      (read.told[0].value.empty() || could_be_value(read.told[0].fact, read.told[0].value));
  return fits ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::string> with_repaired_values(std::string_view line,
                                                const std::vector<Told>& told) {
  std::string text(line);
  bool repairs = false;
  for (const Told& each : told) {
    const auto value = repaired_value(each.fact, each.value);
    const std::size_t at = value ? text.find(each.value, text.find(':')) : text.npos;
    if (at == text.npos) continue;
    text.replace(at, each.value.size(), *value);
    repairs = true;
  }
  return repairs ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace scenarios::field
