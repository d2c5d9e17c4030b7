// SPDX-License-Identifier: BSD-3-Clause
#include "os/unix_address.h"

#include <algorithm>

namespace os {

std::optional<sockaddr_un> unix_address(std::string_view path) {
  if (path.empty() || path.size() > kLongestSocketPath) return std::nullopt;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, address.sun_path);
  return address;
}

}  // namespace os
