// SPDX-License-Identifier: BSD-3-Clause
// Seeded random numbers: one seed, one history (SplitMix64, Steele, Lea and Flood 2014).
#pragma once

#include <cstdint>

#include "emulator/sim/archive.h"

namespace emulator::sim {

/// Between two states of SplitMix64.
inline constexpr std::uint64_t kRandomStep = 0x9E3779B97F4A7C15u;

/// SplitMix64's number for a state: each of its bits depends on all of the state's.
constexpr std::uint64_t mixed(std::uint64_t state) {
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += kRandomStep;
    return mixed(state_);
  }

  /// 0 .. bound-1; bound must not be 0.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  void serialize(Archive& a) { a.value(state_); }

 private:
  std::uint64_t state_;
};

}  // namespace emulator::sim
