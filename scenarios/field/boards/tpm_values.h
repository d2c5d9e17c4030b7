// SPDX-License-Identifier: BSD-3-Clause
// The [tpm] part of a profile: what MEInfo's iTPM lines tell, and what the update tool's words do.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "scenarios/field/boards/generation_defaults.h"
#include "scenarios/field/boards/profile_writer.h"

namespace scenarios::field {

void write_tpm(ProfileWriter& out, const protocol::Generation& defaults,
               const Observation* through_tpm, const Observation* owned_error);

/// A run of this board in which the tool says that the TPM is owned (error 8729).
const Observation* seen_owned_error(const std::vector<ReportedBoard>& states, std::size_t board,
                                    const FieldReport& report);

/// MEInfo's four lockout numbers, in the order of its lines; those that the log has. The tool for
/// Windows reads the eight-byte record three bytes late (docs/fidelity.md, field-late-reading):
/// then the lowest byte of the third and all of the fourth lie behind the record.
struct LockoutLines {
  std::array<std::optional<std::uint32_t>, 4> numbers;
  bool read_late = false;
};
/// Nothing when the log has none of them.
std::optional<LockoutLines> lockout_lines(const ReportedBoard& state);

/// The record behind the lines; what they do not tell is the usual.
struct LockoutRecord {
  std::uint32_t threshold = 10;
  std::uint32_t initial = 240;
  std::uint32_t multiplier = 2;
  std::uint32_t fade_out = 3600;
};
LockoutRecord record_of(const LockoutLines& lines);

}  // namespace scenarios::field
