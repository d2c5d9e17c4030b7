// SPDX-License-Identifier: BSD-3-Clause
// The same update, carried out beforehand on a simulated board that is made of a dump of the real
// one's flash: how it ended, and in what that board is another than the real one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"

namespace updater::update {

enum class RehearsalEnd : std::uint8_t {
  updated,       ///< the simulated board runs the image's version
  refused,       ///< nothing was written: a plan for that board is a refusal
  failed,        ///< it was begun and did not end in the new version
  not_possible,  ///< no such board can be made of the dump
};
const char* name(RehearsalEnd end);

struct Rehearsal {
  RehearsalEnd end = RehearsalEnd::not_possible;
  std::string what;                ///< a sentence: how it ended, or why there was none
  std::vector<std::string> apart;  ///< what was not rehearsed, and what was assumed for it
  base::Duration took{};           ///< on the simulated board's clock
};

/// Whether the real board may be written to after it.
bool allows_writing(const Rehearsal& rehearsal);

}  // namespace updater::update
