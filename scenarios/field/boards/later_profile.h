// SPDX-License-Identifier: BSD-3-Clause
// A machine profile for a board of ME 6 or later: the generation's board (later_base.h), and over
// it what the logs tell, each value with its line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/boards/later_base.h"
#include "scenarios/field/boards/profile_value.h"
#include "scenarios/field/boards/reported_board.h"

namespace scenarios::field {

/// Firmware status words as a log has them.
struct SeenWords {
  std::vector<std::uint32_t> words;  ///< word 1 first
  LogLine line;                      ///< of word 1
  /// Whether firmware shows them that does not run as it should: then they are those of its
  /// trouble, and what it shows without it is not known.
  enum class While : std::uint8_t {
    running,
    failed,  ///< behind an update that failed
    disturbed
  } seen_while = While::running;
};

/// What is known of a board before its values are written.
struct LaterMake {
  std::uint16_t generation = 0;
  std::string why_generation;  ///< "FW Version \"9.1.2.1000\" at log.txt:3"
  const LaterBase* base = nullptr;
  std::optional<SeenWords> words;
};

/// The profile that it extends.
std::string_view base_profile(const LaterMake& make, const ReportedBoard& state);

/// `states[index]`, of later_states_of(), as a profile that extends base_profile().
std::vector<ProfileValue> later_profile(const std::vector<ReportedBoard>& states, std::size_t index,
                                        const LaterMake& make);

}  // namespace scenarios::field
