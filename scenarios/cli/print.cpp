// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/print.h"

#include <array>
#include <cstdio>
#include <istream>
#include <string>

#include "os/safe_text.h"

namespace scenarios::cli {

void say(std::string_view text) {
  std::fputs(os::safe_text(text).c_str(), stdout);
  std::fflush(stdout);
}

void say_aside(std::string_view text) {
  std::fputs(os::safe_text(text).c_str(), stderr);
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
