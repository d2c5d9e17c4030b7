// SPDX-License-Identifier: BSD-3-Clause
// What is left in the array when an operation ends too early. The same cut always leaves the same
// bytes.
#include "emulator/flash/nor_flash.h"
#include "emulator/sim/random.h"

namespace emulator::flash {
namespace {

/// A well-mixed number for an address: which cells an erase reaches first.
std::uint64_t rank_of(std::uint64_t address) {
  return sim::mixed((address + 1) * sim::kRandomStep);
}

constexpr std::uint8_t kLowNibble = 0x0F;

}  // namespace

void NorFlash::tear(std::uint32_t done) {
  std::uint32_t whole_bytes = 0;
  if (operation_ == Operation::program) whole_bytes = tear_program(done);
  if (operation_ == Operation::erase) whole_bytes = tear_erase(done);
  trace_.record({.kind = sim::TraceKind::flash_torn, .a = address_, .b = whole_bytes});
  show_change();
}

/// The bytes are programmed in order; the one it was at has only its low bits.
std::uint32_t NorFlash::tear_program(std::uint32_t done) {
  const base::MutableByteView place = array();
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
  const base::MutableByteView place = array();
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
