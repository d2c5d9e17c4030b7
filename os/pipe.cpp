// SPDX-License-Identifier: BSD-3-Clause
#include "os/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

namespace os {

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends = {};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{.read = Descriptor(ends[0]), .write = Descriptor(ends[1])};
}

}  // namespace os
