// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/file_writing.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace emulator::attach {
namespace {

using base::Result;

/// Has what is in `file` reach the disk.
Result<void> sync(const Descriptor& file, const std::string& path) {
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

FreshFile::~FreshFile() {
  ::unlink(fresh_.c_str());
}

Result<void> FreshFile::write(base::ByteView contents) const {
  const Descriptor file(::open(fresh_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.is_open()) return system_error("writing " + fresh_);
  if (auto written = write_at(file, fresh_, contents, 0); !written) return written;
  return sync(file, fresh_);
}

Result<void> FreshFile::put_in_place() const {
  if (std::rename(fresh_.c_str(), path_.c_str()) != 0) return system_error("replacing " + path_);
  const std::string parent = std::filesystem::path(path_).parent_path();
  const std::string folder = parent.empty() ? "." : parent;
  const Descriptor names(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return names.is_open() ? sync(names, folder) : system_error("opening " + folder);
}

}  // namespace emulator::attach
