// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/send_queue.h"

#include <algorithm>

#include "base/promise.h"

namespace emulator::heci {

SendQueue::SendQueue(std::size_t places, std::size_t capacity)
    : capacity_(capacity), storage_(places * capacity), entries_(places) {
  MEBENCH_PROMISE(places > 0, "a queue has a place");
}

void SendQueue::push(base::ByteView message, std::uint64_t order) {
  MEBENCH_PROMISE(!full() && message.size() <= capacity_, "a message that is queued fits");
  const std::size_t index = (first_ + count_) % entries_.size();
  std::ranges::copy(message, place(index).begin());
  entries_[index] = {.size = static_cast<std::uint32_t>(message.size()), .order = order};
  ++count_;
}

void SendQueue::clear() {
  count_ = 0;
  sent_ = 0;
  under_way_ = false;
}

base::ByteView SendQueue::front() const {
  MEBENCH_PROMISE(count_ > 0, "there is a message to take");
  return base::ByteView(storage_).subspan(first_ * capacity_, entries_[first_].size);
}

void SendQueue::advance(std::size_t bytes) {
  sent_ += static_cast<std::uint32_t>(bytes);
  under_way_ = true;
  MEBENCH_PROMISE(sent_ < entries_[first_].size, "a message under way is not at its end");
}

void SendQueue::pop() {
  MEBENCH_PROMISE(count_ > 0, "there is a message to take");
  first_ = static_cast<std::uint32_t>((first_ + 1) % entries_.size());
  --count_;
  sent_ = 0;
  under_way_ = false;
}

void SendQueue::invert_first_byte() {
  MEBENCH_PROMISE(count_ > 0 && sent_ == 0, "a message is damaged before it leaves");
  if (entries_[first_].size == 0) return;
  std::uint8_t& first = place(first_)[0];
  first = static_cast<std::uint8_t>(~first);
}

void SendQueue::shorten(std::size_t size) {
  MEBENCH_PROMISE(count_ > 0 && sent_ == 0, "a message is shortened before it leaves");
  MEBENCH_PROMISE(size <= entries_[first_].size, "shorter than it was");
  entries_[first_].size = static_cast<std::uint32_t>(size);
}

base::MutableByteView SendQueue::place(std::size_t index) {
  return base::MutableByteView(storage_).subspan(index * capacity_, capacity_);
}

void SendQueue::serialize(sim::Archive& a) {
  a.value(first_);
  a.value(count_);
  a.value(sent_);
  a.value(under_way_);
  if (first_ >= entries_.size() || count_ > entries_.size()) {
    a.fail("heci send queue: longer than it can be");
    first_ = 0;
    count_ = 0;
  }
  for (std::size_t i = 0; i < count_; ++i) serialize_entry(a, (first_ + i) % entries_.size());
  if (count_ > 0 ? sent_ > entries_[first_].size : sent_ > 0 || under_way_) {
    a.fail("heci send queue: more sent than there was");
    clear();
  }
}

void SendQueue::serialize_entry(sim::Archive& a, std::size_t index) {
  Entry& entry = entries_[index];
  a.value(entry.size);
  a.value(entry.order);
  if (entry.size > capacity_) {
    a.fail("heci send queue: message too long");
    entry.size = 0;
  }
  a.value(place(index).first(entry.size));
}

}  // namespace emulator::heci
