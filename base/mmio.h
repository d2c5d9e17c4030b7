// SPDX-License-Identifier: BSD-3-Clause
// The seam at a device's memory-mapped registers, real or simulated. One call stands for one bus cycle.
#pragma once

#include <cstdint>

namespace base {

class Mmio {
 public:
  virtual ~Mmio() = default;

  /// Reads the 32-bit register at byte `offset`, with its side effects. No such register reads as the bus floats.
  virtual std::uint32_t read32(std::uint32_t offset) = 0;

  /// Writes the 32-bit register at byte `offset`. Writes that hardware ignores are ignored.
  virtual void write32(std::uint32_t offset, std::uint32_t value) = 0;
};

}  // namespace base
