// SPDX-License-Identifier: BSD-3-Clause
// Writing to an open file: all of it, or an error that names the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "os/descriptor.h"

namespace os {

/// Where the last write ended. Errors: io.
base::Result<void> write_all(const Descriptor& file, const std::string& name, base::ByteView data);

/// To a file by its number, such as standard output. Gives 0, or errno of what kept a part back.
int write_text(int file, std::string_view text);

/// All of the file `from`, piece by piece. Errors: those of open_to_read(), io.
base::Result<void> append_file(const std::string& from, const Descriptor& file,
                               const std::string& name);

/// From `offset` on. Errors: io.
base::Result<void> write_at(const Descriptor& file, const std::string& name, base::ByteView data,
                            std::uint32_t offset);

}  // namespace os
