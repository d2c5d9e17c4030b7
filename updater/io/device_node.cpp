// SPDX-License-Identifier: BSD-3-Clause
#include "updater/io/device_node.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

namespace updater::io {
namespace {

namespace fs = std::filesystem;

/// "10:224"; nothing for what is no character device.
std::optional<std::string> number_of(const std::string& path) {
  struct stat seen {};
  if (::lstat(path.c_str(), &seen) != 0 || !S_ISCHR(seen.st_mode)) return std::nullopt;
  return std::to_string(major(seen.st_rdev)) + ":" + std::to_string(minor(seen.st_rdev));
}

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

/// A device without a parent lies in devices/virtual: no hardware is behind it.
bool is_virtual(const fs::path& entry) {
  std::error_code failed;
  const fs::path real = fs::canonical(entry, failed);
  return failed || real.string().find("/devices/virtual/") != std::string::npos;
}

}  // namespace

bool is_systems_node(const std::string& path, NodeClass wanted, const std::string& sys) {
  const auto number = number_of(path);
  if (!number) return false;
  const std::string name = fs::path(path).filename();
  const std::string kind = wanted == NodeClass::tpm ? "tpm" : "mei";
  std::vector<fs::path> entries = {fs::path(sys) / "class" / kind / name};
  // Where an older kernel has both.
  if (name.starts_with(kind)) entries.push_back(fs::path(sys) / "class/misc" / name);
  return std::ranges::any_of(entries, [&](const fs::path& entry) {
    return first_line(entry / "dev") == *number && !is_virtual(entry);
  });
}

}  // namespace updater::io
