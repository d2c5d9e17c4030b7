// SPDX-License-Identifier: BSD-3-Clause
// A profile in which each value that was measured says where; the rest is that of a machine that
// ships.
#pragma once

#include <string>

#include "base/result.h"
#include "scenarios/measured/measured_board.h"

namespace scenarios::measured {

/// The machine that ships with the same generation of firmware, of the same function where there is
/// one. Errors: not_found (no generation is known, or no machine has it).
base::Result<std::string> nearest_machine(const MeasuredBoard& board);

/// Its text. `machine`: which one it extends; `archive`: the file's name.
std::string profile_text(const MeasuredBoard& board, const std::string& machine,
                         const std::string& archive);

}  // namespace scenarios::measured
