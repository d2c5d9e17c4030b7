// SPDX-License-Identifier: BSD-3-Clause
// The console of the program: standard output and error, questions on the terminal, and the signals
// that ask to stop.
#pragma once

#include "updater/cli/meupdate.h"

namespace updater::cli {

/// From now on SIGINT, SIGTERM and SIGHUP only set the flag that stop_requested() tells: for what
/// must not be broken off in the middle.
void catch_stop_signals();
/// From now on writing to a reader that went away fails, instead of ending the program.

class Terminal final : public Console {
 public:
  void out(std::string_view text) override;
  void err(std::string_view text) override;
  bool interactive() const override;
  /// 0 on a terminal that cannot go back to a line's beginning (TERM=dumb).
  std::size_t columns() const override;
  std::size_t text_columns() const override;
  base::Result<std::string> read_input(std::size_t most) override;
  /// "y" or "yes" in any case is yes; the end of input, a request to stop and everything else is
  /// no. What was typed before the question showed is no answer to it.
  bool confirm(std::string_view question) override;
  bool stop_requested() const override;
  std::string date() const override;
  base::Result<std::optional<base::Secret>> ask_secret(std::string_view question,
                                                       const os::NoCoreDumps& held) override;

  /// errno of the first write to standard output that failed; 0 when all of it is out.
  int output_error() const { return output_error_; }

 private:
  int output_error_ = 0;
};

}  // namespace updater::cli
