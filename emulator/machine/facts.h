// SPDX-License-Identifier: BSD-3-Clause
// What can be asked about the simulated machine from outside, as no host could: each fact by name,
// as text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "emulator/machine/board.h"

namespace emulator::machine {

struct BoardFact {
  const char* name;
  const char* meaning;
  std::string (*read)(Board&);
  std::span<const std::string_view> words = {};  ///< all it can be; empty: numbers, or a version
};

/// All of them, in the order of the manual.
std::span<const BoardFact> facts();
/// Null where there is no such fact.
const BoardFact* find_fact(std::string_view name);

/// All rules together.
inline constexpr std::string_view kAnyRule = "any";
/// What the HECI device has counted of bad input by the rule of this
/// name (emulator/heci/bad_input.h).
std::uint64_t counter(Board& board, std::string_view rule);

}  // namespace emulator::machine
