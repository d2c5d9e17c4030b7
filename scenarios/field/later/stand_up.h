// SPDX-License-Identifier: BSD-3-Clause
// A board of ME 6 or later brought into a condition, and what a tool prints there: one story, told
// once. Boards are small, so that an update takes seconds of virtual time and little of ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/field/later/cause.h"
#include "scenarios/field/later/engine_condition.h"
#include "scenarios/field/later/era_info.h"
#include "scenarios/field/later/era_tool.h"

namespace scenarios::field {

/// What is played on a board.
struct LaterStory {
  std::string profile;  ///< a file
  EngineCondition condition = EngineCondition::runs;
  /// What befell the update; null: none is tried.
  const Cause* cause = nullptr;
  protocol::FirmwareVersion image;  ///< the update's file, as it would be if nothing were wrong
  /// In which stage of how many a flash fault strikes; 0: in the middle of the writing.
  std::uint32_t stage = 0;
  std::uint32_t stages = 0;
  /// Of an engine that refuses the file (BoardFault::refuses): with what.
  std::uint32_t refusal = 0;
  /// Who sends the file.
  enum class Sender : std::uint8_t { tool, bios } sender = Sender::tool;
  std::optional<EraInfo> info;  ///< MEInfo is run, instead of the update tool
  /// What a person does about it afterwards, and tries the update once more.
  Remedy remedy = Remedy::none;
};

struct LaterPlayed {
  std::string printed;               ///< of the tool
  std::vector<std::uint32_t> words;  ///< the board's status words before anybody asked
  std::string version;               ///< of the code that runs, "9.1.0.1120"
  bool remedied = false;             ///< the remedy's update runs behind a restart
};

/// `scratch` is a folder for files. Errors: invalid (the board cannot be made, or does not come
/// into the condition; says which).
base::Result<LaterPlayed> play(const LaterStory& story, const std::string& scratch);

}  // namespace scenarios::field
