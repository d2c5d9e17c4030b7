// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/run_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "scenarios/field/command_line.h"
#include "scenarios/field/spelling.h"
#include "updater/report/explanations.h"

namespace scenarios::field {

const char* name(Tool tool) {
  switch (tool) {
    case Tool::meinfo:
      return "MEInfo";
    case Tool::fwupdlcl:
      return "FWUpdLcl";
    case Tool::memanuf:
      return "MEManuf";
    case Tool::unknown:
      break;
  }
  return "unknown tool";
}

const char* name(Tried tried) {
  switch (tried) {
    case Tried::tpm_clear:
      return "TPM cleared";
    case Tried::tpm_disable:
      return "TPM disabled";
    case Tried::tpm_enable:
      return "TPM enabled";
    case Tried::tpm_activate:
      return "TPM activated";
    case Tried::tpm_allow_unowned:
      return "update of the unowned TPM allowed";
    case Tried::unprovision:
      return "AMT un-provisioned";
    case Tried::provision:
      return "AMT provisioned";
    case Tried::secret_change:
      return "TPM owner password changed";
    case Tried::secret_given:
      return "TPM owner password given";
    case Tried::open_local_update:
      return "local update switched on";
    case Tried::wait:
      return "lockout waited out";
    case Tried::power_cycle:
      return "power taken away";
  }
  return "unknown";
}

const Observation* ToolRun::find(Fact fact) const {
  for (const Observation& each : observations) {
    if (each.fact == fact) return &each;
  }
  return nullptr;
}

bool ToolRun::has_content() const {
  return std::any_of(lines.begin(), lines.end(),
                     [](const LogLine& line) { return line.kind == LineKind::content; });
}

std::vector<const LogLine*> ToolRun::of_kind(LineKind kind) const {
  std::vector<const LogLine*> found;
  for (const LogLine& line : lines) {
    if (line.kind == kind) found.push_back(&line);
  }
  return found;
}

std::string ToolRun::file() const {
  return lines.empty() || !lines.front().file ? std::string() : *lines.front().file;
}

std::string ToolRun::place() const {
  if (lines.empty()) return {};
  return fmt::format("{}:{}-{}", file(), lines.front().number, lines.back().number);
}

std::string ToolRun::title() const {
  std::string text = name(tool);
  if (tool_version) text += " " + to_text(*tool_version);
  for (std::size_t i = 1; i < command.size(); ++i) text += " " + command[i];
  return text;
}

bool ToolRun::has_outcome() const {
  return find(Fact::error) != nullptr;
}

bool is_covered(const ToolRun& run) {
  return (run.tool == Tool::meinfo || run.tool == Tool::fwupdlcl) &&
         run.generation >= kFirstGeneration && run.generation <= kLastGeneration;
}

std::string generation_words(const ToolRun& run) {
  if (run.generation == 0) return "an unknown generation";
  const bool at_least = run.generation == kFirstUnknownGeneration && !run.tool_version &&
                        run.find(Fact::later_version) == nullptr;
  return fmt::format("generation {}{}", run.generation, at_least ? " or later" : "");
}

std::string error_words(const ToolRun& run) {
  const Observation* error = run.find(Fact::error);
  std::uint32_t number = 0;
  if (error == nullptr) return {};
  const std::string& text = error->value;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || number == 0) return {};
  const auto* known = updater::report::find_tool_error(number);
  if (known == nullptr) return {};
  const std::string meaning = fmt::format("{} ({}): {}", number, known->title, known->meaning);
  // The next steps are meupdate's, which is for the generations that the model knows.
  return run.generation > kLastGeneration ? meaning : meaning + " " + known->next_step;
}

namespace {

/// Of "Error 8769: ...", "Error (8721): ..." and "Error: ..."; not of "ErrorCode: ...".
std::size_t begin_of_error(std::string_view text) {
  for (const std::string_view word : {"Error", "ERROR"}) {
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      const std::size_t behind =
          std::min(text.find_first_not_of(' ', at + word.size()), text.size());
      const std::string_view next = text.substr(behind, 1);
      if (!next.empty() && next.find_first_of("0123456789(:") == 0) return at;
    }
  }
  return text.npos;
}

/// "Error 8769: Polling for FW Update Failed.", wherever in its line it stands.
std::string error_line(const Observation& error) {
  constexpr std::size_t kLongest = 160;
  const std::string& text = error.line.text;
  const std::size_t at = begin_of_error(text);
  if (at == text.npos) return "error " + error.value;
  std::string line = text.substr(at, kLongest);
  if (line.ends_with('"')) line.pop_back();  // in a person's own words
  return line;
}

}  // namespace

namespace {

/// Numbers of four digits that stand close behind "error" or its word in another language.
std::vector<std::uint32_t> error_numbers_in(std::string_view text) {
  constexpr std::array<std::string_view, 6> kWords = {"error",  "fehler", "erreur",
                                                      "errore", "fout",   "шибк"};
  constexpr std::size_t kClose = 16;  // "error code: ("
  constexpr std::size_t kDigits = 4;
  const std::string lower = lower_case(text);
  std::vector<std::uint32_t> numbers;
  for (const std::string_view word : kWords) {
    for (std::size_t at = lower.find(word); at != lower.npos; at = lower.find(word, at + 1)) {
      const std::size_t digits = lower.find_first_of("0123456789", at);
      if (digits == lower.npos || digits - at > word.size() + kClose) continue;
      const std::size_t end = std::min(lower.find_first_not_of("0123456789", digits), lower.size());
      if (end - digits == kDigits)
        numbers.push_back(static_cast<std::uint32_t>(std::stoul(lower.substr(digits, kDigits))));
    }
  }
  return numbers;
}

}  // namespace

std::string outline(const ToolRun& run) {
  std::string text;
  const auto add = [&](const char* word, Fact fact) {
    const Observation* seen = run.find(fact);
    if (seen != nullptr)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", word, seen->value);
  };
  add("firmware", Fact::later_version);
  add("BIOS", Fact::bios_version);
  add("MEI driver", Fact::mei_driver_version);
  std::vector<std::string> errors;
  for (const Observation& seen : run.observations) {
    if (seen.fact != Fact::error) continue;
    std::string line = error_line(seen);
    if (std::find(errors.begin(), errors.end(), line) == errors.end())
      errors.push_back(std::move(line));
  }
  for (const std::string& error : errors) text += (text.empty() ? "" : "; ") + error;
  return text;
}

std::string errors_in_words(const std::vector<LogLine>& prose) {
  std::string text;
  std::set<std::uint32_t> told;
  for (const LogLine& line : prose) {
    for (const std::uint32_t number : error_numbers_in(line.text)) {
      const auto* known = updater::report::find_tool_error(number);
      if (known == nullptr || !told.insert(number).second) continue;
      text += fmt::format("\n  The text speaks of error {} ({}): {}", number, known->title,
                          known->meaning);
    }
  }
  return text;
}

}  // namespace scenarios::field
