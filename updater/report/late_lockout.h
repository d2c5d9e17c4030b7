// SPDX-License-Identifier: BSD-3-Clause
// The TPM's lockout numbers as a tool prints them that reads their record three bytes late, with
// zeros behind it: the rule, there and back (docs/fidelity.md, updater-lockout-misread).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/tpm/capability.h"

namespace updater::report {

using protocol::tpm::LockoutRecord;

/// The lower byte of one number with the upper byte of the next.
constexpr std::uint16_t straddled(std::uint16_t one, std::uint16_t next) {
  return static_cast<std::uint16_t>((one & 0xFF) << 8 | next >> 8);
}

/// What such a tool prints of `record`.
constexpr LockoutRecord read_late(const LockoutRecord& record) {
  return {.threshold = straddled(record.initial_seconds, record.multiplier),
          .initial_seconds = straddled(record.multiplier, record.fade_out_seconds),
          .multiplier = straddled(record.fade_out_seconds, 0),
          .fade_out_seconds = 0};
}

/// What is left of a record that was read late; its first three bytes are lost.
struct LockoutRemains {
  std::uint8_t initial_low = 0;  ///< the lower byte of the first lockout, in seconds
  std::uint16_t multiplier = 0;
  std::uint16_t fade_out_seconds = 0;

  bool operator==(const LockoutRemains&) const = default;
};

/// Nothing where no record prints so: three zeros end what was read late.
constexpr std::optional<LockoutRemains> remains_of(const LockoutRecord& printed) {
  if (printed.fade_out_seconds != 0 || (printed.multiplier & 0xFF) != 0) return std::nullopt;
  if (printed == LockoutRecord{}) return std::nullopt;  // a record of zeros, read anyhow
  return LockoutRemains{.initial_low = static_cast<std::uint8_t>(printed.threshold >> 8),
                        .multiplier = straddled(printed.threshold, printed.initial_seconds),
                        .fade_out_seconds = straddled(printed.initial_seconds, printed.multiplier)};
}

/// Four numbers that were read late, where `text` is nothing but them, in MEInfo's order, or where
/// MEInfo's lines have them.
std::optional<LockoutRemains> late_lockout_alone(std::string_view text);
std::optional<LockoutRemains> late_lockout_in_lines(std::string_view text);

/// A line for people.
std::string remains_text(const LockoutRemains& remains);

}  // namespace updater::report
