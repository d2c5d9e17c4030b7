// SPDX-License-Identifier: BSD-3-Clause
// The way from a mebench::Board to its machine, for the other faces of the same board.
#pragma once

#include <mebench/board.h>

#include "face/board/parts.h"

namespace mebench {

struct [[gnu::visibility("hidden")]] BoardInside{
    static emulator::machine::Machine & machine(Board & board){return *board.parts_->machine;
}
}
;

}  // namespace mebench
