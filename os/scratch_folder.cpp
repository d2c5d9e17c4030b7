// SPDX-License-Identifier: BSD-3-Clause
#include "os/scratch_folder.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "os/system_error.h"

namespace os {

base::Result<ScratchFolder> ScratchFolder::make() {
  std::error_code failure;
  std::string pattern = (std::filesystem::temp_directory_path(failure) / "mesim-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return os::system_error("cannot make a folder " + pattern);
  }
  return ScratchFolder(pattern);
}

ScratchFolder::~ScratchFolder() {
  std::error_code failure;
  if (!path_.empty()) std::filesystem::remove_all(path_, failure);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

}  // namespace os
