// SPDX-License-Identifier: BSD-3-Clause
// A number for what is on a board's flash, kept while it changes: one for each sector, made anew
// when the sector has changed, and one over them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "emulator/flash/nor_flash.h"
#include "emulator/machine/board.h"

namespace scenarios::explore {

class FlashHash final : public emulator::flash::FlashMirror {
 public:
  /// From now on it is this board's mirror.
  explicit FlashHash(emulator::machine::Board& board);

  void flash_changed(std::uint32_t address, base::ByteView now) override;
  /// Equal contents have equal numbers; others have others but for an accident of 1 in 2^64.
  std::uint64_t value();
  /// A sector from `base` on, `size` bytes, is not what it was, and nobody was told.
  bool misses_a_change(std::uint32_t base, std::uint32_t size) const;

 private:
  std::uint64_t of_sector(std::size_t sector) const;

  emulator::machine::Board& board_;
  std::vector<std::uint64_t> sectors_;
  std::vector<std::size_t> changed_;  ///< since value() was asked last
  std::uint64_t all_ = 0;
};

}  // namespace scenarios::explore
