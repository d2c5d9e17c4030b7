// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/trace_line.h"

#include <fmt/format.h>

namespace emulator::trace {
namespace {

using sim::TraceKind;

constexpr auto kLastKind = static_cast<std::uint8_t>(TraceKind::tpm);

std::string event_words(const TraceLine& line) {
  switch (line.kind) {
    case TraceKind::flash_program:
    case TraceKind::flash_erase:
    case TraceKind::flash_torn:
      return fmt::format("{:#x} {}", line.a, line.b);
    case TraceKind::tpm_command:
      return fmt::format("ordinal {:#010x} {} bytes", line.a, line.b);
    case TraceKind::tpm_response:
      return fmt::format("ordinal {:#010x} answers {:#x}", line.a, line.b);
    case TraceKind::fault:
      return fmt::format("{} (occurrence {})", line.text, line.a);
    case TraceKind::bad_input:
      return fmt::format("{} (me {:#04x} host {})", line.text, line.me_addr, line.host_addr);
    default:
      return line.text;
  }
}

}  // namespace

std::optional<TraceKind> parse_trace_kind(std::string_view text) {
  for (std::uint8_t i = 0; i <= kLastKind; ++i) {
    const auto kind = static_cast<TraceKind>(i);
    if (text == name(kind)) return kind;
  }
  return std::nullopt;
}

std::string words_of(const TraceLine& line) {
  if (!line.is_message()) return fmt::format("{}: {}", name(line.kind), event_words(line));
  return fmt::format("{} ({} bytes, me {:#04x} host {})", line.text, line.size, line.me_addr,
                     line.host_addr);
}

}  // namespace emulator::trace
