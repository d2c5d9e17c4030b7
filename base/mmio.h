// SPDX-License-Identifier: BSD-3-Clause
// The seam at a device's memory-mapped registers, real or simulated. One call stands for one bus
// cycle.
#pragma once

#include <cstdint>
#include <span>

namespace base {

class Mmio {
 public:
  virtual ~Mmio() = default;

  /// Reads the 32-bit register at byte `offset`, with its side effects. No such register reads as
  /// the bus floats.
  virtual std::uint32_t read32(std::uint32_t offset) = 0;

  /// Writes the 32-bit register at byte `offset`. Writes that hardware ignores are ignored.
  virtual void write32(std::uint32_t offset, std::uint32_t value) = 0;

  /// One byte. A device with byte-wide registers (TIS) has its own; to any other it is a lane of
  /// the 32-bit register.
  virtual std::uint8_t read8(std::uint32_t offset) {
    return static_cast<std::uint8_t>(read32(offset & ~3u) >> 8 * (offset & 3));
  }

  /// Writes one byte. A device without byte-wide registers ignores it.
  virtual void write8(std::uint32_t /*offset*/, std::uint8_t /*value*/) {}

  // One register many times in a row, as a driver's loop does it: as many bus cycles, in this
  // order. A device overrides them only to do the same in fewer calls.
  virtual void read32_each(std::uint32_t offset, std::span<std::uint32_t> out) {
    for (std::uint32_t& value : out) value = read32(offset);
  }
  virtual void write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) {
    for (const std::uint32_t value : values) write32(offset, value);
  }
  virtual void read8_each(std::uint32_t offset, std::span<std::uint8_t> out) {
    for (std::uint8_t& value : out) value = read8(offset);
  }
  virtual void write8_each(std::uint32_t offset, std::span<const std::uint8_t> values) {
    for (const std::uint8_t value : values) write8(offset, value);
  }
};

}  // namespace base
