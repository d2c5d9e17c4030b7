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

int write_text(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

Result<void> write_all(const Descriptor& file, const std::string& name, ByteView data) {
  const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
  const int failed = write_text(file.number(), text);
  if (failed != 0) return system_error("writing " + name, failed);
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
