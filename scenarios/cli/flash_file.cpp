// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/flash_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace scenarios::cli {
namespace {

using base::Errc;
using base::Error;

Error failure(const std::string& path) {
  return {Errc::io, "writing " + path + ": " + std::strerror(errno),
          static_cast<std::uint32_t>(errno)};
}

}  // namespace

base::Result<FlashFile> FlashFile::open(const std::string& path) {
  emulator::attach::Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.is_open()) return failure(path);
  return FlashFile(std::move(file), path);
}

void FlashFile::flash_changed(std::uint32_t address, base::ByteView now) {
  while (!now.empty()) {
    const ssize_t written = ::pwrite(file_.number(), now.data(), now.size(), address);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      if (written_) written_ = failure(path_);
      return;
    }
    address += static_cast<std::uint32_t>(written);
    now = now.subspan(static_cast<std::size_t>(written));
  }
}

}  // namespace scenarios::cli
