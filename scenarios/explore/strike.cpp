// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/strike.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace scenarios::explore {
namespace {

constexpr std::string_view kNone = "none";

base::Error no_id(std::string_view part, std::string_view why) {
  return {base::Errc::invalid,
          fmt::format("\"{}\" is no part of an id: {}. One looks like "
                      "flash_operation:17:power_cut_inside, several have + between them",
                      part, why)};
}

base::Result<Strike> parse_part(std::string_view part) {
  const std::size_t first = part.find(':');
  const std::size_t second = first == std::string_view::npos ? first : part.find(':', first + 1);
  if (second == std::string_view::npos) return no_id(part, "it must be POINT:COUNT:ACTION");
  const auto point = emulator::sim::parse_fault_point(part.substr(0, first));
  if (!point) return no_id(part, "there is no such point");
  const std::string_view digits = part.substr(first + 1, second - first - 1);
  std::uint32_t count = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (failure != std::errc() || end != digits.data() + digits.size() || count == 0)
    return no_id(part, "COUNT must be a number from 1");
  const auto deed = parse_deed(part.substr(second + 1));
  if (!deed) return no_id(part, "there is no such action");
  const auto deeds = deeds_at(*point);
  if (std::find(deeds.begin(), deeds.end(), *deed) == deeds.end())
    return no_id(part, fmt::format("{} does not go with {}", name(*deed), name(*point)));
  return Strike{.point = *point, .count = count, .deed = *deed};
}

}  // namespace

emulator::sim::FaultRule rule_of(const Strike& strike) {
  const FaultAction action = *fault_of(strike.deed);
  return {.point = strike.point,
          .action = action,
          .delay = emulator::sim::takes_delay(action) ? kDelay : base::Duration{},
          .status = status_of(strike.deed)};
}

std::string to_text(const Strike& strike) {
  return fmt::format("{}:{}:{}", name(strike.point), strike.count, name(strike.deed));
}

std::string id_of(const std::vector<Strike>& strikes) {
  if (strikes.empty()) return std::string(kNone);
  std::string id;
  for (const Strike& strike : strikes) id += (id.empty() ? "" : "+") + to_text(strike);
  return id;
}

base::Result<std::vector<Strike>> parse_id(std::string_view id) {
  std::vector<Strike> strikes;
  if (id == kNone) return strikes;
  for (std::size_t at = 0; at <= id.size();) {
    const std::size_t plus = std::min(id.find('+', at), id.size());
    auto strike = parse_part(id.substr(at, plus - at));
    if (!strike) return strike.error();
    strikes.push_back(*strike);
    at = plus + 1;
  }
  return strikes;
}

}  // namespace scenarios::explore
