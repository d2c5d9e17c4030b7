// SPDX-License-Identifier: BSD-3-Clause
// Messages waiting to go to the host, in order; the first one may be partly sent.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "emulator/sim/archive.h"

namespace emulator::heci {

class SendQueue {
 public:
  /// Room for `places` messages of up to `capacity` bytes each, all of it allocated here.
  SendQueue(std::size_t places, std::size_t capacity);

  bool empty() const { return count_ == 0; }
  bool full() const { return count_ == entries_.size(); }
  std::size_t size() const { return count_; }
  std::size_t capacity() const { return capacity_; }

  /// `order` tells which of several queues' first messages is the oldest. Needs room, and a message
  /// within capacity().
  void push(base::ByteView message, std::uint64_t order);
  void clear();

  // The first message; there must be one.
  base::ByteView front() const;
  std::uint64_t order() const { return entries_[first_].order; }
  std::size_t sent() const { return sent_; }
  /// Whether fragments of the first message have left, but not the last.
  bool under_way() const { return under_way_; }
  void advance(std::size_t bytes);  ///< a fragment of that many bytes has left, and more follow
  void pop();                       ///< the last fragment has left, or the message is lost
  /// Before its first fragment has left: what a fault does to it.
  void invert_first_byte();  ///< nothing happens to an empty one
  void shorten(std::size_t size);

  void serialize(sim::Archive& a);

 private:
  struct Entry {
    std::uint32_t size = 0;
    std::uint64_t order = 0;
  };
  base::MutableByteView place(std::size_t index);
  void serialize_entry(sim::Archive& a, std::size_t index);

  std::size_t capacity_;
  base::Bytes storage_;
  std::vector<Entry> entries_;
  std::uint32_t first_ = 0;
  std::uint32_t count_ = 0;
  std::uint32_t sent_ = 0;
  bool under_way_ = false;
};

}  // namespace emulator::heci
