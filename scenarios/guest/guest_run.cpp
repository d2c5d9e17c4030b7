// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>

#include "emulator/attach/descriptor.h"
#include "emulator/attach/unix_listener.h"
#include "scenarios/guest/child_process.h"

namespace scenarios::guest {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::attach::Descriptor;
using emulator::attach::UnixListener;

constexpr unsigned kMostBoots = 8;  ///< a kernel that panics restarts, and would for ever

Error system_error(const char* doing) {
  return {Errc::io, fmt::format("{}: {}", doing, std::strerror(errno)),
          static_cast<std::uint32_t>(errno)};
}

Result<Descriptor> make_alarm(unsigned seconds) {
  Descriptor alarm(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  const itimerspec when = {.it_interval = {}, .it_value = {.tv_sec = seconds, .tv_nsec = 0}};
  if (!alarm.is_open() || ::timerfd_settime(alarm.number(), 0, &when, nullptr) != 0)
    return system_error("setting a timer");
  return alarm;
}

/// What the guest says on its line of control, a line at a time.
class Lines {
 public:
  void add(std::string_view text) { text_ += text; }
  std::optional<std::string> next() {
    const std::size_t end = text_.find('\n');
    if (end == std::string::npos) return std::nullopt;
    std::string line = text_.substr(0, end);
    text_.erase(0, end + 1);
    return line;
  }

 private:
  std::string text_;
};

class Session {
 public:
  Session(const GuestRun& run, UnixListener listener, Descriptor alarm, ChildProcess& qemu)
      : run_(run),
        listener_(std::move(listener)),
        output_(qemu.output()),
        alarm_(std::move(alarm)),
        qemu_(qemu) {}

  GuestOutcome run() {
    while (output_.is_open() && !killed_) turn();
    outcome_.qemu_status = qemu_.wait();
    return outcome_;
  }

 private:
  void turn() {
    std::array<pollfd, 4> files = {{{alarm_.number(), POLLIN, 0},
                                    {output_.number(), POLLIN, 0},
                                    {listener_.number(), POLLIN, 0},
                                    {control_.number(), POLLIN, 0}}};
    const int ready = ::poll(files.data(), files.size(), -1);
    if (run_.interrupted()) return kill(GuestEnd::limit);
    if (ready < 0) return;
    if (files[1].revents != 0) pass_output();
    if (files[3].revents != 0) hear();
    if (files[2].revents != 0) accept();
    if (files[0].revents != 0) kill(GuestEnd::limit);
  }

  void kill(GuestEnd why) {
    outcome_.end = why;
    killed_ = true;
    qemu_.kill();
  }

  void accept() {
    if (auto peer = listener_.accept()) control_ = std::move(*peer);
  }

  void pass_output() {
    std::array<char, 4096> buffer;
    const ssize_t got = ::read(output_.number(), buffer.data(), buffer.size());
    if (got > 0) run_.output({buffer.data(), static_cast<std::size_t>(got)});
    if (got == 0 || (got < 0 && errno != EINTR)) output_.close();
  }

  void hear() {
    std::array<char, 256> buffer;
    const ssize_t got = ::read(control_.number(), buffer.data(), buffer.size());
    if (got <= 0) return control_.close();
    lines_.add({buffer.data(), static_cast<std::size_t>(got)});
    while (const auto line = lines_.next()) understand(*line);
  }

  void understand(std::string_view line) {
    constexpr std::string_view kExit = "exit ";
    if (line == "boot") return booted();
    if (line == "cut") return kill(GuestEnd::power_cut);
    if (!line.starts_with(kExit)) return;
    line.remove_prefix(kExit.size());
    const auto end = line.data() + line.size();
    if (std::from_chars(line.data(), end, outcome_.status).ptr == end)
      outcome_.end = GuestEnd::exited;
  }

  void booted() {
    if (++outcome_.boots > kMostBoots) return kill(GuestEnd::lost);
    const std::string answer = fmt::format("{}\n", outcome_.boots);
    if (::send(control_.number(), answer.data(), answer.size(), MSG_NOSIGNAL) < 0)
      kill(GuestEnd::lost);
  }

  const GuestRun& run_;
  UnixListener listener_;
  Descriptor& output_;
  Descriptor alarm_;
  Descriptor control_;
  ChildProcess& qemu_;
  Lines lines_;
  GuestOutcome outcome_;
  bool killed_ = false;
};

}  // namespace

Result<GuestOutcome> run_guest(const GuestRun& run) {
  auto listener = UnixListener::open(run.control);
  if (!listener) return listener.error();
  auto alarm = make_alarm(run.limit);
  if (!alarm) return alarm.error();
  auto qemu = ChildProcess::start(run.words);
  if (!qemu) return qemu.error();
  Session session(run, std::move(*listener), std::move(*alarm), **qemu);
  const GuestOutcome outcome = session.run();
  if (could_not_start(outcome.qemu_status))
    return Error{Errc::not_found, run.words[0] + " cannot be started; scripts/setup installs it"};
  return outcome;
}

}  // namespace scenarios::guest
