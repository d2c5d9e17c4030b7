// SPDX-License-Identifier: BSD-3-Clause
// One circular buffer of the HECI link: slots of 32 bits between two free-running 8-bit pointers.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>

#include "emulator/sim/archive.h"
#include "protocol/heci/registers.h"

namespace emulator::heci {

class Ring {
 public:
  /// `depth` in slots: one of protocol::heci::kLegalDepths.
  explicit Ring(std::uint32_t depth) : depth_(depth) {
    assert(std::ranges::count(protocol::heci::kLegalDepths, depth) == 1);
  }

  std::uint32_t depth() const { return depth_; }
  std::uint8_t write_pointer() const { return write_pointer_; }
  std::uint8_t read_pointer() const { return read_pointer_; }
  std::uint32_t filled() const {
    return protocol::heci::filled_slots(write_pointer_, read_pointer_);
  }
  /// Whether a pointer ran past the other: the hardware does not stop it, and what is in the ring
  /// can no longer be told.
  bool overrun() const { return filled() > depth_; }
  std::uint32_t free() const { return overrun() ? 0 : depth_ - filled(); }

  /// Stores and advances, room or not, as the hardware does.
  void push(std::uint32_t slot) { slots_[write_pointer_++ & (depth_ - 1)] = slot; }
  /// Reads and advances, filled or not.
  std::uint32_t pop() { return slots_[read_pointer_++ & (depth_ - 1)]; }

  /// As many push() and pop() as there are slots.
  void push_each(std::span<const std::uint32_t> slots) {
    while (!slots.empty()) {
      const auto piece = slots.first(up_to_the_end(write_pointer_, slots.size()));
      std::copy(piece.begin(), piece.end(), at(write_pointer_));
      write_pointer_ = static_cast<std::uint8_t>(write_pointer_ + piece.size());
      slots = slots.subspan(piece.size());
    }
  }
  void pop_each(std::span<std::uint32_t> out) {
    while (!out.empty()) {
      const auto piece = out.first(up_to_the_end(read_pointer_, out.size()));
      std::copy_n(at(read_pointer_), piece.size(), piece.begin());
      read_pointer_ = static_cast<std::uint8_t>(read_pointer_ + piece.size());
      out = out.subspan(piece.size());
    }
  }

  /// The next slot to be popped.
  std::uint32_t front() const { return slots_[read_pointer_ & (depth_ - 1)]; }

  /// A fault: the write pointer is where no writer could have brought it.
  void run_away() { write_pointer_ = static_cast<std::uint8_t>(read_pointer_ + depth_ + 1); }

  void clear() {
    write_pointer_ = 0;
    read_pointer_ = 0;
  }

  void serialize(sim::Archive& a) {
    for (std::uint32_t i = 0; i < depth_; ++i) a.value(slots_[i]);
    a.value(write_pointer_);
    a.value(read_pointer_);
  }

 private:
  std::array<std::uint32_t, 128>::iterator at(std::uint8_t pointer) {
    return slots_.begin() + (pointer & (depth_ - 1));
  }
  /// How many of `wanted` slots from `pointer` on lie in one piece.
  std::size_t up_to_the_end(std::uint8_t pointer, std::size_t wanted) const {
    return std::min<std::size_t>(wanted, depth_ - (pointer & (depth_ - 1)));
  }

  std::array<std::uint32_t, 128> slots_{};
  std::uint32_t depth_;
  std::uint8_t write_pointer_ = 0;
  std::uint8_t read_pointer_ = 0;
};

}  // namespace emulator::heci
