// SPDX-License-Identifier: BSD-3-Clause
// What a program prints on its standard output, as a serving loop takes it in; and with its end,
// the program's.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "emulator/attach/serving_loop.h"
#include "os/child_process.h"

namespace scenarios::guest {

class ProgramOutput final : public emulator::attach::Attachment {
 public:
  using PassOn = std::function<void(std::string_view)>;

  /// `pass_on` gets every piece as it comes.
  explicit ProgramOutput(PassOn pass_on) : pass_on_(std::move(pass_on)) {}

  /// Null: nobody's.
  void watch(os::ChildProcess* program) { program_ = program; }
  bool has_ended() const { return program_ != nullptr && !program_->output().is_open(); }

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override {}

 private:
  PassOn pass_on_;
  os::ChildProcess* program_ = nullptr;
};

}  // namespace scenarios::guest
