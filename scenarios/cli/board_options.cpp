// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/board_command.h"
#include "scenarios/cli/exit_status.h"

namespace scenarios::cli {

CLI::App* add_board(CLI::App& app, ImportArguments& arguments) {
  CLI::App* board = app.add_subcommand("board", "Make boards of what real ones told");
  board->require_subcommand(1);
  CLI::App* command = board->add_subcommand("import", "Make a board of a dump of a whole flash");
  command->add_option("DUMP", arguments.dump, "The dump: descriptor, ME region and all")
      ->required();
  command
      ->add_option("--machine", arguments.machine,
                   "What the board is beside its flash: a profile's name or file")
      ->required()
      ->type_name("MACHINE");
  command->add_option("--state", arguments.state_dir, "Folder that keeps the board from now on")
      ->required()
      ->type_name("DIR");
  command->add_option("--set", arguments.set, "Change a value of the profile; can be given again")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_flag_callback(
      "--damaged", [&arguments] { arguments.damage = emulator::attach::Damage::taken; },
      "Take a dump whose operational or recovery code is damaged");
  command->footer(
      "The dump is checked: descriptor, ME region, size, code, key and SKU. What does not fit is\n"
      "told with its offset. Nothing that a folder keeps is written over.\n\n" +
      exit_status_help("board import") +
      "\nExamples:\n"
      "  mesim board import flash.bin --machine esprimo-e5730 --state board\n"
      "  meupdate info --device sim:esprimo-e5730 --state board");
  return command;
}

CLI::App* add_board_from(CLI::App& app, BoardFromArguments& arguments) {
  CLI::App* command = app.get_subcommand("board")->add_subcommand(
      "from", "Make a machine of what `meupdate collect` gathered of a real board");
  command->add_option("ARCHIVE", arguments.archive, "The tar file")->required()->type_name("FILE");
  command->add_option("--output", arguments.output, "The profile to write, such as board.toml")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--machine", arguments.machine,
                   "What the board is beside that: a profile's name or file; the nearest that "
                   "ships by default")
      ->type_name("MACHINE");
  command->footer(
      "Each value that was measured says where it stands in the archive; so do the rows of\n"
      "docs/fidelity.md that this board answers.\n\n" +
      exit_status_help("board from") +
      "\nExamples:\n"
      "  mesim board from board.tar --output board.toml\n"
      "  meupdate info --device sim:board.toml");
  return command;
}

}  // namespace scenarios::cli
