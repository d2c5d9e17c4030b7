// SPDX-License-Identifier: BSD-3-Clause
// A file of the command line, read whole.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace updater::io {

/// At most 64 MiB: more than any flash part of the era holds. Errors: not_found, permission, io,
/// invalid (a folder, an empty file, a larger one); each names the file.
base::Result<base::Bytes> read_file(const std::string& path);

}  // namespace updater::io
