// SPDX-License-Identifier: BSD-3-Clause
// Files that a subcommand was asked for: tried before the work begins, written when it is done.
#pragma once

#include <string>

namespace scenarios::cli {

/// Said before anything runs: afterwards is late. What goes wrong later is told then. An empty path
/// is no file.
bool can_be_written(const std::string& path);

/// False: it could not be written, which was said.
bool write_report(const std::string& path, const std::string& text);

}  // namespace scenarios::cli
