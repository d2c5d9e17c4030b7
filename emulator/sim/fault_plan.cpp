// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/sim/fault_plan.h"

#include <array>

namespace emulator::sim {
namespace {

template <class Enum>
struct Row {
  Enum value;
  const char* name;
};

constexpr std::array<Row<FaultPoint>, kFaultPointCount> kPoints = {{
    {.value = FaultPoint::flash_program, .name = "flash_program"},
    {.value = FaultPoint::flash_erase, .name = "flash_erase"},
    {.value = FaultPoint::flash_operation, .name = "flash_operation"},
    {.value = FaultPoint::host_message, .name = "host_message"},
    {.value = FaultPoint::fwu_start, .name = "fwu_start"},
    {.value = FaultPoint::fwu_data, .name = "fwu_data"},
    {.value = FaultPoint::fwu_end, .name = "fwu_end"},
    {.value = FaultPoint::link_reset, .name = "link_reset"},
    {.value = FaultPoint::boot, .name = "boot"},
    {.value = FaultPoint::tpm_command, .name = "tpm_command"},
}};

constexpr std::array<Row<FaultAction>, kFaultActionCount> kActions = {{
    {.value = FaultAction::power_cut_before, .name = "power_cut_before"},
    {.value = FaultAction::power_cut_inside, .name = "power_cut_inside"},
    {.value = FaultAction::power_cut_after, .name = "power_cut_after"},
    {.value = FaultAction::me_reset, .name = "me_reset"},
    {.value = FaultAction::fail, .name = "fail"},
    {.value = FaultAction::ignore, .name = "ignore"},
    {.value = FaultAction::delay, .name = "delay"},
    {.value = FaultAction::twice, .name = "twice"},
}};

template <class Rows, class Enum>
const char* find_name(const Rows& rows, Enum value) {
  for (const auto& row : rows) {
    if (row.value == value) return row.name;
  }
  return "unknown";
}

template <class Enum, class Rows>
std::optional<Enum> find_value(const Rows& rows, std::string_view text) {
  for (const auto& row : rows) {
    if (text == row.name) return row.value;
  }
  return std::nullopt;
}

bool strikes_at(const FaultRule& rule, std::uint32_t seen) {
  return seen >= rule.occurrence && seen - rule.occurrence < rule.repeat;
}

}  // namespace

const char* name(FaultPoint point) {
  return find_name(kPoints, point);
}
const char* name(FaultAction action) {
  return find_name(kActions, action);
}
std::optional<FaultPoint> parse_fault_point(std::string_view text) {
  return find_value<FaultPoint>(kPoints, text);
}
std::optional<FaultAction> parse_fault_action(std::string_view text) {
  return find_value<FaultAction>(kActions, text);
}

std::optional<FaultObjection> objection(const FaultRule& rule) {
  const bool strikes_update_message = rule.point == FaultPoint::fwu_start ||
                                      rule.point == FaultPoint::fwu_data ||
                                      rule.point == FaultPoint::fwu_end;
  if (rule.status != 0 && !(strikes_update_message && rule.action == FaultAction::fail)) {
    return FaultObjection{"status",
                          "status goes with action = \"fail\" at fwu_start, fwu_data or fwu_end"};
  }
  if (rule.action == FaultAction::twice && !strikes_update_message)
    return FaultObjection{"action", "only fwu_start, fwu_data and fwu_end can come twice"};
  return std::nullopt;
}

std::optional<FaultRule> FaultPlan::reach(FaultPoint point) {
  ++reached_[static_cast<std::size_t>(point)];
  std::optional<FaultRule> strike;
  for (Armed& armed : armed_) {
    if (armed.rule.point != point) continue;
    ++armed.seen;
    if (strike || !strikes_at(armed.rule, armed.seen)) continue;
    ++armed.fired;
    strike = armed.rule;
    trace_.record({.kind = TraceKind::fault, .a = armed.seen, .text = name(armed.rule.action)});
  }
  return strike;
}

std::vector<FaultRule> FaultPlan::unfired() const {
  std::vector<FaultRule> out;
  for (const Armed& armed : armed_) {
    if (armed.fired == 0) out.push_back(armed.rule);
  }
  return out;
}

void FaultPlan::serialize(Archive& a) {
  a.section("fault_plan");
  auto count = static_cast<std::uint32_t>(armed_.size());
  a.value(count);
  if (a.is_loading()) armed_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    Armed armed;
    if (!a.is_loading()) armed = armed_[i];
    a.value(armed.rule.point);
    a.value(armed.rule.occurrence);
    a.value(armed.rule.action);
    a.value(armed.rule.delay);
    a.value(armed.rule.repeat);
    a.value(armed.rule.status);
    a.value(armed.seen);
    a.value(armed.fired);
    if (a.failed()) return;
    if (a.is_loading()) armed_.push_back(armed);
  }
  for (std::uint64_t& reached : reached_) a.value(reached);
}

}  // namespace emulator::sim
