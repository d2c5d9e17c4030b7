// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/program/program_run.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstring>

#include "emulator/trace/duration_text.h"
#include "os/safe_text.h"
#include "scenarios/engine/command_line.h"
#include "scenarios/engine/host_side.h"
#include "updater/cli/steady_clock.h"

namespace scenarios::program {
namespace {

using base::Duration;
using engine::StepOutcome;

/// As a shell tells of a program that a signal ended.
constexpr int kSignalled = 128;
/// A program that asks for ever, and so never thinks for long, is found by the board's clock.
constexpr Duration kLongestOnTheBoard = std::chrono::hours(24);

pollfd to_read(int file) {
  return {.fd = file, .events = POLLIN, .revents = 0};
}

int ms_of(Duration time) {
  constexpr std::int64_t kHour = 3'600'000;
  return static_cast<int>(std::clamp<std::int64_t>(
      std::chrono::ceil<std::chrono::milliseconds>(time).count(), 0, kHour));
}

bool has_come(const std::vector<pollfd>& ready, int file) {
  return std::ranges::any_of(
      ready, [&](const pollfd& each) { return each.fd == file && each.revents != 0; });
}

}  // namespace

StepOutcome ProgramRun::run() {
  host_.watch(step_.during);
  const End end = serve();
  if (end == End::by_itself) serve_the_rest();
  const auto missed = host_.stop_watching();
  if (end != End::by_itself) program_.kill();
  const int status = program_.wait();
  out_.take_the_rest();
  err_.take_the_rest();
  StepOutcome outcome = outcome_of(end, status);
  report_missed(missed, outcome);
  return outcome;
}

ProgramRun::End ProgramRun::serve() {
  const base::TimePoint latest = host_.now() + kLongestOnTheBoard;
  Duration left = step_.limit;
  bool answered = false;
  while (left > Duration::zero() && host_.now() < latest) {
    std::vector<pollfd> wanted = {to_read(program_.ended().number())};
    if (out_.is_open()) wanted.push_back(to_read(out_.number()));
    if (err_.is_open()) wanted.push_back(to_read(err_.number()));
    server_.list(wanted);
    const updater::cli::SteadyClock its_time;
    (void)::poll(wanted.data(), wanted.size(), answered ? 0 : ms_of(left));
    const bool ended = look_at(wanted);
    left -= its_time.now();
    if (ended) return End::by_itself;
    answered = server_.serve(wanted);
    if (is_struck()) return End::killed;
  }
  return End::hung;
}

bool ProgramRun::look_at(const std::vector<pollfd>& ready) {
  if (out_.is_open() && has_come(ready, out_.number())) out_.take();
  if (err_.is_open() && has_come(ready, err_.number())) err_.take();
  return has_come(ready, program_.ended().number());
}

bool ProgramRun::is_struck() {
  if (host_.killed() || !host_.is_up()) return true;
  if (host_.stop_requested() && !asked_to_stop_) {
    asked_to_stop_ = true;
    program_.terminate();
  }
  return false;
}

void ProgramRun::serve_the_rest() {
  program_.kill();  // what it left running asks for nothing more
  bool answered = true;
  while (!is_struck()) {
    std::vector<pollfd> wanted;
    server_.list(wanted);
    if (::poll(wanted.data(), wanted.size(), 0) <= 0 && !answered) return;
    answered = server_.serve(wanted);
  }
}

StepOutcome ProgramRun::outcome_of(End end, int status) const {
  StepOutcome outcome{
      .exit = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status),
      .out = os::safe_text(out_.text()),
      .err = os::safe_text(err_.text())};
  if (WIFSIGNALED(status)) {
    outcome.exit_words =
        fmt::format("signal {}, {}", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  }
  if (end != End::hung) return outcome;
  outcome.exit.reset();
  outcome.mismatches.push_back(
      {.place = step_.place,
       .what = "the program",
       .expected = fmt::format("ends; of its own it may take {} of the computer's time (limit)",
                               emulator::trace::to_text(step_.limit)),
       .got = server_.last_request().empty()
                  ? "it ran on, and never asked the board anything"
                  : "it ran on; its last request was: " + os::safe_text(server_.last_request())});
  return outcome;
}

}  // namespace scenarios::program
