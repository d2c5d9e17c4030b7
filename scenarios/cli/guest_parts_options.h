// SPDX-License-Identifier: BSD-3-Clause
// The options that name what a guest is made of, for every subcommand that boots one.
#pragma once

#include <CLI/CLI.hpp>

#include "scenarios/guest/guest_parts.h"

namespace scenarios::cli {

/// --kernel, --cpu, --memory, --qemu and --plugin.
void add_guest_parts(CLI::App& command, guest::GuestParts& parts);

}  // namespace scenarios::cli
