// SPDX-License-Identifier: BSD-3-Clause
// A trace that a TraceWriter wrote, of this version or an older one: as text for people, and as
// values.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "emulator/trace/trace_line.h"

namespace emulator::trace {

/// Takes a trace line by line.
class TraceReader {
 public:
  /// "      1.0250026s  -> FWU START 1572864 bytes (86 bytes, me 0x21 host 1)", and of a story's
  /// first line its name. Errors: invalid (no line of a trace: says which), unsupported (a later
  /// program wrote it).
  base::Result<std::string> in_words(std::string_view line);

  /// The same as values, behind the last line of `stories`; a story's first line begins another.
  /// Errors: those of in_words().
  base::Result<void> add_to(std::vector<TracedStory>& stories, std::string_view line);

 private:
  /// A line that is one of a trace.
  base::Result<nlohmann::ordered_json> checked(std::string_view line);
  base::Error no_line() const;

  std::uint32_t lines_ = 0;
  bool begun_ = false;
};

/// A whole trace. Errors: those of TraceReader; invalid where it is empty.
base::Result<std::vector<TracedStory>> read_trace(std::string_view text);

}  // namespace emulator::trace
