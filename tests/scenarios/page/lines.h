// SPDX-License-Identifier: BSD-3-Clause
// Lines of a trace, made by hand.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "emulator/trace/trace_line.h"

namespace scenarios::page {

using emulator::sim::TraceKind;
using emulator::trace::TraceLine;

inline base::TimePoint at(double seconds) {
  return std::chrono::duration_cast<base::TimePoint>(std::chrono::duration<double>(seconds));
}

inline TraceLine message(double seconds, const std::string& says,
                         TraceKind kind = TraceKind::message_to_me) {
  return {
      .at = at(seconds), .kind = kind, .me_addr = 0x21, .host_addr = 1, .size = 4, .text = says};
}

inline TraceLine event(double seconds, TraceKind kind, const std::string& text,
                       std::uint32_t a = 0) {
  return {.at = at(seconds), .kind = kind, .text = text, .a = a};
}

inline TraceLine flash(double seconds, TraceKind kind, std::uint32_t address, std::uint32_t bytes) {
  return {.at = at(seconds), .kind = kind, .a = address, .b = bytes};
}

inline TraceLine tpm_command(double seconds, std::uint32_t ordinal) {
  return {.at = at(seconds), .kind = TraceKind::tpm_command, .a = ordinal, .b = 22};
}

inline TraceLine tpm_response(double seconds, std::uint32_t ordinal, std::uint32_t result) {
  return {.at = at(seconds), .kind = TraceKind::tpm_response, .a = ordinal, .b = result};
}

}  // namespace scenarios::page
