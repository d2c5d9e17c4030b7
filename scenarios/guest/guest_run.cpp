// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_run.h"

#include <fmt/format.h>

#include <charconv>

#include "base/promise.h"
#include "os/child_process.h"
#include "scenarios/guest/alarm.h"
#include "scenarios/guest/guest_agent.h"
#include "scenarios/guest/guests_time.h"
#include "scenarios/guest/program_output.h"
#include "scenarios/guest/text_line.h"

namespace scenarios::guest {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using os::UnixListener;

constexpr unsigned kMostBoots = 8;  ///< a kernel that panics restarts, and would for ever

class RunningGuest {
 public:
  RunningGuest(const GuestRun& run, UnixListener listener, Alarm alarm, os::ChildProcess& qemu)
      : run_(run),
        control_(std::move(listener)),
        output_(run.output),
        alarm_(std::move(alarm)),
        qemu_(qemu) {
    output_.watch(&qemu);
    loop_.add(output_);
    loop_.add(control_);
    loop_.add(alarm_);
  }

  GuestOutcome run() {
    alarm_.set(run_.limit);
    while (!output_.has_ended() && !killed_) turn();
    outcome_.qemu_status = qemu_.wait();
    return outcome_;
  }

 private:
  void turn() {
    loop_.turn();
    if (run_.interrupted()) return kill(GuestEnd::limit);
    control_.hear();  // what QEMU passed on before it ended
    while (const auto line = killed_ ? std::nullopt : control_.next_line()) understand(*line);
    if (alarm_.rang()) kill(GuestEnd::limit);
  }

  void kill(GuestEnd why) {
    outcome_.end = why;
    killed_ = true;
    qemu_.kill();
  }

  void understand(std::string_view line) {
    constexpr std::string_view kExit = "exit ";
    if (line == kBoots) return booted();
    if (line == "cut") return kill(GuestEnd::power_cut);
    if (!line.starts_with(kExit)) return;
    line.remove_prefix(kExit.size());
    const auto end = line.data() + line.size();
    if (std::from_chars(line.data(), end, outcome_.status).ptr == end)
      outcome_.end = GuestEnd::exited;
  }

  void booted() {
    if (++outcome_.boots > kMostBoots) return kill(GuestEnd::lost);
    control_.write(fmt::format("{}\n", outcome_.boots));
  }

  const GuestRun& run_;
  TextLine control_;
  ProgramOutput output_;
  Alarm alarm_;
  os::ChildProcess& qemu_;
  GuestsTime time_;
  emulator::attach::ServingLoop loop_{time_};
  GuestOutcome outcome_;
  bool killed_ = false;
};

}  // namespace

Result<GuestOutcome> run_guest(const GuestRun& run) {
  MEBENCH_PROMISE(!run.words.empty() && run.limit > 0, "a guest has a program, and an end");
  auto listener = UnixListener::open(run.control);
  if (!listener) return listener.error();
  auto alarm = Alarm::make();
  if (!alarm) return alarm.error();
  auto qemu = os::ChildProcess::start(run.words);
  if (!qemu) return qemu.error();
  RunningGuest guest(run, std::move(*listener), std::move(*alarm), **qemu);
  const GuestOutcome outcome = guest.run();
  if (os::could_not_start(outcome.qemu_status))
    return Error{Errc::not_found, run.words[0] + " cannot be started; scripts/setup installs it"};
  return outcome;
}

}  // namespace scenarios::guest
