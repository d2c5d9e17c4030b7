// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/new_board_id.h"

#include <sys/random.h>

#include <cerrno>

namespace scenarios::cli {

base::Result<protocol::BoardId> new_board_id() {
  protocol::BoardId id;
  if (::getrandom(id.bytes.data(), id.bytes.size(), 0) != static_cast<ssize_t>(id.bytes.size()))
    return base::Error{base::Errc::io, "naming the board: the kernel gives no random bytes",
                       static_cast<std::uint32_t>(errno)};
  return id;
}

}  // namespace scenarios::cli
