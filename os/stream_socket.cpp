// SPDX-License-Identifier: BSD-3-Clause
#include "os/stream_socket.h"

#include <cerrno>
#include <utility>

namespace os {

Descriptor stream_socket(int family, Calls calls) {
  const int at_once = calls == Calls::wait ? 0 : SOCK_NONBLOCK;
  return Descriptor(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | at_once, 0));
}

ConnectedSocket connected_socket(const sockaddr* address, socklen_t size, Calls calls) {
  Descriptor socket = stream_socket(address->sa_family, calls);
  const bool connected = socket.is_open() && ::connect(socket.number(), address, size) == 0;
  const int error = connected ? 0 : errno;
  return {.socket = std::move(socket), .error = error};
}

}  // namespace os
