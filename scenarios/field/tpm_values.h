// SPDX-License-Identifier: BSD-3-Clause
// The [tpm] part of a profile: what MEInfo's iTPM lines tell, and what the update tool's words do.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "scenarios/field/generation_defaults.h"
#include "scenarios/field/profile_writer.h"

namespace scenarios::field {

void write_tpm(ProfileWriter& out, const GenerationDefaults& defaults,
               const Observation* through_tpm, const Observation* owned_error);

/// A run of this board in which the tool says that the TPM is owned (error 8729).
const Observation* seen_owned_error(const std::vector<BoardState>& states, std::size_t board,
                                    const FieldReport& report);

/// MEInfo's four lockout numbers, in the order of its lines. The tool for Windows reads the
/// eight-byte record three bytes late (docs/fidelity.md, tpm-lockout-record): then the lowest byte
/// of the third and all of the fourth lie behind the record.
struct LockoutLines {
  std::array<std::uint32_t, 4> numbers{};
  bool read_late() const { return numbers[3] == 0 && (numbers[2] & 0xFF) == 0 && numbers[2] != 0; }
};
std::optional<LockoutLines> lockout_lines(const BoardState& state);

/// What a late reading still shows of the record. Lost: the threshold, and the high byte of the
/// period.
struct LateLockout {
  std::uint32_t initial_low_byte = 0;
  std::uint32_t multiplier = 0;
  std::uint32_t fade_out = 0;
};
LateLockout unshifted(const LockoutLines& late);

}  // namespace scenarios::field
