// SPDX-License-Identifier: BSD-3-Clause
// What people asked to have written: reports, pages, images.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace os {

/// A file is replaced whole (FreshFile), so that the last one is not lost with the new one, and may
/// be read by whom the umask lets. A pipe or character device is written straight. A link is
/// followed where it is this user's own, or root's. Errors: not_found, permission, io, invalid (a
/// folder or a disk), timeout (a pipe that nobody reads); each names the path.
base::Result<void> write_report(const std::string& path, base::ByteView contents);
base::Result<void> write_report(const std::string& path, std::string_view text);

/// A file in a folder that is this program's alone and goes with it: neither put in place by its
/// name nor flushed. Errors: permission, io.
base::Result<void> write_scratch(const std::string& path, base::ByteView contents);
base::Result<void> write_scratch(const std::string& path, std::string_view text);

/// Whether write_report() can do its work, said before there is anything to write. Errors: those
/// of write_report().
base::Result<void> can_write_report(const std::string& path);

}  // namespace os
