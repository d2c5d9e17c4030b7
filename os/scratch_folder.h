// SPDX-License-Identifier: BSD-3-Clause
// A folder for what a run needs on disk for its own time only.
#pragma once

#include <string>

#include "base/result.h"

namespace os {

/// Removed with everything in it when this goes. Child processes that end by _exit leave it alone.
class ScratchFolder {
 public:
  /// Errors: io (where it could not be made, and why).
  static base::Result<ScratchFolder> make();
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  const std::string& path() const { return path_; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace os
