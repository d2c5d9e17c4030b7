// SPDX-License-Identifier: BSD-3-Clause
// Writing to files: all of it, or an error that names the file.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/attach/descriptor.h"

namespace emulator::attach {

/// `doing` and what errno says. Errc::io.
base::Error system_error(const std::string& doing);

/// Writes into `file`, which is open and is `path`, from `offset` on. Errors: io.
base::Result<void> write_at(const Descriptor& file, const std::string& path, base::ByteView data,
                            std::uint32_t offset);

/// Writes PATH.new, has it reach the disk, and puts it in the place of `path`: whoever is killed
/// meanwhile, or finds the disk full, leaves the old file whole. Errors: io.
base::Result<void> replace_file(const std::string& path, base::ByteView contents);

}  // namespace emulator::attach
