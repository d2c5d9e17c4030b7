// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/flash_hash.h"

#include <algorithm>
#include <array>
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

/// Eight bytes at a time, in four rows that do not wait for each other; the sector's number is the
/// seed, so that it matters where two that change places stood.
std::uint64_t FlashHash::of_sector(std::size_t sector) const {
  const base::ByteView bytes = board_.flash().subspan(sector * kSectorSize, kSectorSize);
  std::array<std::uint64_t, 4> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = mixed((rows.size() * sector + i + 1) * kRandomStep);
  std::array<std::uint64_t, 4> words{};
  for (std::size_t at = 0; at < bytes.size(); at += sizeof words) {
    std::memcpy(words.data(), bytes.data() + at, sizeof words);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i] = (rows[i] ^ words[i]) * kRandomStep;
      rows[i] ^= rows[i] >> 29;
    }
  }
  std::uint64_t hash = 0;
  for (const std::uint64_t row : rows) hash = mixed(hash ^ row);
  return hash;
}

}  // namespace scenarios::explore
