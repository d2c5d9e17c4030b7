// SPDX-License-Identifier: BSD-3-Clause
// Where two logs of one board tell different things: it was in two states, or one tool misread it.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/boards/reported_board.h"

namespace scenarios::field {

/// Two lines that cannot both be true of one state. Of one board they are two states of it, of two
/// boards nothing at all: only the first kind is listed.
struct Contradiction {
  Fact fact = Fact::error;
  Observation first;
  Observation second;
  std::string
      misread;  ///< what kept a tool from reading the one or the other; empty: nothing known
};

/// Between states of the same board, one for each pair of values.
std::vector<Contradiction> contradictions(const std::vector<ReportedBoard>& states);

}  // namespace scenarios::field
