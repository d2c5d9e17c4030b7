// SPDX-License-Identifier: BSD-3-Clause
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "updater/image/image.h"

namespace updater::image {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kLargestFile = 64u << 20;  // four times the largest flash part of the era

class File {
 public:
  explicit File(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

Error failed(const std::string& path, int why) {
  const Errc code = why == ENOENT || why == ENOTDIR ? Errc::not_found
                    : why == EACCES || why == EPERM ? Errc::permission
                                                    : Errc::io;
  return {code, fmt::format("reading {}: {}", path, std::strerror(why)),
          static_cast<std::uint32_t>(why)};
}

Error refused(const std::string& path, const char* why) {
  return {Errc::invalid, fmt::format("reading {}: {}", path, why)};
}

/// Reads to the end, or to one byte more than is allowed: a file may grow while it is read.
Result<base::Bytes> read_to_end(const File& file, const std::string& path) {
  base::Bytes bytes;
  std::array<std::uint8_t, 65536> chunk;
  while (bytes.size() <= kLargestFile) {
    const ssize_t got = ::read(file.fd(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(path, errno);
    if (got == 0) return bytes;
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + got);
  }
  return refused(path, "the file is larger than 64 MiB");
}

}  // namespace

Result<base::Bytes> read_file(const std::string& path) {
  const File file(path);
  if (file.fd() < 0) return failed(path, errno);
  struct stat status {};
  if (::fstat(file.fd(), &status) != 0) return failed(path, errno);
  if (S_ISDIR(status.st_mode)) return refused(path, "it is a folder");
  auto bytes = read_to_end(file, path);
  if (bytes && bytes->empty()) return refused(path, "the file is empty");
  return bytes;
}

}  // namespace updater::image
