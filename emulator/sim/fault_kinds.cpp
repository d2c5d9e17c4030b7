// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/sim/fault_kinds.h"

#include <array>

namespace emulator::sim {
namespace {

#define MEBENCH_ROW(name, carries, meaning) \
  FaultPointRow{FaultPoint::name, #name, Carries::carries, meaning},
constexpr std::array kPoints = {MEBENCH_FAULT_POINTS(MEBENCH_ROW)};
#undef MEBENCH_ROW

#define MEBENCH_ROW(name, blow, loss, moment) \
  FaultActionRow{FaultAction::name, #name, Blow::blow, Loss::loss, Moment::moment},
constexpr std::array kActions = {MEBENCH_FAULT_ACTIONS(MEBENCH_ROW)};
#undef MEBENCH_ROW

}  // namespace

const FaultPointRow& row_of(FaultPoint point) {
  return kPoints.at(static_cast<std::size_t>(point));
}
const FaultActionRow& row_of(FaultAction action) {
  return kActions.at(static_cast<std::size_t>(action));
}

const char* name(FaultPoint point) {
  return row_of(point).name;
}
const char* name(FaultAction action) {
  return row_of(action).name;
}

std::optional<FaultPoint> parse_fault_point(std::string_view text) {
  for (const FaultPointRow& row : kPoints) {
    if (text == row.name) return row.point;
  }
  return std::nullopt;
}

std::optional<FaultAction> parse_fault_action(std::string_view text) {
  for (const FaultActionRow& row : kActions) {
    if (text == row.name) return row.action;
  }
  return std::nullopt;
}

}  // namespace emulator::sim
