// SPDX-License-Identifier: BSD-3-Clause
// Which words of a trace are states, and how long each of them lasts.
#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "scenarios/page/over_time.h"

namespace scenarios::page {
namespace {

using emulator::sim::TraceKind;
using emulator::trace::TraceLine;

/// An event's words that begin like this tell a state of that lane: what is behind them.
struct LaneRow {
  TraceKind kind;
  std::string_view begins;
  const char* lane;
};
constexpr std::array<LaneRow, 7> kLaneRows = {{
    {TraceKind::power, "power ", "power"},
    {TraceKind::power, "host: ", "host"},
    {TraceKind::link, "", "link"},
    {TraceKind::firmware, "boot: ", "engine"},
    {TraceKind::firmware, "session: ", "update"},
    {TraceKind::tpm, "field upgrade", "TPM upgrade"},
    {TraceKind::tpm, "lockout ", "TPM lockout"},
}};
constexpr std::string_view kPowerLost = "power lost";
constexpr std::string_view kBootBegins = "boot: begins";

std::string state_in(std::string_view text, std::string_view begins) {
  if (text == kBootBegins) return "booting";
  text.remove_prefix(begins.size());
  while (text.starts_with(':') || text.starts_with(' ')) text.remove_prefix(1);
  return std::string(text);
}

double at_seconds(const TraceLine& line) {
  constexpr double kNanoseconds = 1e9;
  return static_cast<double>(line.at.count()) / kNanoseconds;
}

void enter(StateLane& lane, double at, std::string state) {
  if (!lane.spans.empty()) {
    StateSpan& last = lane.spans.back();
    if (last.state == state) return;
    last.to = at;
  }
  lane.spans.push_back({.from = at, .to = at, .state = std::move(state)});
}

using Lanes = std::array<StateLane, kLaneRows.size()>;

/// From now on nothing but the power has a state, until it is back.
void lose_power(Lanes& lanes, std::size_t power, double at) {
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (i != power && !lanes[i].spans.empty()) enter(lanes[i], at, {});
  }
}

std::optional<std::size_t> lane_row_of(const TraceLine& line) {
  for (std::size_t i = 0; i < kLaneRows.size(); ++i) {
    if (line.kind == kLaneRows[i].kind && line.text.starts_with(kLaneRows[i].begins)) return i;
  }
  return std::nullopt;
}

struct FlashCounts {
  std::size_t erased = 0;
  std::size_t programmed = 0;
  std::size_t torn = 0;
};

std::string counted(std::size_t count, const char* what, const char* done) {
  return fmt::format("{} {}{} {}", count, what, count == 1 ? "" : "s", done);
}

void add_part(std::string& words, const std::string& part) {
  words += (words.empty() ? "" : ", ") + part;
}

}  // namespace

std::vector<StateLane> lanes_of(const std::vector<TraceLine>& lines) {
  Lanes lanes{};
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i].name = kLaneRows[i].lane;
  bool powered = true;
  for (const TraceLine& line : lines) {
    const auto row = lane_row_of(line);
    if (!row || !(powered || line.kind == TraceKind::power)) continue;
    enter(lanes[*row], at_seconds(line), state_in(line.text, kLaneRows[*row].begins));
    if (line.kind == TraceKind::power) powered = line.text != kPowerLost;
    if (!powered) lose_power(lanes, *row, at_seconds(line));
  }
  std::vector<StateLane> used;
  for (StateLane& lane : lanes) {
    if (lane.spans.empty()) continue;
    lane.spans.back().to = at_seconds(lines.back());
    used.push_back(std::move(lane));
  }
  return used;
}

std::string over_time_text(const std::vector<TraceLine>& lines) {
  std::string text;
  for (const StateLane& lane : lanes_of(lines)) {
    text += fmt::format("  {:<12}", lane.name);
    for (const StateSpan& span : lane.spans) {
      text += fmt::format("{}{:.3f} s {}", &span == &lane.spans.front() ? " " : ", ", span.from,
                          span.state.empty() ? "no power" : span.state);
    }
    text += '\n';
  }
  return text;
}

std::string flash_words(const std::vector<TraceLine>& lines) {
  FlashCounts sum;
  for (const TraceLine& line : lines) {
    if (line.kind == TraceKind::flash_erase) ++sum.erased;
    if (line.kind == TraceKind::flash_program) ++sum.programmed;
    if (line.kind == TraceKind::flash_torn) ++sum.torn;
  }
  std::string words;
  if (sum.erased != 0) add_part(words, counted(sum.erased, "sector", "erased"));
  if (sum.programmed != 0) add_part(words, counted(sum.programmed, "page", "programmed"));
  if (sum.torn != 0) add_part(words, counted(sum.torn, "operation", "torn"));
  return words;
}

}  // namespace scenarios::page
