// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/run_log.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "protocol/tools/fwupdlcl.h"
#include "scenarios/field/reading/error_words.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/update_stage.h"

namespace scenarios::field {

const char* name(Tool tool) {
  switch (tool) {
    case Tool::meinfo:
      return "MEInfo";
    case Tool::fwupdlcl:
      return "FWUpdLcl";
    case Tool::memanuf:
      return "MEManuf";
    case Tool::fpt:
      return "FPT";
    case Tool::intelmetool:
      return "intelmetool";
    case Tool::fwupdmgr:
      return "fwupdmgr";
    case Tool::meupdate:
      return "meupdate";
    case Tool::lspci:
      return "lspci";
    case Tool::tpm_tools:
      return "tpm-tools";
    case Tool::mei_files:
      return "files of the mei driver";
    case Tool::kernel:
      return "kernel log";
    case Tool::screen:
      return "set-up screen";
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

const char* name(UnreadOutcome::Speaks speaks) {
  switch (speaks) {
    case UnreadOutcome::Speaks::unclear:
      return "unclear";
    case UnreadOutcome::Speaks::failure:
      return "failure";
    case UnreadOutcome::Speaks::success:
      return "success";
  }
  return "unknown";
}

bool is_error(const Observation& seen, protocol::update::ToolError error) {
  return seen.fact == Fact::error && seen.value == std::to_string(protocol::update::number(error));
}

bool names_tpm(const Observation& mode) {
  namespace tools = protocol::tools;
  return mode.fact == Fact::communication_mode &&
         same_letters(mode.value, text_of(tools::kWayWords, tools::kWayTpm));
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

std::vector<const LogLine*> ToolRun::guessed() const {
  std::vector<const LogLine*> found;
  for (const LogLine& line : lines) {
    if (!line.stood.empty()) found.push_back(&line);
  }
  return found;
}

std::string ToolRun::file() const {
  return lines.empty() || !lines.front().file ? std::string() : *lines.front().file;
}

std::string ToolRun::place() const {
  if (lines.empty()) return {};
  // Of a table the title of the next column stands above.
  const auto last =
      std::max_element(lines.begin(), lines.end(),
                       [](const LogLine& a, const LogLine& b) { return a.number < b.number; });
  return fmt::format("{}:{}-{}", file(), lines.front().number, last->number);
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

bool is_of_some_later_generation(const ToolRun& run) {
  return run.generation == kFirstUnknownGeneration && !run.tool_version &&
         run.find(Fact::later_version) == nullptr;
}

std::string generation_words(const ToolRun& run) {
  if (run.generation == 0) return ", which shows no version of the firmware";
  return fmt::format(" of generation {}{}", run.generation,
                     is_of_some_later_generation(run) ? " or later" : "");
}

namespace {

/// What is told of a run that is not replayed, the firmware first.
constexpr Fact kTold[] = {Fact::later_version,
                          Fact::firmware_version,
                          Fact::flash_version,
                          Fact::bios_version,
                          Fact::mei_driver_version,
                          Fact::image_version,
                          Fact::local_update,
                          Fact::last_update_status,
                          Fact::working_state,
                          Fact::operational_state,
                          Fact::operation_mode,
                          Fact::state_error,
                          Fact::manufacturing_mode,
                          Fact::init_complete,
                          Fact::loader_state,
                          Fact::flash_partition,
                          Fact::progress_phase,
                          Fact::status_word_1,
                          Fact::status_word_2,
                          Fact::status_word_3,
                          Fact::status_word_4,
                          Fact::status_word_5,
                          Fact::status_word_6,
                          Fact::pci_device,
                          Fact::pci_id,
                          Fact::driver_device,
                          Fact::tpm_device,
                          Fact::tpm_vendor,
                          Fact::security_chip,
                          Fact::driver_says,
                          Fact::driver_status,
                          Fact::tpm_answer,
                          Fact::tool_says};

const char* told_word(Fact fact) {
  if (fact == Fact::bios_version) return "BIOS";
  if (fact == Fact::later_version) return "firmware";
  return fact == Fact::mei_driver_version ? "MEI driver" : name(fact);
}

/// All that `run` tells of the fact, each once; a value that is not there is not told.
std::string told_of(const ToolRun& run, Fact fact) {
  const std::string stage = last_stage(run);
  std::vector<std::string> values;
  for (const Observation& seen : run.observations) {
    const bool known = std::find(values.begin(), values.end(), seen.value) != values.end();
    const bool earlier_stage = is_stage(seen) && seen.value != stage;
    if (seen.fact == fact && !seen.value.empty() && !known && !earlier_stage)
      values.push_back(seen.value);
  }
  if (values.empty()) return {};
  return fmt::format("{} {}", told_word(fact), fmt::join(values, "; "));
}

}  // namespace

constexpr const char* kWentThrough = "the tool calls the update complete";

std::string outline(const ToolRun& run) {
  std::string text;
  for (const Fact fact : kTold) {
    const std::string told = told_of(run, fact);
    if (!told.empty()) text += (text.empty() ? "" : ", ") + told;
  }
  std::vector<std::string> errors;
  for (const Observation& seen : run.observations) {
    if (seen.fact != Fact::error) continue;
    std::string line =
        is_error(seen, protocol::update::ToolError::success) ? kWentThrough : error_line(seen);
    if (std::find(errors.begin(), errors.end(), line) == errors.end())
      errors.push_back(std::move(line));
  }
  for (const std::string& error : errors) text += (text.empty() ? "" : "; ") + error;
  return text;
}

}  // namespace scenarios::field
