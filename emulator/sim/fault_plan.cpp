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
         rule.chance <= kCertain && rule.bits >= 1;
}

bool is_interrupt(Carries carries) {
  return carries == Carries::interrupt || carries == Carries::doorbell ||
         carries == Carries::interrupt_message;
}

/// Blows that befall one kind of point alone.
struct OwnBlow {
  Blow blow;
  Carries carries;
  const char* what;
};
constexpr OwnBlow kOwnBlows[] = {
    {Blow::decay, Carries::rest, "that befalls power_on alone"},
    {Blow::runaway, Carries::interrupt, "that befalls me_interrupt alone"},
    {Blow::eviction, Carries::tpm_command, "that befalls tpm_command alone"},
    {Blow::lockout, Carries::tpm_command, "that befalls tpm_command alone"}};

/// Points at which little can go wrong, and blows that have a point of their own.
std::optional<FaultObjection> unfit_pair(Carries carries, const FaultActionRow& row) {
  for (const OwnBlow& own : kOwnBlows) {
    if (row.blow == own.blow && carries != own.carries) return FaultObjection{"action", own.what};
  }
  if (carries == Carries::rest && row.blow != Blow::decay)
    return FaultObjection{"action", "power_on takes flip_bits alone"};
  if (is_interrupt(carries) && row.blow == Blow::failure)
    return FaultObjection{"action", "an interrupt is not refused: it is lost (ignore)"};
  const bool loses_or_doubles = row.blow == Blow::silence || row.blow == Blow::repetition;
  if (carries == Carries::interrupt_message && !loses_or_doubles)
    return FaultObjection{"action", "msi takes ignore and twice alone"};
  if (carries == Carries::store && row.blow == Blow::delay)
    return FaultObjection{"action", "tpm_store takes no delay: its flash operations do"};
  return std::nullopt;
}

std::optional<FaultObjection> unfit_bits(const FaultRule& rule) {
  const bool says_bits = rule.bits != 1 || rule.from != 0 || rule.to != 0;
  if (says_bits && !takes_bits(rule.action))
    return FaultObjection{"bits", "bits, from and to go with action = \"flip_bits\""};
  if (rule.to != 0 && (rule.to - rule.from) * std::uint64_t{8} < rule.bits)
    return FaultObjection{"bits", "there are fewer bits between from and to"};
  if (rule.to != 0 && rule.to <= rule.from)
    return FaultObjection{"to", "to must be more than from"};
  return std::nullopt;
}

}  // namespace

std::string to_text(const FaultRule& rule) {
  // A member that is added has to be named here, or this does not compile.
  const auto& [point, occurrence, action, delay, repeat, status, chance, bits, from, to] = rule;
  std::string text = name(point);
  text += ' ' + std::to_string(occurrence) + ' ' + name(action);
  for (const std::int64_t number :
       {std::int64_t{delay.count()}, std::int64_t{repeat}, std::int64_t{status},
        std::int64_t{chance}, std::int64_t{bits}, std::int64_t{from}, std::int64_t{to}})
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
  if (const auto wrong = unfit_pair(carries, row)) return wrong;
  if (const auto wrong = unfit_bits(rule)) return wrong;
  const bool of_flash = row.blow == Blow::pretence || row.blow == Blow::adhesion ||
                        row.moment == Moment::nearly || row.moment == Moment::garbled ||
                        row.moment == Moment::unstable;
  const bool untrue_store = row.blow == Blow::pretence && carries == Carries::store;
  if (of_flash && !untrue_store && carries != Carries::flash_work) {
    return FaultObjection{"action",
                          row.blow == Blow::pretence
                              ? "that befalls flash_program, flash_erase, flash_operation and "
                                "tpm_store alone"
                              : "that befalls flash_program, flash_erase and flash_operation "
                                "alone"};
  }
  const bool to_host = carries == Carries::me_message;
  const bool comes_twice =
      update || to_host || carries == Carries::bus_message || is_interrupt(carries);
  if (row.blow == Blow::repetition && !comes_twice)
    return FaultObjection{
        "action",
        "only fwu_start, fwu_data, fwu_end, hbm_message, me_message, me_interrupt, doorbell "
        "and msi can come twice"};
  if (row.blow == Blow::latch && carries != Carries::start)
    return FaultObjection{"action", "that befalls boot alone"};
  if ((row.blow == Blow::corruption || row.blow == Blow::truncation) && !to_host)
    return FaultObjection{"action", "that befalls me_message alone"};
  return std::nullopt;
}

bool takes_delay(FaultAction action) {
  return row_of(action).blow == Blow::delay;
}

bool takes_bits(FaultAction action) {
  return row_of(action).blow == Blow::decay;
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
    a.value(armed.rule.bits);
    a.value(armed.rule.from);
    a.value(armed.rule.to);
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
