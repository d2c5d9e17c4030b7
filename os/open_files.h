// SPDX-License-Identifier: BSD-3-Clause
// Which programs have a file or device open, as procfs tells it (proc_pid_fd(5)).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "os/process.h"

namespace os {

/// Whether every process could be looked at: without root only one's own can.
enum class Seen : std::uint8_t { all, own_only };

struct WhoHasOpen {
  std::vector<Process> processes;  ///< by number; this one is never among them
  Seen seen = Seen::all;
};

/// A device is the same under every name: its number is compared. Nobody where `path` is not there.
WhoHasOpen who_has_open(const std::string& path, const std::string& proc = "/proc");

/// `busy`, the error of opening or using `path`, with who has it open. An error of another kind
/// stays as it is.
base::Error with_holders(base::Error busy, const std::string& path,
                         const std::string& proc = "/proc");

/// "lms (process 812)"; where nobody was found and not everybody seen, who could tell.
std::string to_text(const WhoHasOpen& who);

}  // namespace os
