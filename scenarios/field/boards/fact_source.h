// SPDX-License-Identifier: BSD-3-Clause
// Where a profile's values come from: the state's own lines, then the same board's other states.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/boards/profile_value.h"
#include "scenarios/field/boards/reported_board.h"

namespace scenarios::field {

class FactSource {
 public:
  FactSource(const std::vector<ReportedBoard>& states, std::size_t index)
      : states_(states), own_(states[index]) {}

  const ReportedBoard& state() const { return own_; }
  /// The line that tells `fact` of this state; null where none does.
  const Observation* own(Fact fact) const { return own_.find(fact); }
  /// The same from another state of this board: one with the same firmware first, then the last
  /// one that the same file shows before this one.
  const Observation* of_sibling(Fact fact) const;

  /// Own, else a sibling's where a fact's reach allows it.
  struct Found {
    const Observation* seen = nullptr;
    Provenance provenance = Provenance::assumed;
  };
  Found find(Fact fact) const;

 private:
  /// What another state's line is worth; the larger, the better.
  struct Worth {
    bool same_code = false;
    std::optional<std::uint32_t> line_before;

    auto operator<=>(const Worth&) const = default;
  };

  bool same_code(const ReportedBoard& other) const;
  /// Its number, where it stands before the own lines in the same file.
  std::optional<std::uint32_t> line_before_own(const LogLine& line) const;

  const std::vector<ReportedBoard>& states_;
  const ReportedBoard& own_;
};

}  // namespace scenarios::field
