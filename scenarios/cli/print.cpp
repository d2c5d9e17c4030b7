// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/print.h"

#include <cstdio>
#include <string>

#include "updater/cli/safe_text.h"

namespace scenarios::cli {

void say(std::string_view text) {
  std::fputs(updater::cli::safe_text(text).c_str(), stdout);
  std::fflush(stdout);
}

void complain(std::string_view text) {
  std::fputs(updater::cli::safe_text("mesim: " + std::string(text) + "\n").c_str(), stderr);
}

bool all_was_said() {
  return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

}  // namespace scenarios::cli
