// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace scenarios::cli {

base::Result<ScratchFolder> ScratchFolder::make() {
  std::error_code failure;
  std::string pattern = (std::filesystem::temp_directory_path(failure) / "mesim-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return base::Error{base::Errc::io,
                       "cannot make a folder " + pattern + ": " + std::strerror(errno)};
  }
  return ScratchFolder(pattern);
}

ScratchFolder::~ScratchFolder() {
  std::error_code failure;
  if (!path_.empty()) std::filesystem::remove_all(path_, failure);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

}  // namespace scenarios::cli
