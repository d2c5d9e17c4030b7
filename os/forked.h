// SPDX-License-Identifier: BSD-3-Clause
// A copy of this process. Everything that forks does it here; what becomes another program is
// child_process.h and program_apart.h.
#pragma once

#include <sys/types.h>

#include <optional>

namespace os {

/// Both go on from here. Gives the child's id, 0 in the child; -1: errno says why. What C's streams
/// hold would be written by both: the child ends with _exit(), or they are flushed before.
pid_t fork_here();

/// Waits until the child has ended; the status as waitpid() gives it.
int wait_for(pid_t child);

/// The same status without waiting; nothing while the child runs.
std::optional<int> ended(pid_t child);

}  // namespace os
