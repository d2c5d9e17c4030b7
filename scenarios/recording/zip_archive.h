// SPDX-License-Identifier: BSD-3-Clause
// Zip archives in memory, over libzip.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace scenarios::recording {

struct ZippedFile {
  std::string name;
  std::string text;
};

/// Its files, in the archive's order. Errors: invalid (no zip archive, a damaged one, or one that
/// unpacks to more than 64 MiB).
base::Result<std::vector<ZippedFile>> unzip(base::ByteView archive);

/// Errors: io (no memory).
base::Result<base::Bytes> zip(const std::vector<ZippedFile>& files);

}  // namespace scenarios::recording
