// SPDX-License-Identifier: BSD-3-Clause
// Stream sockets, and how one is connected.
#pragma once

#include <sys/socket.h>

#include <cstdint>

#include "os/descriptor.h"

namespace os {

/// What a call does that cannot end at once.
enum class Calls : std::uint8_t {
  wait,
  return_at_once,  ///< with EAGAIN, a connect() on a network with EINPROGRESS
};

/// Closed in every program that a child becomes. Not open: errno says why.
Descriptor stream_socket(int family, Calls calls);

struct ConnectedSocket {
  Descriptor socket;
  int error = 0;  ///< errno of what failed; 0: it is connected
};
/// To whoever listens at `address`, of `size` bytes.
ConnectedSocket connected_socket(const sockaddr* address, socklen_t size, Calls calls);

}  // namespace os
