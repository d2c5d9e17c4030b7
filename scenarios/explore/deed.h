// SPDX-License-Identifier: BSD-3-Clause
// What can befall an update, and at which points: the fault plan's actions, and what happens to the
// program or its computer instead. An explorer tries every deed that has a row at a point.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "emulator/sim/fault_kinds.h"
#include "scenarios/engine/step.h"

namespace scenarios::explore {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using engine::Disturbance;

/// The actions of the fault plan under their own numbers, then what happens on the host's side,
/// then answers of the TPM that ask for another try or refuse one, then what does not end.
#define MEBENCH_NAME(name, ...) name,
enum class Deed : std::uint8_t {
  MEBENCH_FAULT_ACTIONS(MEBENCH_NAME) kill,
  stop,
  reset_link,
  reset_host,
  suspend,
  jump_clock,
  fail_retry,
  fail_needs_self_test,
  fail_doing_self_test,
  fail_resources,
  fail_locked,
  ignore_always,
};
#undef MEBENCH_NAME

const char* name(Deed deed);
std::optional<Deed> parse_deed(std::string_view text);

/// Nothing: it happens on the host's side.
std::optional<FaultAction> fault_of(Deed deed);
/// The return code of a `fail_...`; 0 of anything else.
std::uint32_t status_of(Deed deed);
/// Nothing: it is a fault of the board.
std::optional<Disturbance> disturbance_of(Deed deed);
/// From its place on, at each of its kind.
bool strikes_on(Deed deed);
/// Nothing but what the updater or the board refuses, or a person, keeps it from going through:
/// who comes back and follows the words ends with the new code.
bool can_be_overcome(Deed deed);
/// All power goes, and every program with it.
bool takes_all_power(Deed deed);

/// What an explorer tries at a point, in this order; empty at points that others stand for.
std::span<const Deed> deeds_at(FaultPoint point);

}  // namespace scenarios::explore
