// SPDX-License-Identifier: BSD-3-Clause
#include "os/write_all.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "os/regular_file.h"
#include "os/system_error.h"

namespace os {

using base::ByteView;
using base::Result;

Result<void> write_all(const Descriptor& file, const std::string& name, ByteView data) {
  while (!data.empty()) {
    const ssize_t written = ::write(file.number(), data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error("writing " + name);
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> append_file(const std::string& from, const Descriptor& file, const std::string& name) {
  const auto source = open_to_read(from);
  if (!source) return source.error();
  std::array<std::uint8_t, 65536> piece;
  for (;;) {
    const ssize_t got = ::read(source->number(), piece.data(), piece.size());
    if (got == 0) return {};
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("reading " + from);
    const ByteView read(piece.data(), static_cast<std::size_t>(got));
    if (auto written = write_all(file, name, read); !written) return written;
  }
}

Result<void> write_at(const Descriptor& file, const std::string& name, ByteView data,
                      std::uint32_t offset) {
  while (!data.empty()) {
    const ssize_t written = ::pwrite(file.number(), data.data(), data.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error("writing " + name);
    offset += static_cast<std::uint32_t>(written);
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace os
