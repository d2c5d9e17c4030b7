// SPDX-License-Identifier: BSD-3-Clause
// A board that a folder keeps from one program to the next: the same for every program that has
// such boards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "emulator/attach/flash_file.h"
#include "emulator/attach/state_folder.h"
#include "emulator/machine/machine.h"

namespace emulator::attach {

struct BoardChoice {
  std::string machine;               ///< a profile's name or path; empty: the one in the folder
  std::vector<std::string> set;      ///< KEY=VALUE or KEY=@FILE, values of the profile to change
  std::string state_dir;             ///< empty: a fresh board that is forgotten
  std::string profiles;              ///< the folder of named profiles; empty: that of the program
  std::string set_option = "--set";  ///< what people call `set`, for errors
};

/// A board that is switched off, and the folder that keeps it.
struct KeptBoard {
  std::unique_ptr<emulator::machine::Machine> machine;
  std::unique_ptr<StateFolder> folder;  ///< null: the board is forgotten
  KeptMachine kept;                     ///< its flash as it was found

  /// Its flash as it is now. Errors: io.
  base::Result<void> save();
  /// The folder's file, which from here on follows the machine's flash as long as it lives and the
  /// machine. A new machine is saved before. Errors: io.
  base::Result<std::unique_ptr<FlashFile>> follow_flash();
};

/// The profile that `choice` names, with the values of `set`. Errors: not_found (no such machine;
/// lists the known ones), invalid (a wrong `set`, no machine given).
base::Result<machine::Profile> chosen_profile(const BoardChoice& choice);

/// Errors: not_found (no such machine; lists the known ones), invalid (a wrong `set`, no
/// machine given, or a folder that holds another machine or is damaged), busy, io, and those
/// of read_set_values().
base::Result<KeptBoard> open_kept_board(const BoardChoice& choice);

}  // namespace emulator::attach
