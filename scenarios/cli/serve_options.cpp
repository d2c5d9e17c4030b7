// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/serve_command.h"

namespace scenarios::cli {

CLI::App* add_serve(CLI::App& app, ServeArguments& arguments) {
  CLI::App* serve = app.add_subcommand("serve", "Be a machine that other programs attach to");
  serve
      ->add_option("--machine", arguments.machine,
                   "A profile's name or file [the one that --state keeps]")
      ->type_name("MACHINE");
  serve
      ->add_option("--state", arguments.state_dir,
                   "Folder that keeps the machine, as meupdate's --state [a fresh one, forgotten]")
      ->type_name("DIR");
  serve
      ->add_option(
          "--set", arguments.set,
          "Change a value of the profile; KEY=@FILE reads it from a file; can be given again")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  serve
      ->add_option("--vfio-user", arguments.vfio_user,
                   "Socket for the HECI function [DIR/heci.sock when none is named]")
      ->type_name("PATH");
  serve
      ->add_option("--swtpm", arguments.swtpm,
                   "Socket for the TPM [DIR/tpm.sock when none is named]")
      ->type_name("PATH");
  serve
      ->add_option("--tpm-state", arguments.tpm_state,
                   "Give the TPM the state that swtpm or swtpm_setup keeps in this file, "
                   "tpm-00.permall")
      ->type_name("FILE");
  serve
      ->add_option("--record", arguments.record,
                   "Write what is asked and answered for fwupd, a .json or .zip, when it ends")
      ->type_name("FILE");
  serve->add_flag_callback(
      "--heci-only", [&arguments] { arguments.parts = ServeArguments::Parts::heci_only; },
      "Serve no TPM");
  serve->add_flag_callback(
      "--fast", [&arguments] { arguments.speed = emulator::attach::Speed::fast; },
      "Do not wait for what takes the hardware its time");
  serve
      ->add_option("--last-trace", arguments.last_trace,
                   "Where the last 4096 events go at SIGUSR1, and when serving fails "
                   "[DIR/last-trace.jsonl]")
      ->type_name("FILE");
  serve->footer("SIGTERM, SIGHUP or Ctrl-C saves and ends it.\n\n" + exit_status_help("serve") +
                "\nExamples:\n"
                "  mesim serve --machine esprimo-e5730 --state board\n"
                "  meupdate info --device vfio-user:board/heci.sock --tpm swtpm:board/tpm.sock");
  return serve;
}

}  // namespace scenarios::cli
