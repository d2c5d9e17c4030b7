// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/flash_hash.h"

#include <algorithm>
#include <cstring>

#include "emulator/flash/parts.h"
#include "emulator/sim/random.h"

namespace scenarios::explore {

using emulator::flash::kSectorSize;
using emulator::sim::kRandomStep;
using emulator::sim::mixed;

FlashHash::FlashHash(emulator::machine::Board& board)
    : board_(board), sectors_(board.flash().size() / kSectorSize) {
  board.mirror_flash(*this);
  for (std::size_t i = 0; i < sectors_.size(); ++i) {
    sectors_[i] = of_sector(i);
    all_ ^= sectors_[i];
  }
}

void FlashHash::flash_changed(std::uint32_t address, base::ByteView now) {
  const std::size_t last = (address + now.size() - 1) / kSectorSize;
  for (std::size_t sector = address / kSectorSize; sector <= last; ++sector) {
    if (changed_.empty() || changed_.back() != sector) changed_.push_back(sector);
  }
}

std::uint64_t FlashHash::value() {
  for (const std::size_t sector : changed_) {
    all_ ^= sectors_[sector];
    sectors_[sector] = of_sector(sector);
    all_ ^= sectors_[sector];
  }
  changed_.clear();
  return all_;
}

bool FlashHash::misses_a_change(std::uint32_t base, std::uint32_t size) const {
  for (std::size_t sector = base / kSectorSize; sector < (base + size) / kSectorSize; ++sector) {
    const bool told = std::find(changed_.begin(), changed_.end(), sector) != changed_.end();
    if (!told && of_sector(sector) != sectors_[sector]) return true;
  }
  return false;
}

/// Eight bytes at a time; the sector's number is the seed, so that it matters where two that
/// change places stood.
std::uint64_t FlashHash::of_sector(std::size_t sector) const {
  const base::ByteView bytes = board_.flash().subspan(sector * kSectorSize, kSectorSize);
  std::uint64_t hash = mixed((sector + 1) * kRandomStep);
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, sizeof word);
    hash = (hash ^ word) * kRandomStep;
    hash ^= hash >> 29;
  }
  return mixed(hash);
}

}  // namespace scenarios::explore
