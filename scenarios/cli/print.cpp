// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/print.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <istream>
#include <string>
#include <string_view>

#include "os/safe_text.h"

namespace scenarios::cli {

void say(std::string_view text) {
  std::fputs(os::safe_text(text).c_str(), stdout);
  std::fflush(stdout);
}

void say_aside(std::string_view text) {
  std::fputs(os::safe_text(text).c_str(), stderr);
}

void say_in(Stream stream, Ink ink, std::string_view text) {
  constexpr const char* kCodes[] = {"", "\x1b[32m", "\x1b[1;31m", "\x1b[2m"};
  std::FILE* file = stream == Stream::out ? stdout : stderr;
  const char* code = is_coloured(stream) ? kCodes[static_cast<std::size_t>(ink)] : "";
  const std::string safe = os::safe_text(text);
  std::fputs((code + safe + (*code == '\0' ? "" : "\x1b[0m")).c_str(), file);
  std::fflush(file);
}

bool is_watched(Stream stream) {
  return ::isatty(stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO) == 1;
}

bool is_coloured(Stream stream) {
  const char* unwanted = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool has_colours = terminal != nullptr && std::string_view(terminal) != "dumb";
  return is_watched(stream) && has_colours && (unwanted == nullptr || *unwanted == '\0');
}

void pass_on(std::string_view report) {
  std::fwrite(report.data(), 1, report.size(), stdout);
  std::fflush(stdout);
}

void pass_on(std::istream& report) {
  std::array<char, 65536> piece;
  do {
    report.read(piece.data(), piece.size());
    pass_on(std::string_view(piece.data(), static_cast<std::size_t>(report.gcount())));
  } while (report);
}

void complain(std::string_view text) {
  std::fputs(os::safe_text("mesim: " + std::string(text) + "\n").c_str(), stderr);
}

bool all_was_said() {
  return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

}  // namespace scenarios::cli
