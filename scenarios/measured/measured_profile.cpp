// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/measured/measured_profile.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/machine/profile.h"

namespace scenarios::measured {
namespace {

/// What a stranger's file says, as a comment or between quotes.
std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](unsigned char c) { return c < ' ' || c == '"' || c == '\\' || c == 0x7F; }, ' ');
  return text;
}

}  // namespace

base::Result<std::string> nearest_machine(const MeasuredBoard& board) {
  if (!board.version) {
    return base::Error{base::Errc::not_found,
                       "the archive does not tell which firmware runs; name a machine that is "
                       "like the board: --machine"};
  }
  std::string nearest;
  for (const auto& found : emulator::machine::find_profiles()) {
    if (found.in != emulator::machine::FoundProfile::In::shipped) continue;
    const auto profile = emulator::machine::load_profile(found.name);
    if (!profile || profile->firmware.identity.version.major != board.version->major) continue;
    if (profile->pci.device_id == board.device_id) return found.name;
    if (nearest.empty()) nearest = found.name;
  }
  if (!nearest.empty()) return nearest;
  return base::Error{
      base::Errc::not_found,
      fmt::format("no machine that ships has firmware {}; name one that is like the board: "
                  "--machine",
                  board.version->major)};
}

std::string profile_text(const MeasuredBoard& board, const std::string& machine,
                         const std::string& archive) {
  std::string text = fmt::format(
      "# A {} board, made by `mesim board from {}`.\n"
      "# [measured, WHERE]: stands there in the archive. All else is {}'s, and what of it is known "
      "stands in its profile.\n",
      board.simulated ? "simulated" : "real", one_line(archive), machine);
  for (const MeasuredRow& row : board.rows)
    text += fmt::format("# ledger {}: {} [measured, {}]\n", row.id, one_line(row.says),
                        one_line(row.source));
  text += fmt::format("schema = 1\nextends = \"{}\"\n", machine);
  if (!board.description.empty())
    text += fmt::format("description = \"{}\"\n", one_line(board.description));
  text += "\n";
  for (const MeasuredValue& value : board.values)
    text +=
        fmt::format("{} = {}  # [measured, {}]\n", value.key, value.value, one_line(value.source));
  return text;
}

}  // namespace scenarios::measured
