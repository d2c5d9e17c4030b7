// SPDX-License-Identifier: BSD-3-Clause
// What an ELF file tells of how it is loaded (elf(5)).
#pragma once

#include <cstdint>
#include <string>

namespace os {

enum class Loading : std::uint8_t {
  no_program,      ///< a script, other data, or a file that cannot be read
  alone,           ///< a static program: it names no interpreter
  with_libraries,  ///< an interpreter loads shared libraries with it
};

Loading loading_of(const std::string& file);

}  // namespace os
