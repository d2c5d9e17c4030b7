// SPDX-License-Identifier: BSD-3-Clause
#include "os/read_file.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "os/regular_file.h"
#include "os/system_error.h"

namespace os {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;

Result<Bytes> read_start(const std::string& path, std::size_t bytes) {
  constexpr std::size_t piece = 65536;
  const auto file = open_to_read(path);
  if (!file) return file.error();
  Bytes read;
  while (read.size() < bytes) {
    const std::size_t before = read.size();
    read.resize(std::min(bytes, before + piece));
    const ssize_t got = ::read(file->number(), read.data() + before, read.size() - before);
    const int why = errno;
    read.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) break;
    if (got < 0 && why != EINTR) return system_error("reading " + path, why);
  }
  return read;
}

Result<Bytes> read_file(const std::string& path, std::size_t mebibytes) {
  Result<Bytes> read = read_start(path, (mebibytes << 20) + 1);
  if (!read || read->size() <= mebibytes << 20) return read;
  return Error{Errc::invalid, "reading " + path + ": the file is larger than " +
                                  std::to_string(mebibytes) + " MiB"};
}

}  // namespace os
