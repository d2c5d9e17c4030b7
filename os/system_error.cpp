// SPDX-License-Identifier: BSD-3-Clause
#include "os/system_error.h"

#include <cerrno>
#include <cstring>

namespace os {

using base::Errc;

std::string error_words(int number) {
  return std::strerror(number);
}

base::Error system_error(const std::string& doing) {
  return system_error(doing, errno);
}

base::Error system_error(const std::string& doing, int number) {
  const Errc code = number == ENOENT || number == ENOTDIR ? Errc::not_found
                    : number == EACCES || number == EPERM ? Errc::permission
                                                          : Errc::io;
  return {code, doing + ": " + error_words(number), static_cast<std::uint32_t>(number)};
}

}  // namespace os
