// SPDX-License-Identifier: BSD-3-Clause
// What is left in the array when an operation ends too early. The same cut always leaves the same
// bytes.
#include <algorithm>

#include "base/planted.h"
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
