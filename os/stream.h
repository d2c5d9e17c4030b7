// SPDX-License-Identifier: BSD-3-Clause
// Pipes, terminals and the files that the program has open already: they are written straight.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "os/descriptor.h"

namespace os {

/// Of "/dev/stdout", "/dev/stderr", "/dev/fd/N" (what a shell makes of ">(...)"): the same open
/// file once more, so that what is written goes behind what was written. Nothing: no such path.
/// Errors: io (it is not open).
std::optional<base::Result<Descriptor>> open_already(const std::string& path);

inline constexpr base::Duration kReaderLimit = std::chrono::seconds(10);

/// A pipe, socket or character device, to be written. Errors: permission, io, timeout (nobody has
/// begun to read from the pipe within `limit`).
base::Result<Descriptor> open_stream(const std::string& path, base::Duration limit = kReaderLimit);

}  // namespace os
