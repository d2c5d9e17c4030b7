// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/fault_text.h"

#include <fmt/format.h>

#include <charconv>

#include "emulator/attach/qemu/split_text.h"

namespace emulator::attach::qemu {
namespace {

using base::Errc;
using base::Error;
using base::Result;

Error not_a_fault(std::string_view entry, std::string_view why) {
  return {Errc::invalid,
          fmt::format("fault \"{}\": {}; such as flash_program@40=power_cut_inside", entry, why)};
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc() || stopped != end) return std::nullopt;
  return value;
}

Result<sim::FaultRule> read_fault(std::string_view entry) {
  const std::size_t equals = entry.find('=');
  const std::size_t at = entry.find('@');
  if (equals == std::string_view::npos || at == std::string_view::npos || at > equals)
    return not_a_fault(entry, "must be POINT@N=ACTION");
  const std::string_view tail = entry.substr(equals + 1);
  const std::size_t colon = tail.find(':');
  const auto point = sim::parse_fault_point(entry.substr(0, at));
  const auto occurrence = number(entry.substr(at + 1, equals - at - 1));
  const auto action = sim::parse_fault_action(tail.substr(0, colon));
  if (!point) return not_a_fault(entry, "there is no such point");
  if (!occurrence || *occurrence == 0) return not_a_fault(entry, "N counts from 1");
  if (!action) return not_a_fault(entry, "there is no such action");
  sim::FaultRule rule{.point = *point, .occurrence = *occurrence, .action = *action};
  const bool delays = sim::takes_delay(*action);
  if (delays != (colon != std::string_view::npos))
    return not_a_fault(entry, "delay, and nothing else, has :MILLISECONDS behind it");
  if (!delays) return rule;
  const auto delay = number(tail.substr(colon + 1));
  if (!delay) return not_a_fault(entry, "the delay is a number of milliseconds");
  rule.delay = std::chrono::milliseconds(*delay);
  return rule;
}

}  // namespace

Result<std::vector<sim::FaultRule>> read_faults(std::string_view text) {
  std::vector<sim::FaultRule> rules;
  for (const std::string& entry : split(text, ';')) {
    const auto rule = read_fault(entry);
    if (!rule) return rule.error();
    rules.push_back(*rule);
  }
  return rules;
}

}  // namespace emulator::attach::qemu
