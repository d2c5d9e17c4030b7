// SPDX-License-Identifier: BSD-3-Clause
// `mesim guest`: boots Linux on a simulated board in QEMU and runs a command there.
#pragma once

#include <string>
#include <vector>

#include "scenarios/guest/guest_parts.h"
#include "scenarios/guest/initramfs.h"
#include "scenarios/guest/virtual_machine.h"

namespace CLI {
class App;
}

namespace scenarios::cli {

struct GuestArguments {
  guest::GuestParts parts = guest::parts_beside_program();
  guest::VirtualMachine machine;
  guest::InitramfsContents contents;
  std::string console;   ///< file for the kernel's console; empty: none, "-": standard error
  unsigned limit = 300;  ///< seconds
};

/// The subcommand with its options, whose values go to `arguments`.
CLI::App* add_guest(CLI::App& app, GuestArguments& arguments);

/// The command's exit status. 124: the limit came or somebody interrupted; 125: there was no guest
/// to run it in; 137: the guest lost its power first, asked for or by a fault.
int run_in_guest(const GuestArguments& arguments);

/// The same, and gives what the command printed. Errors: invalid (its exit status was not 0),
/// others (there was no guest; why).
base::Result<std::string> output_in_guest(const GuestArguments& arguments);

}  // namespace scenarios::cli
