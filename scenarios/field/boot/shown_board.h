// SPDX-License-Identifier: BSD-3-Clause
// Boards that the same report shows beside a kernel's log: what is observed goes before a stand-in.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/boards/reported_board.h"
#include "scenarios/field/replay/field_bench.h"

namespace scenarios::field {

struct ShownBoard {
  ReportedBoard state;
  std::string profile;   ///< as a file that load_profile() reads
  std::string shown_by;  ///< "meinfo.txt:1-40"
  bool has_tpm = false;
};

/// The states of which a log shows the firmware; the rest would be a stand-in, too.
std::vector<ShownBoard> shown_boards(const FieldBench& bench);

/// The one that a kernel's log is of: of the machine that a heading names, else the only one there
/// is, else the only one in its file; as it was shown last before the log. Null: none of them, or
/// nobody can tell which.
const ShownBoard* board_of(const ToolRun& run, const std::vector<ShownBoard>& boards);

}  // namespace scenarios::field
