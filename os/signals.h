// SPDX-License-Identifier: BSD-3-Clause
// Signals that end programs: which are ignored, and how one is caught.
#pragma once

#include <csignal>

namespace os {

/// A write to a pipe that nobody reads any more fails with EPIPE, and nothing else happens.
void ignore_broken_pipes();

/// Whether whoever started this program wants `number` ignored: nohup, a shell's background job.
bool is_ignored(int number);

enum class Caught {
  always,
  once,  ///< the second one does what it would have done
};
/// `handler` is called from now on; calls that it interrupts fail with EINTR. It may do what
/// signal-safety(7) allows. Gives what was in force.
struct sigaction catch_signal(int number, void (*handler)(int), Caught caught);
void restore_signal(int number, const struct sigaction& before);

}  // namespace os
