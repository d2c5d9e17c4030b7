// SPDX-License-Identifier: BSD-3-Clause
// A branch of a history: the board, the host and the updater are one process and one thread, so a
// fork is a copy of all three. Whoever takes a branch never comes back.
#pragma once

#include <cstdint>
#include <functional>

namespace scenarios::explore {

enum class Side : std::uint8_t { trunk, branch, failed };

/// What a branch that is given up has cost, in seconds of processor time.
inline constexpr unsigned kBranchLimitSeconds = 60;

/// From now on this process and its branches keep the memory they free. A branch lives for
/// milliseconds: what it gave back to the system it would ask for again, page by page.
void keep_memory();

/// One more process goes on from here. The trunk is told its id.
struct Fork {
  Side side = Side::failed;
  int id = -1;
};
Fork branch_off();

/// Waits for a branch's end: whether it ended by itself, with status 0.
bool ended_well(int id);

/// Whether `holds` is true on a branch, which is then gone.
bool holds_in_a_branch(const std::function<bool()>& holds);

}  // namespace scenarios::explore
