// SPDX-License-Identifier: BSD-3-Clause
// What happened in a replay, as few rows as tell it.
#pragma once

#include <vector>

#include "scenarios/field/replay/timeline.h"
#include "scenarios/page/sequence.h"

namespace scenarios::field {

/// Of what a trace holds (Replayed::timeline), its first 80 rows. Answers that say nothing but
/// "well", and the link's own accounts, are left out.
std::vector<page::SequenceRow> sequence_of(const std::vector<TimelineRecord>& timeline);

}  // namespace scenarios::field
