// SPDX-License-Identifier: BSD-3-Clause
// One undisturbed run of the explored update: what can be struck, and what the board is like before
// and afterwards.
#pragma once

#include <cstdint>
#include <vector>

#include "emulator/firmware/update_session.h"
#include "scenarios/explore/stage.h"
#include "scenarios/explore/strike.h"

namespace scenarios::explore {

/// A point, the n-th time it is reached since the update began, and how far the update was.
struct Place {
  FaultPoint point{};
  std::uint32_t count = 0;
  emulator::firmware::SessionState phase{};
};

struct Survey {
  std::vector<Place> places;  ///< in the order in which they come
  emulator::firmware::Layout layout;
  BoardState before;
  BoardState after;  ///< the update, and a loss of power
  std::vector<std::string> secrets;
};

/// Errors: invalid (the story has no update, or it does not go through when nothing strikes: there
/// is nothing to compare with).
base::Result<Survey> survey(const Scenario& story, const std::string& scratch);

}  // namespace scenarios::explore
