// SPDX-License-Identifier: BSD-3-Clause
// Which machine profile a board of ME 6 or later is built upon, one row a generation: what no log
// tells is as that board has it. A generation without a board of its own has its neighbour's wiring
// and its own messages, which go by the firmware's version (protocol/generation.h).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "protocol/generation.h"

namespace scenarios::field {

struct LaterBase {
  std::uint16_t generation = 0;
  std::string_view plain;     ///< a profile, without Active Management Technology
  std::string_view with_amt;  ///< one that has it, where there is one; else the same
  std::string_view why;       ///< why that one
};

inline constexpr std::string_view kOwnGeneration = "the board of this generation that is modelled";

inline constexpr std::array<LaterBase, 11> kLaterBases = {{
    {6, "desktop-h67", "laptop-qm67",
     "no board of ME 6 is modelled: ME 7 has the same messages and the same tools"},
    {7, "desktop-h67", "laptop-qm67", kOwnGeneration},
    {8, "desktop-z77", "laptop-qm77", kOwnGeneration},
    {9, "desktop-h87", "desktop-h87", kOwnGeneration},
    {10, "desktop-h87", "desktop-h87",
     "no board of ME 10 is modelled: ME 9 has the same status words and the same tools"},
    {11, "desktop-h170", "laptop-cm236", kOwnGeneration},
    {12, "desktop-tgl", "laptop-tgl",
     "no board of CSME 12 is modelled: CSME 15 has the same messages and the same tools"},
    {13, "desktop-tgl", "laptop-tgl",
     "no board of CSME 13 is modelled: CSME 15 has the same messages and the same tools"},
    {14, "desktop-tgl", "laptop-tgl",
     "no board of CSME 14 is modelled: CSME 15 has the same messages and the same tools"},
    {15, "desktop-tgl", "laptop-tgl", kOwnGeneration},
    {16, "desktop-z790", "laptop-adl", kOwnGeneration},
}};

/// The row of firmware `major`; null: none is near enough.
constexpr const LaterBase* find_later_base(std::uint16_t major) {
  for (const LaterBase& row : kLaterBases) {
    if (row.generation == major) return &row;
  }
  return nullptr;
}

namespace detail {
constexpr bool has_own_base(std::uint16_t major) {
  for (const LaterBase& row : kLaterBases) {
    if (row.generation == major) return row.why == kOwnGeneration;
  }
  return false;
}
/// Every generation of which a board is modelled, and is not built from a log otherwise, has it.
constexpr bool bases_are_complete() {
  for (const protocol::Generation& each : protocol::kGenerations) {
    if (each.modelled == protocol::Modelled::board && !has_own_base(each.major)) return false;
  }
  return true;
}
}  // namespace detail
static_assert(detail::bases_are_complete());

}  // namespace scenarios::field
