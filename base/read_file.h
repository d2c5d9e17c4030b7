// SPDX-License-Identifier: BSD-3-Clause
// A file, read whole: a reading that breaks off is an error, never a shorter file.
#pragma once

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace base {

namespace detail {
inline Error unreadable(const std::string& path, int why) {
  const std::string doing = "reading " + path + ": ";
  if (why == EISDIR) return {Errc::invalid, doing + "it is a folder"};
  const Errc code = why == ENOENT || why == ENOTDIR ? Errc::not_found
                    : why == EACCES || why == EPERM ? Errc::permission
                                                    : Errc::io;
  return {code, doing + std::strerror(why), static_cast<std::uint32_t>(why)};
}
}  // namespace detail

/// At most `mebibytes`; a device that never ends is larger. Errors: not_found, permission, io,
/// invalid (a folder, a larger file); each names the file.
inline Result<Bytes> read_file(const std::string& path, std::size_t mebibytes) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (file == nullptr) return detail::unreadable(path, errno);
  Bytes bytes;
  std::array<std::uint8_t, 65536> piece;
  while (std::feof(file.get()) == 0) {
    const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get());
    const int why = errno;
    bytes.insert(bytes.end(), piece.begin(), piece.begin() + got);
    if (bytes.size() > mebibytes << 20) {
      return Error{Errc::invalid, "reading " + path + ": the file is larger than " +
                                      std::to_string(mebibytes) + " MiB"};
    }
    if (std::ferror(file.get()) == 0) continue;
    if (why != EINTR) return detail::unreadable(path, why);
    std::clearerr(file.get());
  }
  return bytes;
}

}  // namespace base
