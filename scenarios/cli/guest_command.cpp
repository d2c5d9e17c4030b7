// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/guest_command.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <filesystem>
#include <functional>
#include <sstream>

#include "emulator/attach/kept_board.h"
#include "emulator/attach/set_values.h"
#include "os/report_file.h"
#include "os/scratch_folder.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/interruption.h"
#include "scenarios/cli/print.h"
#include "scenarios/guest/console_end.h"
#include "scenarios/guest/guest_run.h"
#include "scenarios/guest/served_machine.h"

namespace scenarios::cli {
namespace {

using base::Error;
using base::Result;
using guest::GuestEnd;
using guest::GuestOutcome;
using guest::VirtualMachine;

void show_console_end(const std::string& path) {
  std::istringstream lines(guest::end_of_console(path));
  for (std::string line; std::getline(lines, line);) complain("console: " + line);
}

int say_end(const GuestOutcome& outcome, const std::string& console) {
  switch (outcome.end) {
    case GuestEnd::exited:
      return outcome.status;
    case GuestEnd::power_cut:
      complain("the power was cut");
      return kPowerLost;
    case GuestEnd::limit:
      show_console_end(console);
      complain(interrupted()
                   ? "interrupted"
                   : "the command did not end within --limit; the console's end is above");
      return kLimit;
    case GuestEnd::lost:
      break;
  }
  if (outcome.boots == 0 || !WIFEXITED(outcome.qemu_status)) {
    show_console_end(console);
    complain(
        fmt::format("QEMU ended (wait status {:#x}) before the command ran; its words and the "
                    "console's end are above",
                    outcome.qemu_status));
    return kNoGuest;
  }
  complain("the guest went off before the command had ended");
  return kPowerLost;
}

/// A power cut takes the board's process, too; otherwise that saves what it keeps.
Result<GuestOutcome> run_served(const VirtualMachine& machine, const guest::RunFiles& files,
                                const guest::GuestRun& run) {
  std::error_code failure;
  const std::string mesim = std::filesystem::read_symlink("/proc/self/exe", failure).string();
  auto board = guest::ServedMachine::start(mesim, machine, files);
  if (!board) return board.error();
  auto outcome = guest::run_guest(run);
  if (outcome && outcome->end == GuestEnd::power_cut) board->cut();
  board->end();
  return outcome;
}

/// What `wanted` becomes around the board that is meant: one without a TPM has none in its guest.
/// Errors: those of open_kept_board(); invalid (--tpm-hid without a TPM).
Result<VirtualMachine> fitted(VirtualMachine wanted, const std::string& profiles) {
  const auto board = emulator::attach::open_kept_board({.machine = wanted.machine,
                                                        .set = wanted.set,
                                                        .state_dir = wanted.state,
                                                        .profiles = profiles});
  if (!board) return board.error();
  if (board->machine->itpm() != nullptr) return wanted;
  if (!wanted.tpm_hid.empty()) {
    return Error{base::Errc::invalid,
                 "the machine " + board->kept.machine + " has no TPM that could have --tpm-hid"};
  }
  wanted.tpm = VirtualMachine::Tpm::none;
  return wanted;
}

using Output = std::function<void(std::string_view)>;

Result<GuestOutcome> boot(const GuestArguments& arguments, const guest::RunFiles& files,
                          const std::string& folder, const Output& output) {
  const bool served = arguments.machine.attach == guest::Attach::vfio_user;
  const auto needs = served ? guest::Needs::vfio_user_qemu : guest::Needs::plugin;
  if (auto there = guest::check(arguments.parts, needs); !there) return there.error();
  auto set = emulator::attach::secrets_in_files(arguments.machine.set, "--set", folder);
  if (!set) return set.error();
  VirtualMachine wanted = arguments.machine;
  wanted.set = std::move(set).value();
  const auto machine = fitted(std::move(wanted), arguments.parts.machines);
  if (!machine) return machine.error();
  const auto initramfs = guest::build_initramfs(arguments.parts, arguments.contents);
  if (!initramfs) return initramfs.error();
  if (auto written = os::write_scratch(files.initramfs, *initramfs); !written)
    return written.error();
  const guest::GuestRun run{.words = qemu_words(arguments.parts, *machine, files),
                            .control = files.control,
                            .limit = arguments.limit,
                            .output = output,
                            .interrupted = interrupted};
  return served ? run_served(*machine, files, run) : guest::run_guest(run);
}

guest::RunFiles files_in(const std::string& folder, const GuestArguments& arguments) {
  return {.initramfs = folder + "/initramfs",
          .console = arguments.console.empty() ? folder + "/console" : arguments.console,
          .control = folder + "/control",
          .heci = folder + "/heci",
          .tpm = folder + "/tpm"};
}

const char* end_words(GuestEnd end) {
  switch (end) {
    case GuestEnd::exited:
      return "its command failed";
    case GuestEnd::power_cut:
      return "its power was cut";
    case GuestEnd::limit:
      return "it did not end in time";
    case GuestEnd::lost:
      break;
  }
  return "QEMU ended before its command did";
}

}  // namespace

int run_in_guest(const GuestArguments& arguments) {
  auto scratch = os::ScratchFolder::make();
  if (!scratch) {
    complain(scratch.error().doing);
    return kNoGuest;
  }
  const guest::RunFiles files = files_in(scratch->path(), arguments);
  watch_for_interruption();
  const auto outcome =
      boot(arguments, files, scratch->path(), [](std::string_view text) { pass_on(text); });
  if (!outcome) {
    complain(outcome.error().doing);
    return kNoGuest;
  }
  return say_end(*outcome, files.console);
}

Result<std::string> output_in_guest(const GuestArguments& arguments) {
  auto scratch = os::ScratchFolder::make();
  if (!scratch) return scratch.error();
  watch_for_interruption();
  std::string printed;
  const auto outcome = boot(arguments, files_in(scratch->path(), arguments), scratch->path(),
                            [&printed](std::string_view text) { printed += text; });
  if (!outcome) return outcome.error();
  if (outcome->end != GuestEnd::exited || outcome->status != 0)
    return Error{base::Errc::invalid,
                 fmt::format("the guest came to no end: {}", end_words(outcome->end))};
  return printed;
}

}  // namespace scenarios::cli
