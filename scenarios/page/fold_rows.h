// SPDX-License-Identifier: BSD-3-Clause
// A long sequence in few rows.
#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/page/sequence.h"

namespace scenarios::page {

/// Two to six rows that come again and again, one behind the other, are kept once, with a row of
/// Kind::again behind them that counts the others and stands at the time of the last one.
std::vector<SequenceRow> folded(const std::vector<SequenceRow>& rows);

/// At most about `most` rows: the first and the last of them, steps and faults with two rows on
/// each side. Kind::left_out stands for the others and counts them.
std::vector<SequenceRow> shortened(std::vector<SequenceRow> rows, std::size_t most);

}  // namespace scenarios::page
