// SPDX-License-Identifier: BSD-3-Clause
// Opening what must be a file that holds bytes: an image, a story, a profile, a machine's state. A
// pipe would be waited for without an end, and some devices act when they are opened.
#pragma once

#include <string>

#include "base/result.h"
#include "os/descriptor.h"

namespace os {

/// To be read. Links are followed. Errors: not_found, permission, io, invalid (a folder, pipe,
/// device or socket, which is not opened); each names the file and says what it is.
base::Result<Descriptor> open_to_read(const std::string& path);

/// To be read and written in place; it is there already. No link is followed: what stands in its
/// stead is not this file. Errors: the same.
base::Result<Descriptor> open_in_place(const std::string& path);

}  // namespace os
