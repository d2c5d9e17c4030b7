// SPDX-License-Identifier: BSD-3-Clause
// The address of a unix socket.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace os {

/// In bytes; a socket's path has at least 1.
inline constexpr std::size_t kLongestSocketPath = sizeof(sockaddr_un::sun_path) - 1;

/// Nothing: the path is empty, or too long.
std::optional<sockaddr_un> unix_address(std::string_view path);

/// As connect() and bind() want it.
inline const sockaddr* raw(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace os
