// SPDX-License-Identifier: BSD-3-Clause
// What is left in the array when an operation ends too early. The same cut always leaves the same
// bytes.
#include <algorithm>
#include <set>

#include "base/planted.h"
#include "base/reached.h"
#include "emulator/flash/nor_flash.h"
#include "emulator/sim/random.h"

namespace emulator::flash {
namespace {

/// A well-mixed number for an address: which cells an erase reaches first.
std::uint64_t rank_of(std::uint64_t address) {
  return sim::mixed((address + 1) * sim::kRandomStep);
}

constexpr std::uint8_t kLowNibble = 0x0F;
constexpr std::uint32_t kWord = 4;

}  // namespace

void NorFlash::tear(std::uint32_t done) {
  std::uint32_t whole_bytes = 0;
  if (operation_ == Operation::program) whole_bytes = tear_program(done);
  if (operation_ == Operation::erase) whole_bytes = tear_erase(done);
  trace_.record({.kind = sim::TraceKind::flash_torn, .a = address_, .b = whole_bytes});
  if (base::planted(base::PlantedBug::torn_erase_not_mirrored) && operation_ == Operation::erase)
    return;
  show_change();
}

void NorFlash::tear_last_word() {
  const base::MutableByteView place = to_change();
  const std::uint32_t done = length_ - std::min(length_, kWord);
  const bool erases = operation_ == Operation::erase;
  for (std::uint32_t i = 0; i < done; ++i)
    place[i] = erases ? std::uint8_t{0xFF} : static_cast<std::uint8_t>(place[i] & page_[i]);
  trace_.record({.kind = sim::TraceKind::flash_torn, .a = address_, .b = done});
  show_change();
}

/// An erase that is cut leaves cells anywhere; a program operation can only have cleared bits.
void NorFlash::garble() {
  const base::MutableByteView place = to_change();
  for (std::uint32_t i = 0; i < length_; ++i) {
    const auto any = static_cast<std::uint8_t>(rank_of(address_ + i) >> 24);
    place[i] = operation_ == Operation::erase ? any : static_cast<std::uint8_t>(place[i] & any);
  }
  trace_.record({.kind = sim::TraceKind::flash_torn, .a = address_, .b = 0});
  show_change();
}

/// Left between two levels: bits that should have become what they are now may read as they were.
void NorFlash::unsettle() {
  if (operation_ == Operation::program) {
    const base::MutableByteView place = to_change();
    for (std::size_t i = 0; i < place.size(); ++i) place[i] = place[i] & page_[i];
  }
  unstable_at_ = address_;
  unstable_length_ = length_;
  base::reached(base::Place::flash_unstable);
  trace_.record({.kind = sim::TraceKind::flash_torn, .a = address_, .b = 0});
  show_change();
}

/// A cell between two levels reads as the one or the other, each time anew.
void NorFlash::read_unstable(std::uint32_t address, base::MutableByteView out) const {
  const std::uint32_t end = unstable_at_ + unstable_length_;
  const std::uint32_t first = std::max(address, unstable_at_);
  const std::uint32_t last = std::min(address + static_cast<std::uint32_t>(out.size()), end);
  if (first >= last) return;
  ++unstable_reads_;
  for (std::uint32_t at = first; at < last; ++at) {
    const std::uint64_t noise = sim::mixed(rank_of(at) + unstable_reads_ * sim::kRandomStep);
    std::uint8_t& byte = out[at - address];
    byte = static_cast<std::uint8_t>(byte | noise >> 56);
  }
}

/// An erase that ends well leaves every cell of its sector at one level.
void NorFlash::settle_erased() {
  if (unstable_at_ >= address_ && unstable_at_ < address_ + length_) unstable_length_ = 0;
}

/// The first bit that the operation would have changed stays.
void NorFlash::apply_but_one_bit() {
  const base::MutableByteView place = to_change();
  const bool erases = operation_ == Operation::erase;
  for (std::size_t i = 0; i < place.size(); ++i) {
    const auto wanted =
        erases ? std::uint8_t{0xFF} : static_cast<std::uint8_t>(place[i] & page_[i]);
    const auto changes = static_cast<unsigned>(place[i] ^ wanted);
    if (changes == 0) continue;
    const auto stuck = static_cast<std::uint8_t>(changes & (~changes + 1));
    apply();
    place[i] = static_cast<std::uint8_t>(place[i] ^ stuck);
    return show_change();
  }
  apply();  // nothing had to change
}

void NorFlash::flip(const sim::FaultRule& rule) {
  const auto size = static_cast<std::uint32_t>(contents_.size());
  const std::uint32_t to = rule.to == 0 ? size : std::min(rule.to, size);
  if (rule.from >= to) return;
  const std::uint64_t there = std::uint64_t{to - rule.from} * 8;
  sim::Random random(sim::mixed(faults_.seed()) ^ faults_.reached(sim::FaultPoint::power_on));
  std::set<std::uint64_t> flipped;
  while (flipped.size() < std::min<std::uint64_t>(rule.bits, there)) {
    const std::uint64_t bit = std::uint64_t{rule.from} * 8 + random.below(there);
    if (flipped.insert(bit).second) flip_bit(bit);
  }
}

void NorFlash::flip_bit(std::uint64_t bit) {
  const auto address = static_cast<std::uint32_t>(bit / 8);
  last_changes_[address / kSectorSize] = ++changes_;
  contents_[address] = static_cast<std::uint8_t>(contents_[address] ^ 1U << bit % 8);
  base::reached(base::Place::flash_bit_flipped);
  if (mirror_ != nullptr)
    mirror_->flash_changed(address, base::ByteView(contents_).subspan(address, 1));
}

/// The bytes are programmed in order; the one it was at has only its low bits.
std::uint32_t NorFlash::tear_program(std::uint32_t done) {
  const base::MutableByteView place = to_change();
  const auto whole = static_cast<std::uint32_t>(std::uint64_t{length_} * done / kWhole);
  for (std::uint32_t i = 0; i < whole; ++i) place[i] = place[i] & page_[i];
  if (done != 0 && whole < length_) {
    place[whole] = static_cast<std::uint8_t>(
        place[whole] & (page_[whole] | static_cast<std::uint8_t>(~kLowNibble)));
  }
  return whole;
}

/// Some bytes are erased already, some have a few bits set, some are as they were.
std::uint32_t NorFlash::tear_erase(std::uint32_t done) {
  const base::MutableByteView place = to_change();
  std::uint32_t whole = 0;
  for (std::uint32_t i = 0; i < length_; ++i) {
    const std::uint64_t cell = rank_of(address_ + i);
    if (cell % kWhole < done) {
      place[i] = 0xFF;
      ++whole;
    } else if ((cell >> 32) % kWhole < done) {
      place[i] = static_cast<std::uint8_t>(place[i] | cell >> 56);
    }
  }
  return whole;
}

}  // namespace emulator::flash
