// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/recognise.h"

#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/banner_line.h"
#include "scenarios/field/reading/info_line.h"
#include "scenarios/field/reading/kernel_line.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/other_tool_line.h"
#include "scenarios/field/reading/own_report_line.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/typed_line.h"
#include "scenarios/field/reading/update_line.h"

namespace scenarios::field {
namespace {

bool is_copyright(std::string_view line) {
  return begins_printed(line, "Copyright") && find_printed(line, "Intel") != line.npos;
}

/// A forum that re-flows what is pasted puts the banner behind it.
Recognised copyright(std::string_view line) {
  const std::size_t banner = line.find("Intel(R) ME");
  const auto found = banner == line.npos ? std::nullopt : as_banner(line.substr(banner));
  return found ? *found : Recognised{.kind = LineKind::copyright};
}

bool is_ornament(std::string_view line) {
  return line.find_first_not_of("*-=_.#~+`| ") == line.npos;
}

Recognised complaint(std::string_view line) {
  Recognised found{.kind = LineKind::complaint, .tool = Tool::meinfo};
  found.told.push_back({Fact::host_system, "windows"});
  constexpr std::string_view kError = "err:";
  const std::size_t at = line.find(kError);
  const auto number = at == line.npos
                          ? std::nullopt
                          : protocol::tools::number_behind(line.substr(at + kError.size()));
  if (number)
    found.told.push_back({Fact::registers_blocked, "service error " + std::to_string(*number)});
  return found;
}

}  // namespace

Recognised recognise(std::string_view line) {
  if (line.empty()) return {.kind = LineKind::blank};
  if (is_ornament(line)) return {.kind = LineKind::ornament};
  if (auto found = begins_own_report(line)) return *found;
  if (auto found = as_kernel_line(line)) return *found;
  if (is_copyright(line)) return copyright(line);
  if (line.starts_with("PMXUtil:")) return complaint(line);
  if (auto found = as_banner(line)) return *found;
  if (auto found = as_command(line)) return *found;
  if (auto found = as_update_line(line)) return *found;
  // FWUpdLcl sets a blank there, MEInfo none, and people either.
  const bool loose = line.find("Intel (R)") != line.npos;
  if (auto found = loose ? as_info_line(with_tight_mark(line)) : as_info_line(line)) return *found;
  if (auto found = as_other_tool_line(line)) return *found;
  return {.kind = LineKind::unknown};
}

bool begins_a_line_of(Tool tool, std::string_view text) {
  constexpr std::size_t kShortest = 8;
  if (text.size() < kShortest) return false;
  if (tool == Tool::fwupdlcl) return begins_an_update_line(text);
  return tool == Tool::meinfo && begins_an_info_line(text);
}

}  // namespace scenarios::field
