// SPDX-License-Identifier: BSD-3-Clause
// One line of a log as it is understood by itself: which tool speaks, in which kind of line, and
// what it tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/firmware_version.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// A fact, and its value as it stands in the line, without label.
struct Told {
  Fact fact = Fact::error;
  std::string value;
};

struct Recognised {
  LineKind kind = LineKind::unknown;
  Tool tool = Tool::unknown;                         ///< whose line it is; unknown: anybody's
  std::optional<protocol::FirmwareVersion> version;  ///< banner
  std::vector<std::string> words;                    ///< command
  std::vector<Told> told;
  bool opens = false;            ///< only stands at the beginning of its tool's output
  bool joins = false;            ///< belongs to the run that is open, whichever tool's
  std::uint16_t generation = 0;  ///< of the dialect, where the line tells
};

}  // namespace scenarios::field
