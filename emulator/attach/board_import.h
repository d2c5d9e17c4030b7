// SPDX-License-Identifier: BSD-3-Clause
// A dump of a whole flash becomes a board that a folder keeps.
#pragma once

#include "emulator/attach/flash_dump.h"
#include "emulator/attach/kept_board.h"

namespace emulator::attach {

/// The board that `choice` names, with `dump` as its flash, is kept in choice.state_dir from here
/// on. A folder that keeps a board already is left as it is; one that holds the very flash and
/// has lost its description gets a new one. Errors: invalid (the choice, those of read_dump(),
/// and an objection to the dump), unsupported (those of read_dump()), not_found (no such
/// machine), busy, io.
base::Result<DumpContents> import_board(const BoardChoice& choice, FlashDump dump, Damage damage);

}  // namespace emulator::attach
