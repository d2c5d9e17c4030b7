// SPDX-License-Identifier: BSD-3-Clause
// A file, read whole: a reading that breaks off is an error, never a shorter file.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace os {

/// At most `mebibytes`. Errors: those of open_to_read(), io, invalid (a larger file); each names
/// the file.
base::Result<base::Bytes> read_file(const std::string& path, std::size_t mebibytes);

/// The first `bytes` of it, or fewer where it has fewer. Errors: those of open_to_read(), io.
base::Result<base::Bytes> read_start(const std::string& path, std::size_t bytes);

}  // namespace os
