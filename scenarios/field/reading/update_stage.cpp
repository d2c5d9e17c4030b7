// SPDX-License-Identifier: BSD-3-Clause
// Wording: owners' posts (winraid 36175; of generation 15 a README for the Framework laptop).
#include "scenarios/field/reading/update_stage.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

/// The number in front, which goes; empty: there is none.
std::string_view take_digits(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  text = trimmed(text.substr(end));
  return digits;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!begins_printed(text, word)) return false;
  text = trimmed(text.substr(word.size()));
  return true;
}

}  // namespace

std::string stage_in(std::string_view line) {
  const std::string_view percent = take_digits(line);
  if (percent.empty() || percent.size() > 3 || !take_word(line, "%")) return {};
  if (!take_word(line, "(Stage")) return {};
  take_word(line, ":");
  const std::string_view stage = take_digits(line);
  if (stage.empty() || !take_word(line, "of")) return {};
  const std::string_view last = take_digits(line);
  return last.empty() ? "" : fmt::format("{}%, stage {} of {}", percent, stage, last);
}

std::string progress_in(std::string_view line) {
  const std::string_view percent = take_digits(line);
  if (percent.empty() || percent.size() > 3 || !take_word(line, "%")) return {};
  return percent == "100" ? "update at 100%" : fmt::format("{}%", percent);
}

bool is_stage(const Observation& seen) {
  if (seen.fact != Fact::tool_says) return false;
  const std::string_view value = seen.value;
  const std::size_t digits = value.find_first_not_of("0123456789");
  const bool percent = digits != value.npos && digits > 0 && value.substr(digits) == "%";
  return percent || value.find("%, stage ") != value.npos;
}

std::string last_stage(const ToolRun& run) {
  const auto found = std::find_if(run.observations.rbegin(), run.observations.rend(), is_stage);
  return found == run.observations.rend() ? "" : found->value;
}

}  // namespace scenarios::field
