// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/sim/fault_plan.h"

#include "base/promise.h"
#include "emulator/sim/random.h"

namespace emulator::sim {
namespace {

bool may_strike_at(const FaultRule& rule, std::uint32_t seen) {
  return seen >= rule.occurrence && seen - rule.occurrence < rule.repeat;
}

bool is_known(const FaultRule& rule) {
  return static_cast<std::size_t>(rule.point) < kFaultPointCount &&
         static_cast<std::size_t>(rule.action) < kFaultActionCount && rule.chance >= 1 &&
         rule.chance <= kCertain;
}

}  // namespace

std::string to_text(const FaultRule& rule) {
  // A member that is added has to be named here, or this does not compile.
  const auto& [point, occurrence, action, delay, repeat, status, chance] = rule;
  std::string text = name(point);
  text += ' ' + std::to_string(occurrence) + ' ' + name(action);
  for (const std::int64_t number : {std::int64_t{delay.count()}, std::int64_t{repeat},
                                    std::int64_t{status}, std::int64_t{chance}})
    text += ' ' + std::to_string(number);
  return text;
}

std::optional<FaultObjection> objection(const FaultRule& rule) {
  const Carries carries = row_of(rule.point).carries;
  const bool update = carries == Carries::update_message;
  const FaultActionRow& row = row_of(rule.action);
  const bool refusable = update || carries == Carries::tpm_command;
  if (rule.status != 0 && !(refusable && row.blow == Blow::failure)) {
    return FaultObjection{"status",
                          "status goes with action = \"fail\" at fwu_start, fwu_data, fwu_end or "
                          "tpm_command"};
  }
  const bool of_flash =
      row.blow == Blow::pretence || row.moment == Moment::nearly || row.moment == Moment::garbled;
  if (of_flash && carries != Carries::flash_work) {
    return FaultObjection{"action",
                          "that befalls flash_program, flash_erase and flash_operation alone"};
  }
  const bool to_host = carries == Carries::me_message;
  const bool comes_twice = update || to_host || carries == Carries::bus_message;
  if (row.blow == Blow::repetition && !comes_twice)
    return FaultObjection{
        "action", "only fwu_start, fwu_data, fwu_end, hbm_message and me_message can come twice"};
  if (row.blow == Blow::latch && carries != Carries::start)
    return FaultObjection{"action", "that befalls boot alone"};
  if ((row.blow == Blow::corruption || row.blow == Blow::truncation) && !to_host)
    return FaultObjection{"action", "that befalls me_message alone"};
  return std::nullopt;
}

bool takes_delay(FaultAction action) {
  return row_of(action).blow == Blow::delay;
}

FaultId FaultPlan::arm(const FaultRule& rule) {
  MEBENCH_PROMISE(rule.occurrence > 0 && rule.repeat > 0, "occurrences count from 1");
  MEBENCH_PROMISE(rule.chance > 0 && rule.chance <= kCertain, "a chance is 1 to 100 in a hundred");
  const auto id = static_cast<FaultId>(ever_armed_++);
  armed_.push_back({.id = id, .rule = rule});
  return id;
}

std::optional<FaultRule> FaultPlan::reach(FaultPoint point) {
  const std::uint64_t count = ++reached_[static_cast<std::size_t>(point)];
  if (crossroads_ == nullptr && armed_.empty()) return std::nullopt;  // nearly always
  std::optional<FaultRule> strike;
  if (crossroads_ != nullptr) strike = crossroads_->reached(point, count);
  if (strike) {
    trace_.record({.kind = TraceKind::fault,
                   .a = static_cast<std::uint32_t>(count),
                   .text = name(strike->action)});
  }
  for (Armed& armed : armed_) {
    if (armed.rule.point != point) continue;
    ++armed.seen;
    if (strike || !strikes(armed)) continue;
    ++armed.fired;
    strike = armed.rule;
    trace_.record({.kind = TraceKind::fault, .a = armed.seen, .text = name(armed.rule.action)});
  }
  return strike;
}

/// No state of its own: the same occurrence of the same rule has the same luck, whatever else
/// happens meanwhile.
bool FaultPlan::strikes(const Armed& armed) const {
  if (!may_strike_at(armed.rule, armed.seen)) return false;
  if (armed.rule.chance == kCertain) return true;
  const auto id = static_cast<std::uint64_t>(armed.id);
  return mixed(mixed(seed_ + kRandomStep) ^ (id << 32 | armed.seen)) % kCertain < armed.rule.chance;
}

std::vector<ArmedFault> FaultPlan::unfired() const {
  std::vector<ArmedFault> out;
  for (const Armed& armed : armed_) {
    if (armed.fired == 0) out.push_back({.id = armed.id, .rule = armed.rule});
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
    a.value(armed.id);
    a.value(armed.rule.point);
    a.value(armed.rule.occurrence);
    a.value(armed.rule.action);
    a.value(armed.rule.delay);
    a.value(armed.rule.repeat);
    a.value(armed.rule.status);
    a.value(armed.rule.chance);
    a.value(armed.seen);
    a.value(armed.fired);
    if (!is_known(armed.rule)) a.fail("fault_plan: a fault of an unknown kind");
    if (a.failed()) return;
    if (a.is_loading()) armed_.push_back(armed);
  }
  a.value(ever_armed_);
  for (std::uint64_t& reached : reached_) a.value(reached);
}

}  // namespace emulator::sim
