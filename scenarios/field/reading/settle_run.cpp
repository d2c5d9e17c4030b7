// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/settle_run.h"

#include <algorithm>
#include <optional>

#include "protocol/generation.h"
#include "protocol/tools/meinfo.h"
#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/reading_outcome.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/update_line.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

using protocol::tools::FwupdlclDialect;
using protocol::update::ToolError;

bool speaks(std::uint16_t generation, FwupdlclDialect dialect) {
  const auto* row = protocol::find_generation(generation);
  return row != nullptr && row->fwupdlcl.value == dialect;
}

/// The last generation whose FWUpdLcl speaks `dialect`.
std::uint16_t last_speaker(FwupdlclDialect dialect) {
  std::uint16_t last = 0;
  for (const auto& row : protocol::kGenerations) {
    if (row.fwupdlcl.value == dialect) last = row.major;
  }
  return last;
}

/// Whether MEInfo of that generation names the host's driver only where there is one.
bool leaves_out_what_is_missing(std::uint16_t generation) {
  const auto* row = protocol::find_generation(generation);
  if (row == nullptr) return false;
  for (const auto& line : protocol::tools::meinfo(row->meinfo.value).lines) {
    if (line.fact == Fact::mei_driver_version) return line.untold.empty();
  }
  return false;
}

/// Whether it names its way or its outcome with neither driver nor blocks before: a tool of
/// generation 4, or one without -verbose.
bool is_terse(const ToolRun& run) {
  const auto content = run.of_kind(LineKind::content);
  const bool blocks = std::any_of(content.begin(), content.end(), [](const LogLine* line) {
    return line->text.starts_with("*") || line->text.starts_with(": ");
  });
  const bool told = run.find(Fact::firmware_version) != nullptr ||
                    run.find(Fact::enabled_interfaces) != nullptr ||
                    run.find(Fact::mei_driver_version) != nullptr;
  if (blocks || told) return false;
  const bool tells_its_way = std::any_of(content.begin(), content.end(), [](const LogLine* line) {
    return names_its_way(line->text);
  });
  const bool goes_on =
      tells_its_way || run.find(Fact::uploading) != nullptr || run.find(Fact::error) != nullptr;
  return goes_on ? run.from_its_beginning : speaks(run.generation, FwupdlclDialect::me4);
}

/// A forum may have put several lines into one: the number alone does not tell.
bool is_same(const LogLine& a, const LogLine& b) {
  return a.number == b.number && a.text == b.text;
}

/// The place of the last line of the tool, if any.
std::optional<std::size_t> last_content(const ToolRun& run) {
  for (std::size_t i = run.lines.size(); i-- > 0;) {
    if (run.lines[i].kind == LineKind::content) return i;
  }
  return std::nullopt;
}

/// Versions of the host's software are printed where there is one: half of one shows that much.
bool shows_software(const Observation& seen) {
  return seen.fact == Fact::uns_version || seen.fact == Fact::lms_version ||
         seen.fact == Fact::mei_driver_version;
}

/// "TPM State: Operationa"; of a text that ends there, "MEBx Version: 5.0" too.
bool may_go_on(const Observation& seen, const LogLine& line) {
  if (seen.value.empty()) return !line.has_end || !is_word(seen.fact, {});
  if (is_word(seen.fact, seen.value) || shows_software(seen)) return false;
  return !line.has_end || begins_a_word(seen.fact, seen.value);
}

/// A log that ends without an outcome may end in the middle of a line: that tells nothing, but it
/// is the beginning of one.
void settle_end(ToolRun& run) {
  const auto last = last_content(run);
  if (!last || run.has_outcome()) return;
  if (*last + 1 < run.lines.size()) {
    LogLine& behind = run.lines[*last + 1];
    const bool torn = behind.kind == LineKind::unknown && begins_a_line_of(run.tool, behind.text);
    if (torn) behind.kind = LineKind::content;
    if (torn) return;
  }
  const LogLine& line = run.lines[*last];
  if (run.observations.empty()) return;
  const Observation& told = run.observations.back();
  if (is_same(told.line, line) && may_go_on(told, line)) run.observations.pop_back();
}

