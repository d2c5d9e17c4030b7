// SPDX-License-Identifier: BSD-3-Clause
// What a program prints into a pipe, up to a limit: one that never stops must not take all memory.
#pragma once

#include <string>

#include "os/descriptor.h"

namespace scenarios::program {

class ProgramOutput {
 public:
  static constexpr std::size_t kMost = 1 << 20;  ///< bytes that are kept

  explicit ProgramOutput(os::Descriptor& pipe) : pipe_(pipe) {}

  bool is_open() const { return pipe_.is_open(); }
  int number() const { return pipe_.number(); }
  /// Takes what is there now. At its end the pipe is closed.
  void take();
  /// All that is there, without waiting for more.
  void take_the_rest();
  /// With a line of its own where some was left out.
  std::string text() const;

 private:
  /// Bytes that were there; 0: none now, or its end.
  std::size_t take_some();

  os::Descriptor& pipe_;
  std::string kept_;
  std::size_t left_out_ = 0;
};

}  // namespace scenarios::program
