// SPDX-License-Identifier: BSD-3-Clause
// A folder into which nobody else can put anything: no link, no file with another's contents.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace os {

enum class Origin : std::uint8_t { found, made };

/// Makes the folder where it is missing, mode 0700, and those above it as the umask says. Errors:
/// permission (it belongs to another user, or others may write to it: says which, and what to do),
/// invalid (no folder), io.
base::Result<Origin> private_folder(const std::string& path);

}  // namespace os
