// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/comparison.h"

#include <algorithm>

#include "scenarios/field/board_state.h"
#include "scenarios/field/recognise.h"

namespace scenarios::field {
namespace {

constexpr std::uint16_t kFirstWithBlocks = 5;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = collapsed(visible(text.substr(at, end - at)));
    if (!line.empty()) lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

/// Lines of the blocks on flash and image.
bool is_block_line(const Recognised& line, const std::string& text) {
  if (text.starts_with("*") || text.starts_with(": ")) return true;
  return std::any_of(line.told.begin(), line.told.end(), [](const Told& told) {
    return told.fact == Fact::firmware_version || told.fact == Fact::last_update_status ||
           told.fact == Fact::sku || told.fact == Fact::enabled_interfaces;
  });
}

std::vector<std::string> without_blocks(const std::vector<std::string>& lines) {
  std::vector<std::string> kept;
  for (const std::string& line : lines) {
    const Recognised found = recognise(line);
    if (is_block_line(found, line)) continue;
    const std::size_t driver = line.find("Connected to HECI driver");
    kept.push_back(driver == line.npos ? line : collapsed(line.substr(0, driver)));
  }
  return kept;
}

LineVerdict verdict_of(const LogLine& log, const std::string& ours) {
  if (collapsed(log.text) == ours) return LineVerdict::equal;
  const std::size_t colon = log.text.find(':');
  if (colon == log.text.npos) return LineVerdict::differs;
  const auto fact = meinfo_fact(trimmed(std::string_view(log.text).substr(0, colon)));
  const bool masked = fact == Fact::mac_address &&
                      is_masked_address(std::string(trimmed(log.text.substr(colon + 1)))) &&
                      ours.starts_with(log.text.substr(0, colon + 1));
  return masked ? LineVerdict::masked : LineVerdict::differs;
}

/// Where in ours the log begins: at the beginning, or at its first line when its head is cut off.
std::size_t beginning_of(const ToolRun& run, const LogLine& first,
                         const std::vector<std::string>& ours) {
  if (run.from_its_beginning) return 0;
  const auto found = std::find_if(ours.begin(), ours.end(), [&](const std::string& line) {
    return verdict_of(first, line) != LineVerdict::differs;
  });
  return found == ours.end() ? 0 : static_cast<std::size_t>(found - ours.begin());
}

ComparedLine compared(const LogLine& log, const std::string* ours) {
  if (ours == nullptr) return {log, {}, LineVerdict::missing};
  return {log, *ours, verdict_of(log, *ours)};
}

}  // namespace

const char* name(LogVerdict verdict) {
  switch (verdict) {
    case LogVerdict::reproduced:
      return "reproduced";
    case LogVerdict::prefix:
      return "prefix";
    case LogVerdict::differs:
      return "differs";
    case LogVerdict::empty:
      return "empty";
  }
  return "unknown";
}

const ComparedLine* Comparison::first_difference() const {
  for (const ComparedLine& line : lines) {
    if (line.verdict == LineVerdict::differs || line.verdict == LineVerdict::missing) return &line;
  }
  return nullptr;
}

std::size_t Comparison::equal_lines() const {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](const ComparedLine& line) {
        return line.verdict == LineVerdict::equal || line.verdict == LineVerdict::masked;
      }));
}

std::vector<std::string> in_dialect(const ToolRun& run, const std::string& printed) {
  const std::vector<std::string> lines = lines_of(printed);
  const bool short_form = run.tool == Tool::fwupdlcl && run.generation < kFirstWithBlocks;
  return short_form ? without_blocks(lines) : lines;
}

Comparison compare(const ToolRun& run, const std::string& printed) {
  Comparison result;
  const std::vector<std::string> ours = in_dialect(run, printed);
  const auto log = run.of_kind(LineKind::content);
  if (log.empty()) return result;
  std::size_t at = beginning_of(run, *log.front(), ours);
  for (const LogLine* line : log) {
    result.lines.push_back(compared(*line, at < ours.size() ? &ours[at] : nullptr));
    ++at;
  }
  for (; at < ours.size(); ++at) result.beyond.push_back(ours[at]);
  const bool ends_early = !result.beyond.empty();
  if (result.first_difference() != nullptr || (ends_early && run.has_outcome()))
    result.verdict = LogVerdict::differs;
  else
    result.verdict = ends_early ? LogVerdict::prefix : LogVerdict::reproduced;
  return result;
}

}  // namespace scenarios::field
