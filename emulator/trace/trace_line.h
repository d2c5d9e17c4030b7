// SPDX-License-Identifier: BSD-3-Clause
// One line of a trace as values: what pages, comparisons and other programs' formats are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "emulator/sim/trace.h"

namespace emulator::trace {

struct TraceLine {
  base::TimePoint at{};
  sim::TraceKind kind = sim::TraceKind::firmware;
  std::uint8_t me_addr = 0;                 ///< of messages and bad input
  std::uint8_t host_addr = 0;               ///< of messages and bad input
  std::uint32_t size = 0;                   ///< of a message: bytes of the whole
  base::Bytes data;                         ///< of a message: its first bytes, secrets are zeros
  std::optional<std::uint64_t> fnv1a = {};  ///< of a message: checksum of all its bytes, if known
  std::string text;     ///< what a message says; an event's words; a broken rule
  std::uint32_t a = 0;  ///< as in sim::TraceRecord
  std::uint32_t b = 0;

  bool is_message() const {
    return kind == sim::TraceKind::message_to_me || kind == sim::TraceKind::message_to_host;
  }
  bool is_flash() const {
    return kind == sim::TraceKind::flash_program || kind == sim::TraceKind::flash_erase ||
           kind == sim::TraceKind::flash_torn;
  }
  bool operator==(const TraceLine&) const = default;
};

/// The lines of one story, or of a run that is none.
struct TracedStory {
  std::string id;  ///< empty where there is none
  std::vector<TraceLine> lines;
};

/// Nothing where there is no such kind.
std::optional<sim::TraceKind> parse_trace_kind(std::string_view text);

/// What happened, in the words of describe_untimed() without its "->", "<-" or "--":
/// "FWU START 1572864 bytes (86 bytes, me 0x21 host 1)", "fault: ignore (occurrence 3)".
std::string words_of(const TraceLine& line);

}  // namespace emulator::trace
