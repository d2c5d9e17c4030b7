// SPDX-License-Identifier: BSD-3-Clause
// Virtual time as reports show it.
#pragma once

#include <string>

#include "base/clock.h"

namespace emulator::trace {

/// "1min 34.2s", "12.345678s", "250ms": exact, without trailing zeros.
std::string to_text(base::Duration duration);

}  // namespace emulator::trace
