// SPDX-License-Identifier: BSD-3-Clause
// libcrypto's random numbers, seeded, for as long as a simulated TPM runs a command: one seed, one
// history. Outside that scope libcrypto's own generator is in force, so nothing real is ever made
// from these numbers.
#pragma once

#include "emulator/sim/random.h"

namespace emulator::tpm {

/// While one lives, RAND_bytes and everything that uses it draw from `random`. They do not nest.
class SeededRandomScope {
 public:
  explicit SeededRandomScope(sim::Random& random);
  ~SeededRandomScope();
  SeededRandomScope(const SeededRandomScope&) = delete;
  SeededRandomScope& operator=(const SeededRandomScope&) = delete;
};

}  // namespace emulator::tpm
