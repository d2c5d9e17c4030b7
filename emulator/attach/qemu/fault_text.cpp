// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/fault_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

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

struct Key {
  std::string_view name;
  std::uint32_t sim::FaultRule::*value;
};
/// The keys of a story's fault.
constexpr Key kKeys[] = {{"repeat", &sim::FaultRule::repeat}, {"chance", &sim::FaultRule::chance},
                         {"status", &sim::FaultRule::status}, {"bits", &sim::FaultRule::bits},
                         {"from", &sim::FaultRule::from},     {"to", &sim::FaultRule::to}};

/// What is wrong with "KEY=NUMBER"; null: nothing.
const char* read_key(std::string_view text, sim::FaultRule& rule) {
  const std::size_t equals = text.find('=');
  const Key* const key = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const Key& one) {
    return one.name == text.substr(0, equals);
  });
  if (key == std::end(kKeys)) return "the keys are repeat, chance, status, bits, from and to";
  const auto value = number(equals == std::string_view::npos ? "" : text.substr(equals + 1));
  if (!value) return "a key has =NUMBER behind it";
  rule.*key->value = *value;
  const bool counts = rule.repeat > 0 && rule.bits > 0 && rule.chance > 0;
  return counts && rule.chance <= sim::kCertain
             ? nullptr
             : "repeat and bits count from 1, chance is 1 to 100";
}

/// "ACTION" or "delay:MILLISECONDS". What is wrong with it; null: nothing.
const char* read_action(std::string_view text, sim::FaultRule& rule) {
  const std::size_t colon = text.find(':');
  const auto action = sim::parse_fault_action(text.substr(0, colon));
  if (!action) return "there is no such action";
  rule.action = *action;
  const bool delays = sim::takes_delay(*action);
  if (delays != (colon != std::string_view::npos))
    return "delay, and nothing else, has :MILLISECONDS behind it";
  if (!delays) return nullptr;
  const auto delay = number(text.substr(colon + 1));
  if (!delay) return "the delay is a number of milliseconds";
  rule.delay = std::chrono::milliseconds(*delay);
  return nullptr;
}

Result<sim::FaultRule> read_fault(std::string_view entry) {
  const std::size_t equals = entry.find('=');
  const std::size_t at = entry.find('@');
  if (equals == std::string_view::npos || at == std::string_view::npos || at > equals)
    return not_a_fault(entry, "must be POINT@N=ACTION");
  const auto point = sim::parse_fault_point(entry.substr(0, at));
  const auto occurrence = number(entry.substr(at + 1, equals - at - 1));
  if (!point) return not_a_fault(entry, "there is no such point");
  if (!occurrence || *occurrence == 0) return not_a_fault(entry, "N counts from 1");
  sim::FaultRule rule{.point = *point, .occurrence = *occurrence};
  const std::vector<std::string> words = split(entry.substr(equals + 1), ',');
  const char* wrong = read_action(words.empty() ? "" : words.front(), rule);
  for (std::size_t i = 1; i < words.size() && wrong == nullptr; ++i)
    wrong = read_key(words[i], rule);
  if (wrong != nullptr) return not_a_fault(entry, wrong);
  if (const auto unfit = sim::objection(rule)) return not_a_fault(entry, unfit->what);
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
