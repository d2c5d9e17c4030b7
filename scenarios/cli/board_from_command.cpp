// SPDX-License-Identifier: BSD-3-Clause
// mesim board from: what was gathered of a real board becomes a machine.
#include <fmt/format.h>

#include <filesystem>

#include "emulator/machine/profile.h"
#include "os/report_file.h"
#include "scenarios/cli/board_command.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/measured/measured_profile.h"

namespace scenarios::cli {
namespace {

int failed_measuring(const base::Error& error) {
  complain(error.doing);
  const bool wrong = error.code == base::Errc::invalid || error.code == base::Errc::not_found;
  return wrong ? kUsage : kBroken;
}

std::string measured_text(const BoardFromArguments& arguments, const std::string& machine,
                          const measured::MeasuredBoard& board) {
  std::string text = fmt::format("{}: {} values measured, all else is {}'s\n", arguments.output,
                                 board.values.size(), machine);
  if (board.simulated)
    text += "A simulated board told this: it answers no row of docs/fidelity.md.\n";
  if (!board.rows.empty()) text += "Rows of docs/fidelity.md that this board answers:\n";
  for (const measured::MeasuredRow& row : board.rows)
    text += fmt::format("  {:<16} {} [{}]\n", row.id, row.says, row.source);
  return text + fmt::format("Look at it: meupdate info --device sim:{}\n", arguments.output);
}

}  // namespace

int board_from(const BoardFromArguments& arguments) {
  const auto archive = measured::Archive::open(arguments.archive);
  if (!archive) return failed_measuring(archive.error());
  const measured::MeasuredBoard board = measured::measure(*archive);
  base::Result<std::string> machine = arguments.machine;
  if (machine->empty()) machine = measured::nearest_machine(board);
  if (!machine) return failed_measuring(machine.error());
  const std::string name = std::filesystem::path(arguments.archive).filename().string();
  const auto written =
      os::write_report(arguments.output, measured::profile_text(board, *machine, name));
  if (!written) return failed_measuring(written.error());
  // What the board says may be what no profile can.
  if (const auto loaded = emulator::machine::load_profile(arguments.output); !loaded) {
    complain(loaded.error().doing);
    return kFound;
  }
  say(measured_text(arguments, *machine, board));
  return kDone;
}

}  // namespace scenarios::cli
