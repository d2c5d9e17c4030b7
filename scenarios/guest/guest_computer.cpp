// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_computer.h"

#include <fmt/format.h>

#include "scenarios/guest/console_end.h"
#include "scenarios/guest/guest_agent.h"

namespace scenarios::guest {

using base::Errc;
using base::Error;
using base::Result;
using os::UnixListener;

Result<std::unique_ptr<GuestComputer>> GuestComputer::make(engine::World& world,
                                                           const GuestHost& wanted,
                                                           const std::string& folder) {
  auto control = UnixListener::open(folder + "/control");
  if (!control) return control.error();
  auto output = UnixListener::open(folder + "/output");
  if (!output) return output.error();
  auto errors = UnixListener::open(folder + "/errors");
  if (!errors) return errors.error();
  auto board = UnixListener::open(folder + "/board");
  if (!board) return board.error();
  auto alarm = Alarm::make();
  if (!alarm) return alarm.error();
  Lines lines{.control = TextLine(std::move(*control)),
              .output = TextLine(std::move(*output)),
              .errors = TextLine(std::move(*errors))};
  return std::unique_ptr<GuestComputer>(new GuestComputer(world, wanted, folder, std::move(lines),
                                                          std::move(*board), std::move(*alarm)));
}

GuestComputer::GuestComputer(engine::World& world, const GuestHost& wanted,
                             const std::string& folder, Lines lines, UnixListener board,
                             Alarm alarm)
    : world_(world),
      wanted_(wanted),
      files_{.initramfs = folder + "/initramfs",
             .console = folder + "/console",
             .control = folder + "/control",
             .output = folder + "/output",
             .errors = folder + "/errors",
             .story = folder + "/board"},
      lines_(std::move(lines)),
      alarm_(std::move(alarm)),
      board_(std::move(board), world, [this] { return !is_done(); }) {
  // What the guest has said by the time it asks its board is heard first: so a step ends on the
  // board's clock where it ended in the guest.
  loop_.add(lines_.control);
  loop_.add(lines_.output);
  loop_.add(lines_.errors);
  loop_.add(alarm_);
  loop_.add(board_);
  loop_.add(qemu_output_);
}

Result<void> GuestComputer::start() {
  VirtualMachine machine;
  if (world_.machine().itpm() == nullptr) machine.tpm = VirtualMachine::Tpm::none;
  machine.tpm_hid = world_.machine().profile().tpm.tis.acpi_id;
  auto qemu = os::ChildProcess::start(qemu_words(wanted_.parts, machine, files_));
  if (!qemu) return qemu.error();
  qemu_ = std::move(*qemu);
  qemu_output_.watch(qemu_.get());
  return {};
}

void GuestComputer::go_down() {
  if (qemu_ == nullptr) return;
  qemu_output_.watch(nullptr);
  qemu_->kill();
  (void)qemu_->wait();
  for (TextLine* line : {&lines_.output, &lines_.errors}) line->hear();
  qemu_.reset();
  board_.drop();
  lines_.control.drop();
}

Result<void> GuestComputer::work(const Until& until) {
  until_ = &until;
  line_came_ = false;
  asked_to_stop_ = false;
  alarm_.set(wanted_.limit);
  board_.stop_at(until.moment);
  board_.resume();
  Result<void> result;
  while (result && !is_done()) {
    loop_.turn();
    pass_on_stop();
    if (alarm_.rang())
      result = with_console(Errc::timeout,
                            fmt::format("nothing came of it in {} seconds", wanted_.limit));
    else if (qemu_output_.has_ended() && world_.host().is_up())
      result = end_of_qemu();
  }
  until_ = nullptr;
  if (!world_.host().is_up()) go_down();
  return result;
}

/// What the guest has said by now is heard first: so a step ends on the board's clock where it
/// ended in the guest.
bool GuestComputer::is_done() {
  lines_.control.hear();
  listen();
  if (until_ == nullptr || line_came_ || !is_running() || !world_.host().is_up()) return true;
  return until_->moment && world_.host().now() >= *until_->moment;
}

void GuestComputer::listen() {
  while (!line_came_) {
    const auto line = lines_.control.next_line();
    if (!line) return;
    understand(*line);
  }
}

void GuestComputer::understand(const std::string& line) {
  if (line == kBoots) return lines_.control.write(fmt::format("{}\n", ++boots_));
  line_came_ = until_ != nullptr && until_->line && until_->line(line);
  if (!line_came_) return;
  // It has been sent before the line was.
  lines_.output.hear();
  lines_.errors.hear();
}

void GuestComputer::pass_on_stop() {
  const engine::HostSide& host = world_.host();
  if (asked_to_stop_ || (!host.stop_requested() && !host.killed())) return;
  asked_to_stop_ = true;
  lines_.control.write(host.killed() ? kKill : kStop);
}

Result<void> GuestComputer::end_of_qemu() {
  const bool expected = until_->power == Until::Power::off;
  const int status = qemu_->wait();
  const bool missing = os::could_not_start(status);
  go_down();
  if (expected) return {};
  if (missing)
    return Error{Errc::not_found,
                 wanted_.parts.qemu + " cannot be started; scripts/setup installs it"};
  return with_console(Errc::io, fmt::format("QEMU ended (wait status {:#x})", status));
}

Error GuestComputer::with_console(Errc code, const std::string& what) const {
  return {code, fmt::format("the guest: {}; the end of its console:\n{}", what,
                            end_of_console(files_.console))};
}

}  // namespace scenarios::guest
