// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/run_log.h"

#include <fmt/format.h>

#include <algorithm>

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
    case Tried::unprovision:
      return "AMT un-provisioned";
    case Tried::provision:
      return "AMT provisioned";
    case Tried::secret_change:
      return "TPM owner password changed";
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

std::string ToolRun::place() const {
  if (lines.empty()) return {};
  return fmt::format("{}:{}-{}", *lines.front().file, lines.front().number, lines.back().number);
}

std::string ToolRun::title() const {
  std::string text = name(tool);
  if (tool_version) text += " " + to_text(*tool_version);
  for (std::size_t i = 1; i < command.size(); ++i) text += " " + command[i];
  return text;
}

bool ToolRun::has_outcome() const {
  return tool == Tool::fwupdlcl && find(Fact::error) != nullptr;
}

bool is_covered(const ToolRun& run) {
  return (run.tool == Tool::meinfo || run.tool == Tool::fwupdlcl) &&
         run.generation >= kFirstGeneration && run.generation <= kLastGeneration;
}

}  // namespace scenarios::field
