// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/terminal.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>

namespace updater::cli {
namespace {

volatile std::sig_atomic_t stop_flag = 0;

void note_stop(int) {
  stop_flag = 1;
}

/// Without SA_RESTART, so that a question waiting for its answer ends, too.
void catch_signal(int number) {
  struct sigaction action {};
  action.sa_handler = note_stop;
  sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, nullptr);
}

void write_text(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

}  // namespace

void catch_stop_signals() {
  catch_signal(SIGINT);
  catch_signal(SIGTERM);
}

void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);
}

void Terminal::out(std::string_view text) {
  write_text(stdout, text);
}
void Terminal::err(std::string_view text) {
  write_text(stderr, text);
}

bool Terminal::interactive() const {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

bool Terminal::confirm(std::string_view question) {
  write_text(stderr, question);
  std::string answer;
  if (!std::getline(std::cin, answer)) return false;
  for (char& c : answer) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return answer == "y" || answer == "yes";
}

bool Terminal::stop_requested() const {
  return stop_flag != 0;
}

}  // namespace updater::cli
