// SPDX-License-Identifier: BSD-3-Clause
// Whether somebody asked this process to end: Ctrl-C, or SIGTERM from what started it.
#pragma once

namespace scenarios::cli {

/// From here on SIGINT and SIGTERM are noted and end no wait but the one they come in. A second one
/// ends the process as ever.
void watch_for_interruption();
bool interrupted();
}  // namespace scenarios::cli
