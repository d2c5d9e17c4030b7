// SPDX-License-Identifier: BSD-3-Clause
// `mesim board import`: a dump of a whole flash becomes a board. `mesim board from`: what `meupdate
// collect` gathered becomes a machine.
#pragma once

#include <string>
#include <vector>

#include "emulator/attach/flash_dump.h"

namespace CLI {
class App;
}

namespace scenarios::cli {

struct ImportArguments {
  std::string dump;
  std::string machine;
  std::vector<std::string> set;
  std::string state_dir;
  emulator::attach::Damage damage = emulator::attach::Damage::refused;
};

/// The subcommand with its options, whose values go to `arguments`; returns `board import`.
CLI::App* add_board(CLI::App& app, ImportArguments& arguments);

/// 0 done, 2 the arguments or the dump make no sense, 3 a file could not be read or written.
int import_board(const ImportArguments& arguments);

struct BoardFromArguments {
  std::string archive;
  std::string machine;  ///< that it extends; empty: the nearest that ships
  std::string output;
};

/// `board from`, below the `board` of add_board().
CLI::App* add_board_from(CLI::App& app, BoardFromArguments& arguments);

/// 0 done, 1 the profile is written but a value in it is none, 2 the arguments or the archive make
/// no sense, 3 a file could not be read or written.
int board_from(const BoardFromArguments& arguments);

}  // namespace scenarios::cli
