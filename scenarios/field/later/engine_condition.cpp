// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/engine_condition.h"

#include <algorithm>
#include <array>

#include "protocol/heci/firmware_status.h"

namespace scenarios::field {
namespace {

using protocol::heci::Hfs1;
using protocol::heci::Hfs2;
using protocol::heci::OperationMode;
using protocol::heci::StatusError;
using protocol::heci::WorkingState;

struct ConditionRow {
  EngineCondition condition;
  std::string_view name;
  std::string_view means;
};
constexpr std::array kConditions = {
    ConditionRow{EngineCondition::runs, "runs", "the engine runs"},
    ConditionRow{EngineCondition::update_failed, "update failed",
                 "the engine runs, and its last update failed while it wrote"},
    ConditionRow{
        EngineCondition::second_lost, "recovery, NFTP lost",
        "the engine runs its recovery code: an update was cut before the second part of its "
        "code (NFTP) was whole"},
    ConditionRow{EngineCondition::first_lost, "recovery, FTPR lost",
                 "the engine runs the copy of its first code: an update was cut while that code "
                 "(FTPR) was written"},
    ConditionRow{
        EngineCondition::no_code, "no code",
        "the engine finds no code that it may run: its image is damaged, or somebody cleaned "
        "it"},
    ConditionRow{EngineCondition::not_ready, "not ready",
                 "the engine does not come up: told to stop early, halted, or hanging"},
};

const ConditionRow& row_of(EngineCondition condition) {
  return *std::find_if(kConditions.begin(), kConditions.end(),
                       [&](const ConditionRow& row) { return row.condition == condition; });
}

template <class Word>
constexpr std::uint32_t bits_of(Word word) {
  return static_cast<std::uint32_t>(word);
}

}  // namespace

std::string_view name(EngineCondition condition) {
  return row_of(condition).name;
}

std::string_view means(EngineCondition condition) {
  return row_of(condition).means;
}

bool answers(EngineCondition condition) {
  return condition != EngineCondition::no_code && condition != EngineCondition::not_ready;
}

EngineCondition condition_of(std::span<const std::uint32_t> words, std::uint16_t generation) {
  constexpr std::uint32_t kUpdating = 7;  // phase, to ME 10
  const auto status = protocol::heci::read_status(words, generation);
  if (!status || !status->documented()) return EngineCondition::runs;
  const auto first = status->first();
  const bool csme = is_csme(status->layout);
  if (first[Hfs1::state] == bits_of(WorkingState::recovery)) {
    const bool lost = first[Hfs1::bring_up_load_failure] != 0;
    return lost ? EngineCondition::first_lost : EngineCondition::second_lost;
  }
  if (first[Hfs1::state] == bits_of(WorkingState::normal) && first[Hfs1::init_complete] != 0) {
    const auto second = status->second();
    const bool failed = !csme && second && (*second)[Hfs2::phase] == kUpdating;
    return failed ? EngineCondition::update_failed : EngineCondition::runs;
  }
  if (first[Hfs1::error] == bits_of(StatusError::image_failure)) return EngineCondition::no_code;
  return EngineCondition::not_ready;
}

}  // namespace scenarios::field
