// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/program_output.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace scenarios::guest {

void ProgramOutput::list(std::vector<pollfd>& wanted) {
  if (program_ != nullptr && program_->output().is_open())
    wanted.push_back({.fd = program_->output().number(), .events = POLLIN, .revents = 0});
}

void ProgramOutput::serve(std::span<const pollfd> ready) {
  if (program_ == nullptr || !emulator::attach::is_ready(ready, program_->output().number()))
    return;
  std::array<char, 4096> buffer;
  const ssize_t got = ::read(program_->output().number(), buffer.data(), buffer.size());
  if (got > 0) pass_on_({buffer.data(), static_cast<std::size_t>(got)});
  if (got == 0 || (got < 0 && errno != EINTR)) program_->output().close();
}

}  // namespace scenarios::guest