/// "Error 8741: FW Update Failed." only announces the error that tells why.
void settle_error(ToolRun& run) {
  const auto is_reason = [](const Observation& seen) {
    return seen.fact == Fact::error && !is_error(seen, ToolError::update_failed) &&
           !is_error(seen, ToolError::success);
  };
  const Observation* error = run.find(Fact::error);
  if (error == nullptr || !is_error(*error, ToolError::update_failed)) return;
  const auto reason = std::find_if(run.observations.begin(), run.observations.end(), is_reason);
  if (reason == run.observations.end()) return;
  for (LogLine& line : run.lines) {
    if (is_same(line, error->line)) line.kind = LineKind::complaint;
  }
  std::rotate(run.observations.begin(), reason, reason + 1);
}

bool has_error_without_number(const ToolRun& run) {
  const Observation* error = run.tool == Tool::fwupdlcl ? run.find(Fact::error) : nullptr;
  return error != nullptr && error->value.find_first_not_of("0123456789") != std::string::npos;
}

/// Of the tool. Its dialect can be another generation's: MEInfo 5 on older firmware.
void settle_generation(ToolRun& run) {
  const std::uint16_t told = run.generation;
  if (run.tool_version) run.generation = run.tool_version->major;
  if (run.tool == Tool::fwupdlcl) run.terse = is_terse(run);
  if (run.generation == 0 && has_error_without_number(run))
    run.generation = last_speaker(FwupdlclDialect::me2);
  // The 4.2 tool shows no block on the flash before it names its way.
  const bool of_the_old_tools = run.tool == Tool::fwupdlcl || run.tool == Tool::meinfo;
  if (run.generation == 0 && of_the_old_tools)
    run.generation = last_speaker(run.tool == Tool::fwupdlcl && run.terse && run.from_its_beginning
                                      ? FwupdlclDialect::me4
                                      : FwupdlclDialect::me5);
  run.dialect = told != 0 ? told : run.generation;
}

/// With -verbose the tools of generation 5 name the driver they found; without one they ran where
/// there is none.
void settle_system(ToolRun& run) {
  if (!leaves_out_what_is_missing(run.dialect) || run.find(Fact::host_system) != nullptr) return;
  const auto content = run.of_kind(LineKind::content);
  if (run.tool == Tool::meinfo && run.find(Fact::link_status) != nullptr &&
      run.find(Fact::mei_driver_version) == nullptr) {
    const bool could_tell = run.find(Fact::build_number) != nullptr;
    if (could_tell)
      run.observations.push_back({Fact::host_system, "dos", run.find(Fact::link_status)->line});
  }
  const bool connects = content.size() > 1 && begins_an_update(content.front()->text);
  if (run.tool == Tool::fwupdlcl && connects && !run.terse)
    run.observations.push_back({Fact::host_system, "dos", *content.front()});
}

/// "81651568.bin" holds 8.1.65.1568: makers name the files of later generations so.
void settle_image(ToolRun& run) {
  const std::string* word = image_word(run.command);
  if (run.generation <= kLastGeneration || word == nullptr || run.find(Fact::image_version)) return;
  const std::string name = word->substr(word->find_last_of("\\/") + 1);
  const auto version = protocol::tools::version_in_packed_name(name.substr(0, name.find('.')));
  if (!version) return;
  for (const LogLine& line : run.lines) {
    if (line.kind != LineKind::command) continue;
    run.observations.push_back(
        {Fact::image_version, to_text(*version) + " by the file's name", line});
    return;
  }
}

}  // namespace

void settle(ToolRun& run, KnownLines& known) {
  settle_end(run);
  settle_error(run);
  settle_generation(run);
  settle_system(run);
  settle_image(run);
  run.unread = unread_outcome(run, known);
}

}  // namespace scenarios::field
