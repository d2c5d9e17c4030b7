// SPDX-License-Identifier: BSD-3-Clause
// Writes a partition from its start, one flash operation at a time: a sector is erased when its
// first byte is due, and no program operation leaves its page.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "emulator/firmware/flash_queue.h"
#include "emulator/flash/flash.h"
#include "emulator/sim/archive.h"

namespace emulator::firmware {

class PartitionWriter {
 public:
  PartitionWriter(const flash::Geometry& geometry, FlashQueue& queue, FlashUser user)
      : geometry_(geometry), user_(user), queue_(queue) {}

  /// Starts over at the partition that begins at `base`.
  void begin(std::uint32_t base);
  std::uint32_t base() const { return base_; }
  /// Bytes written so far, counted from the partition's start.
  std::uint32_t written() const { return written_; }
  /// How many bytes the next program operation may carry.
  std::uint32_t room_in_page() const;

  /// Asks for the next operation that brings `rest` (not empty) onto the flash.
  void advance(base::ByteView rest);
  /// That operation is done.
  void advanced();

  /// Whether it is, and is about to be, at most `length` bytes from the start.
  bool stays_within(std::uint32_t length) const;

  void serialize(sim::Archive& a);

 private:
  flash::Geometry geometry_;
  FlashUser user_;
  FlashQueue& queue_;
  std::uint32_t base_ = 0;
  std::uint32_t written_ = 0;
  std::uint32_t in_flight_ = 0;  ///< bytes of the program operation in progress; 0: an erase
  bool sector_erased_ = false;   ///< the sector that begins at written_
};

}  // namespace emulator::firmware
