// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/board_command.h"

namespace scenarios::cli {

CLI::App* add_board(CLI::App& app, ImportArguments& arguments) {
  CLI::App* board = app.add_subcommand("board", "Make boards that a folder keeps");
  board->require_subcommand(1);
  CLI::App* import = board->add_subcommand("import", "Make a board of a dump of a whole flash");
  import->add_option("DUMP", arguments.dump, "The dump: descriptor, ME region and all")->required();
  import
      ->add_option("--machine", arguments.machine,
                   "What the board is beside its flash: a profile's name or file")
      ->required()
      ->type_name("MACHINE");
  import->add_option("--state", arguments.state_dir, "Folder that keeps the board from now on")
      ->required()
      ->type_name("DIR");
  import->add_option("--set", arguments.set, "Change a value of the profile; can be given again")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  import->add_flag_callback(
      "--damaged", [&arguments] { arguments.damage = emulator::attach::Damage::taken;
},
      "Take a dump whose operational or recovery code is damaged");
import->footer(
    "The dump is checked: descriptor, ME region, size, code, key and SKU. What does not fit is\n"
    "told with its offset. Nothing that a folder keeps is written over.\n\n"
    "Exit status: 0 done, 2 the dump or the command line makes no sense, 3 a file cannot be\n"
    "read or written.\n\n"
    "Examples:\n"
    "  mesim board import flash.bin --machine esprimo-e5730 --state board\n"
    "  meupdate info --device sim:esprimo-e5730 --state board");
return import;
}  // namespace scenarios::cli

}  // namespace scenarios::cli
