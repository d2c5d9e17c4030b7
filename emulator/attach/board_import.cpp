// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/board_import.h"

#include <fmt/format.h>

namespace emulator::attach {
namespace {

using base::Errc;
using base::Error;
using base::Result;

/// Nothing that a folder keeps is ever written over with something else.
Result<void> check_place(const StateFolder& folder, const BoardChoice& choice,
                         const FlashDump& dump) {
  const auto there = folder.bare_flash();
  if (!there) return there.error();
  if (there->empty()) {
    const auto kept = folder.load();
    if (!kept) return kept.error();
    if (!*kept) return {};
    return Error{Errc::invalid,
                 fmt::format("{} keeps a board already, the machine {}; name another folder",
                             choice.state_dir, (*kept)->machine)};
  }
  if (*there == dump.bytes) return {};
  return Error{Errc::invalid, fmt::format("{} is another flash than {}; name another folder",
                                          folder.flash_file(), dump.file)};
}

/// With the option that would make the machine one that the dump fits.
std::string told(const FlashDump& dump, const DumpObjection& objection, const BoardChoice& choice) {
  const std::string text = to_text(dump, objection);
  if (objection.value.empty()) return text;
  return fmt::format("{}; with {} {} it fits", text, choice.set_option, objection.value);
}

}  // namespace

Result<DumpContents> import_board(const BoardChoice& choice, FlashDump dump, Damage damage) {
  const auto profile = chosen_profile(choice);
  if (!profile) return profile.error();
  auto contents = read_dump(dump);
  if (!contents) return contents.error();
  if (const auto objection = object_to_dump(dump, *contents, *profile, damage))
    return Error{Errc::invalid, told(dump, *objection, choice)};
  const auto folder = StateFolder::open(choice.state_dir);
  if (!folder) return folder.error();
  if (const auto free = check_place(**folder, choice, dump); !free) return free.error();
  const auto saved = (*folder)->save(
      {.machine = choice.machine, .set = choice.set, .flash = std::move(dump.bytes)});
  if (!saved) return saved.error();
  return contents;
}

}  // namespace emulator::attach
