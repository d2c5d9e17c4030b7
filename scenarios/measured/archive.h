// SPDX-License-Identifier: BSD-3-Clause
// What `meupdate collect` or scripts/collect.sh wrote of a real board: docs/real-boards.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/tar.h"

namespace scenarios::measured {

class Archive {
 public:
  /// Errors: invalid (no tar archive, or none of these), and those of reading a file.
  static base::Result<Archive> open(const std::string& path);

  /// Empty where it has no such file.
  base::ByteView bytes(std::string_view name) const;
  /// Without blanks and line ends around it.
  std::string text(std::string_view name) const;
  /// The first file, in order of names, that begins and ends so; empty: there is none.
  std::string first(std::string_view start, std::string_view end) const;

 private:
  std::vector<base::TarFile> files_;
};

}  // namespace scenarios::measured
