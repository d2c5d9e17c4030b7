// SPDX-License-Identifier: BSD-3-Clause
// A trace that a TraceWriter wrote, of this version or an older one, as text for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace emulator::trace {

/// Takes a trace line by line.
class TraceReader {
 public:
  /// "      1.0250026s  -> FWU START 1572864 bytes (86 bytes, me 0x21 host 1)", and of a story's
  /// first line its name. Errors: invalid (no line of a trace: says which), unsupported (a later
  /// program wrote it).
  base::Result<std::string> in_words(std::string_view line);

 private:
  std::uint32_t lines_ = 0;
  bool begun_ = false;
};

}  // namespace emulator::trace
