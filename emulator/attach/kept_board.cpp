// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/kept_board.h"

#include <fmt/format.h>

#include <utility>

#include "base/promise.h"
#include "emulator/attach/set_values.h"

namespace emulator::attach {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using machine::Machine;
using machine::Override;
using machine::Profile;

/// Of entries as read_set_values() gives them.
std::vector<Override> overrides(const std::vector<std::string>& set, const std::string& option) {
  std::vector<Override> all;
  for (const std::string& entry : set) {
    const std::size_t equals = entry.find('=');
    MEBENCH_PROMISE(equals != std::string::npos, "a value that is set has its key");
    all.push_back(
        {.key = entry.substr(0, equals), .value = entry.substr(equals + 1), .where = option});
  }
  return all;
}

Result<Profile> profile_of(const KeptMachine& kept, const BoardChoice& choice) {
  if (kept.machine.empty())
    return Error{Errc::invalid, "no machine is given, and no folder that keeps one"};
  return machine::load_profile(kept.machine, overrides(kept.set, choice.set_option),
                               {.named_in = {}, .shipped = choice.profiles});
}

Result<KeptMachine> wanted_machine(const BoardChoice& choice) {
  const auto set = read_set_values(choice.set, choice.set_option);
  if (!set) return set.error();
  return KeptMachine{.machine = choice.machine, .set = *set, .flash = {}};
}

/// A folder keeps one machine: another name or other values would not be the machine that its flash
/// was made for.
Result<KeptMachine> reconciled(const KeptMachine& wanted, const BoardChoice& choice,
                               std::optional<KeptMachine> kept) {
  if (!kept) return wanted;
  if (!wanted.machine.empty() && kept->machine != wanted.machine) {
    return Error{Errc::invalid, fmt::format("{} keeps the machine {}, not {}", choice.state_dir,
                                            kept->machine, wanted.machine)};
  }
  if (!wanted.set.empty() && wanted.set != kept->set) {
    return Error{Errc::invalid,
                 fmt::format("{} keeps a machine made with other values of {}; leave {} out to go "
                             "on with it, or give another folder",
                             choice.state_dir, choice.set_option, choice.set_option)};
  }
  return *std::move(kept);
}

Result<std::unique_ptr<Machine>> build(const KeptMachine& kept, const BoardChoice& choice) {
  Result<Profile> profile = profile_of(kept, choice);
  if (!profile) return profile.error();
  machine::MachineOptions options;
  if (!kept.flash.empty()) {
    options.flash = kept.flash;
    // Since the profile's last reset it has been switched off, and on again now.
    profile->firmware.surroundings.reset_reason = protocol::fwu::ResetReason::power_up;
  }
  auto built = Machine::build(*profile, std::move(options));
  if (built || kept.flash.empty()) return built;
  return Error{built.error().code,
               fmt::format("{}/flash.bin: {}", choice.state_dir, built.error().doing)};
}

}  // namespace

Result<Profile> chosen_profile(const BoardChoice& choice) {
  const auto wanted = wanted_machine(choice);
  if (!wanted) return wanted.error();
  return profile_of(*wanted, choice);
}

Result<KeptBoard> open_kept_board(const BoardChoice& choice) {
  const auto asked = wanted_machine(choice);
  if (!asked) return asked.error();
  const KeptMachine& wanted = *asked;
  // Before the folder is made: a mistyped name leaves nothing behind.
  if (!wanted.machine.empty()) {
    if (const auto known = profile_of(wanted, choice); !known) return known.error();
  }
  KeptBoard board;
  std::optional<KeptMachine> found;
  if (!choice.state_dir.empty()) {
    auto opened = StateFolder::open(choice.state_dir);
    if (!opened) return opened.error();
    board.folder = std::move(opened).value();
    auto loaded = board.folder->load();
    if (!loaded) return loaded.error();
    found = std::move(loaded).value();
  }
  Result<KeptMachine> kept = reconciled(wanted, choice, std::move(found));
  if (!kept) return kept.error();
  auto built = build(*kept, choice);
  if (!built) return built.error();
  board.machine = std::move(built).value();
  board.kept = std::move(kept).value();
  return board;
}

Result<void> KeptBoard::save() {
  MEBENCH_PROMISE(machine && folder, "a board that is saved has a folder that keeps it");
  kept.flash.assign(machine->flash().begin(), machine->flash().end());
  return folder->save(kept);
}

Result<std::unique_ptr<FlashFile>> KeptBoard::follow_flash() {
  MEBENCH_PROMISE(machine && folder, "a board whose flash is followed has a folder that keeps it");
  if (kept.flash.empty()) {
    if (const auto saved = save(); !saved) return saved.error();
  }
  auto opened = FlashFile::open(folder->flash_file());
  if (!opened) return opened.error();
  auto file = std::make_unique<FlashFile>(std::move(opened).value());
  machine->mirror_flash(*file);
  return file;
}

}  // namespace emulator::attach
