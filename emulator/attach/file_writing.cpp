// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/file_writing.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace emulator::attach {
namespace {

using base::Result;

Result<void> write_fresh(const std::string& path, base::ByteView contents) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file.is_open()) return system_error("writing " + path);
  if (auto written = write_at(file, path, contents, 0); !written) return written;
  return ::fsync(file.number()) == 0 ? Result<void>() : system_error("writing " + path);
}

}  // namespace

base::Error system_error(const std::string& doing) {
  return {base::Errc::io, doing + ": " + std::strerror(errno), static_cast<std::uint32_t>(errno)};
}

Result<void> write_at(const Descriptor& file, const std::string& path, base::ByteView data,
                      std::uint32_t offset) {
  while (!data.empty()) {
    const ssize_t written = ::pwrite(file.number(), data.data(), data.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error("writing " + path);
    offset += static_cast<std::uint32_t>(written);
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> replace_file(const std::string& path, base::ByteView contents) {
  const std::string fresh = path + ".new";
  Result<void> done = write_fresh(fresh, contents);
  if (done && std::rename(fresh.c_str(), path.c_str()) != 0)
    done = system_error("replacing " + path);
  if (!done) ::unlink(fresh.c_str());
  return done;
}

}  // namespace emulator::attach
