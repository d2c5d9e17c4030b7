// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/guest_command.h"
#include "scenarios/cli/guest_parts_options.h"
#include "updater/cli/choice.h"

namespace scenarios::cli {

CLI::App* add_guest(CLI::App& app, GuestArguments& arguments) {
  using guest::MeiDriver;
  using guest::Speed;
  using guest::VirtualMachine;
  CLI::App* command = app.add_subcommand(
      "guest", "Boot Linux on a simulated board in QEMU and run a command there");
  VirtualMachine& machine = arguments.machine;
  command->add_option("COMMAND", arguments.contents.command, "What to run, after --")->required();
  command->add_option("--machine", machine.machine, "The board: a profile's name or file")
      ->type_name("MACHINE");
  command
      ->add_option("--set", machine.set,
                   "Change a value of the profile; KEY=@FILE reads it from a file")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("--state", machine.state, "Keep the board here, as meupdate --state does")
      ->type_name("DIR");
  command->add_option("--faults", machine.faults, "What will go wrong: POINT@N=ACTION;...")
      ->type_name("FAULTS");
  command->add_option("--trace", machine.trace, "Write all that happened, one JSON object a line")
      ->type_name("FILE");
  updater::cli::add_choice<guest::Attach>(
      *command, "--attach", machine.attach,
      {{"plugin", guest::Attach::plugin}, {"vfio-user", guest::Attach::vfio_user}},
      "plugin (in QEMU's process, default) or vfio-user (mesim serve and QEMU 10.1 or later)");
  command->add_option("--file", arguments.contents.files, "Have this file in the guest's /files")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--append", machine.append, "More of the kernel's command line")
      ->type_name("WORDS");
  command->add_option("--tpm-hid", machine.tpm_hid, "ACPI hardware ID of the TPM [the machine's]")
      ->type_name("ID");
  command->add_flag_callback(
      "--no-tpm", [&machine] { machine.tpm = VirtualMachine::Tpm::none; },
      "Leave the TPM's registers out; a machine without a TPM has none in any case");
  command->add_flag_callback(
      "--no-driver", [&arguments] { arguments.contents.driver = MeiDriver::absent; },
      "Load no driver for the HECI function");
  command->add_flag_callback(
      "--real-time", [&machine] { machine.speed = Speed::real; },
      "Let the guest's time pass as fast as the host's; else its idle time is left out");
  command->add_option("--console", arguments.console, "Write the kernel's console here")
      ->type_name("FILE");
  command->add_option("--limit", arguments.limit, "Seconds until it is given up [300]")
      ->type_name("N")
      ->check(CLI::Range(1, 86400));
  add_guest_parts(*command, arguments.parts);
  command->add_option("--vfio-user-qemu", arguments.parts.vfio_user_qemu, "The same for vfio-user")
      ->type_name("FILE");
  command->footer(exit_status_help("guest") +
                  "\nExample:\n"
                  "  mesim guest --machine esprimo-e5730 -- meupdate info");
  return command;
}

}  // namespace scenarios::cli
