// SPDX-License-Identifier: BSD-3-Clause
// Host bus messages in words, for traces.
#pragma once

#include "emulator/sim/message_words.h"

namespace emulator::heci {

/// "HBM", "CONNECT_RES 200103".
extern const sim::MessageWords kHbmWords;

}  // namespace emulator::heci
