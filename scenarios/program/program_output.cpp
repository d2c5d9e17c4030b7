// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/program/program_output.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace scenarios::program {
namespace {

bool has_something(int file) {
  pollfd asked{.fd = file, .events = POLLIN, .revents = 0};
  return ::poll(&asked, 1, 0) > 0;
}

}  // namespace

std::size_t ProgramOutput::take_some() {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(pipe_.number(), buffer.data(), buffer.size());
  if (got < 0 && errno == EINTR) return 0;
  if (got <= 0) {
    pipe_.close();
    return 0;
  }
  const auto size = static_cast<std::size_t>(got);
  const std::size_t room = std::min(size, kMost - kept_.size());
  kept_.append(buffer.data(), room);
  left_out_ += size - room;
  return size;
}

void ProgramOutput::take() {
  (void)take_some();
}

void ProgramOutput::take_the_rest() {
  while (pipe_.is_open() && has_something(pipe_.number()) && take_some() > 0) {
  }
}

std::string ProgramOutput::text() const {
  if (left_out_ == 0) return kept_;
  return kept_ + "\n(" + std::to_string(left_out_) + " bytes more are left out)\n";
}

}  // namespace scenarios::program
