// SPDX-License-Identifier: BSD-3-Clause
// What mesim's exit statuses mean, in every subcommand. The one table of them; --help prints it,
// and a test holds the manuals against it.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/engine/exit_status.h"

namespace scenarios::cli {

/// "Exit status: 0 ..., 2 ...", in lines of at most 100 columns that end in a newline. `command` is
/// one of mesim's ("image build"), whose statuses are in the table.
std::string exit_status_help(std::string_view command);

}  // namespace scenarios::cli
