// SPDX-License-Identifier: BSD-3-Clause
// `mesim board import`: a dump of a whole flash becomes a board.
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

}  // namespace scenarios::cli
