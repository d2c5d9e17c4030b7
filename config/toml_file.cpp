// SPDX-License-Identifier: BSD-3-Clause
#include "config/toml_file.h"

#include "os/read_file.h"

namespace config {
namespace {

constexpr std::size_t kMostMebibytes = 4;

}  // namespace

base::Result<TomlNode> parse_toml_file(const std::string& path) {
  const base::Result<base::Bytes> bytes = os::read_file(path, kMostMebibytes);
  if (!bytes) return bytes.error();
  return parse_toml(std::string(bytes->begin(), bytes->end()), path);
}

}  // namespace config
