// SPDX-License-Identifier: BSD-3-Clause
// Files that grow while a program runs and may hold what only its user is to know: logs and traces.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "os/descriptor.h"

namespace os {

enum class Begin : std::uint8_t { behind_what_is_there, anew };

/// A file, open for writing, mode 0600, whatever the umask and its mode before. What is written
/// goes to its end. Errors: permission (it belongs to another user), invalid (a link or no file),
/// not_found, io; each names the file.
base::Result<Descriptor> open_private_file(const std::string& path, Begin begin);

/// The same, and a pipe or character device as it is. Errors: also timeout (a pipe that
/// nobody reads).
base::Result<Descriptor> open_private(const std::string& path, Begin begin);

}  // namespace os
