// SPDX-License-Identifier: BSD-3-Clause
// Another program, as a person who is to end it wants it named.
#pragma once

#include <string>
#include <vector>

namespace os {

struct Process {
  int pid = 0;
  std::string name;  ///< at most 15 bytes, as the kernel keeps it; empty: not known
  bool operator==(const Process&) const = default;
};

/// What runs under that number now. `proc` is where procfs is.
Process process(int pid, const std::string& proc = "/proc");

/// "meupdate (process 812)", "process 812"; several with commas.
std::string to_text(const Process& process);
std::string to_text(const std::vector<Process>& processes);

}  // namespace os
