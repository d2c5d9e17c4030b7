// SPDX-License-Identifier: BSD-3-Clause
// Expectations against what there is. Each function gives what does not agree; nothing means all is
// well.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/machine/machine.h"
#include "scenarios/engine/expectation.h"
#include "scenarios/engine/step_outcome.h"

namespace scenarios::engine {

/// `value` against low and high, as numbers where there is a high end, else as text.
bool agrees(const FactExpectation& expected, const std::string& value);

Mismatches check_facts(const std::vector<FactExpectation>& expected,
                       emulator::machine::Machine& machine);

/// `stream` is "standard output" or "standard error".
Mismatches check_text(const TextExpectation& expected, const std::string& text,
                      const std::string& stream, const config::Place& place);

}  // namespace scenarios::engine
