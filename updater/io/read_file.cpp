// SPDX-License-Identifier: BSD-3-Clause
#include "updater/io/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "updater/io/descriptor.h"

namespace updater::io {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kLargestFile = 64u << 20;  // four times the largest flash part of the era

Error failed(const std::string& path, int why) {
  const Errc code = why == ENOENT || why == ENOTDIR ? Errc::not_found
                    : why == EACCES || why == EPERM ? Errc::permission
                                                    : Errc::io;
  return {code, "reading " + path + ": " + std::strerror(why), static_cast<std::uint32_t>(why)};
}

Error refused(const std::string& path, const char* why) {
  return {Errc::invalid, "reading " + path + ": " + why};
}

/// Reads to the end, or to one byte more than is allowed: a file may grow while it is read.
Result<base::Bytes> read_to_end(const Descriptor& file, const std::string& path) {
  base::Bytes bytes;
  std::array<std::uint8_t, 65536> chunk;
  while (bytes.size() <= kLargestFile) {
    const ssize_t got = ::read(file.number(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(path, errno);
    if (got == 0) return bytes;
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + got);
  }
  return refused(path, "the file is larger than 64 MiB");
}

}  // namespace

Result<base::Bytes> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return failed(path, errno);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return failed(path, errno);
  if (S_ISDIR(status.st_mode)) return refused(path, "it is a folder");
  auto bytes = read_to_end(file, path);
  if (bytes && bytes->empty()) return refused(path, "the file is empty");
  return bytes;
}

}  // namespace updater::io
