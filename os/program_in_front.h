// SPDX-License-Identifier: BSD-3-Clause
// Another program in this one's place at the terminal: the inputs and outputs are ours, the
// environment is its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.h"

namespace os {

/// `words[0]` is found as a shell finds it; `environment` is of "NAME=value". The child's id, for
/// ended() and wait_for() (forked.h). Errors: not_found, permission, io.
base::Result<pid_t> start_in_front(std::vector<std::string> words,
                                   std::vector<std::string> environment);

}  // namespace os
