// SPDX-License-Identifier: BSD-3-Clause
#include "updater/io/read_file.h"

#include "os/read_file.h"

namespace updater::io {
namespace {

constexpr std::size_t kMostMebibytes = 64;  // four times the largest flash part of the era

}  // namespace

base::Result<base::Bytes> read_file(const std::string& path) {
  auto bytes = os::read_file(path, kMostMebibytes);
  if (bytes && bytes->empty())
    return base::Error{base::Errc::invalid, "reading " + path + ": the file is empty"};
  return bytes;
}

}  // namespace updater::io
