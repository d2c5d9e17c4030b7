// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>

#include "os/secret_file.h"
#include "os/signals.h"
#include "os/write_all.h"
#include "updater/tpm/owner_secret.h"

namespace updater::cli {
namespace {

volatile std::sig_atomic_t stop_flag = 0;

/// A person's Ctrl-C, a service's end, and the end of the terminal or connection.
constexpr std::array kStopSignals = {SIGINT, SIGTERM, SIGHUP};

void note_stop(int) {
  stop_flag = 1;
}

/// A question waiting for its answer ends, too. A hang-up that is ignored (nohup) stays so. Gives
/// what was in force before.
struct sigaction catch_signal(int number) {
  const struct sigaction before = os::catch_signal(number, note_stop, os::Caught::always);
  if (number == SIGHUP && before.sa_handler == SIG_IGN) os::restore_signal(number, before);
  return before;
}

/// While a question is open: the signals are let in only while wait_for_line() waits, so that
/// none comes just before a wait that it should end, and none ends the program while the terminal
/// shows nothing.
class CaughtForAWhile {
 public:
  CaughtForAWhile() {
    sigset_t all;
    sigemptyset(&all);
    for (std::size_t i = 0; i < kStopSignals.size(); ++i) {
      before_[i] = catch_signal(kStopSignals[i]);
      sigaddset(&all, kStopSignals[i]);
    }
    ::sigprocmask(SIG_BLOCK, &all, &let_in_);
  }
  ~CaughtForAWhile() {
    ::sigprocmask(SIG_SETMASK, &let_in_, nullptr);
    for (std::size_t i = 0; i < kStopSignals.size(); ++i)
      os::restore_signal(kStopSignals[i], before_[i]);
  }
  /// False: a signal came first, or has come before the question.
  bool wait_for_line() const {
    if (stop_flag != 0) return false;
    pollfd typed{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    return ::ppoll(&typed, 1, nullptr, &let_in_) == 1;
  }
  CaughtForAWhile(const CaughtForAWhile&) = delete;
  CaughtForAWhile& operator=(const CaughtForAWhile&) = delete;

 private:
  std::array<struct sigaction, kStopSignals.size()> before_{};
  sigset_t let_in_{};
};

/// The terminal has a whole line ready: up to its end, or what there is of it.
std::string typed_line() {
  std::string line;
  for (char next = 0; ::read(STDIN_FILENO, &next, 1) == 1 && next != '\n';) line += next;
  return line;
}

/// What is typed does not show until this goes; what was typed ahead is dropped.
class WithoutEcho {
 public:
  WithoutEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~WithoutEcho() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;

  bool in_force() const { return changed_; }

 private:
  termios before_{};
  bool changed_ = false;
};

}  // namespace

void catch_stop_signals() {
  for (const int number : kStopSignals) catch_signal(number);
}

void Terminal::out(std::string_view text) {
  const int failed = os::write_text(STDOUT_FILENO, text);
  if (output_error_ == 0) output_error_ = failed;
}
void Terminal::err(std::string_view text) {
  os::write_text(STDERR_FILENO, text);
}

std::string Terminal::date() const {
  const std::time_t now = std::time(nullptr);
  std::tm utc = {};
  ::gmtime_r(&now, &utc);
  std::array<char, sizeof "2026-11-28T13:05:00Z"> text = {};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

bool Terminal::interactive() const {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1 &&
         ::isatty(STDERR_FILENO) == 1;
}

std::size_t Terminal::columns() const {
  const char* kind = std::getenv("TERM");
  if (kind != nullptr && std::string_view(kind) == "dumb") return 0;
  winsize size = {};
  const bool told = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
  return told ? size.ws_col : kUsualColumns;
}

std::size_t Terminal::text_columns() const {
  winsize size = {};
  const bool told = ::isatty(STDOUT_FILENO) == 1 &&
                    ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
  return told ? size.ws_col : 0;
}

base::Result<std::string> Terminal::read_input(std::size_t most) {
  std::string text;
  std::array<char, 1 << 14> piece = {};
  while (text.size() < most) {
    const ssize_t count =
        ::read(STDIN_FILENO, piece.data(), std::min(piece.size(), most - text.size()));
    if (count < 0 && errno == EINTR && !stop_requested()) continue;
    if (count < 0)
      return base::Error{base::Errc::io, "reading the standard input",
                         static_cast<std::uint32_t>(errno)};
    if (count == 0) break;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

bool Terminal::confirm(std::string_view question) {
  const CaughtForAWhile caught;
  ::tcflush(STDIN_FILENO, TCIFLUSH);
  os::write_text(STDERR_FILENO, question);
  std::string answer = caught.wait_for_line() ? typed_line() : "";
  for (char& c : answer) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return answer == "y" || answer == "yes";
}

base::Result<std::optional<base::Secret>> Terminal::ask_secret(std::string_view question,
                                                               const os::NoCoreDumps& held) {
  const CaughtForAWhile caught;
  const WithoutEcho silence;
  if (!silence.in_force())
    return base::Error{base::Errc::io, "asking for the passphrase: the terminal would show it"};
  os::write_text(STDERR_FILENO, question);
  if (!caught.wait_for_line()) {
    return base::Error{base::Errc::interrupted,
                       "reading the owner's passphrase from the terminal: stopped as asked"};
  }
  auto line = os::read_secret_line(STDIN_FILENO, "the terminal", tpm::kPassphrase, held);
  if (line) return std::optional<base::Secret>(std::move(line).value());
  if (line.error().code == base::Errc::invalid) return std::optional<base::Secret>();
  return line.error();
}

bool Terminal::stop_requested() const {
  return stop_flag != 0;
}

}  // namespace updater::cli
