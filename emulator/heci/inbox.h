// SPDX-License-Identifier: BSD-3-Clause
// Where the fragments of one message from one sender come together.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/bytes.h"
#include "emulator/sim/archive.h"

namespace emulator::heci {

enum class InboxState : std::uint8_t {
  empty,      ///< no message has begun
  gathering,  ///< fragments of a message are here
  spoiled,    ///< the message broke a rule: the rest of it is thrown away
};

class Inbox {
 public:
  /// Takes messages of up to `capacity` bytes, and never allocates again.
  explicit Inbox(std::size_t capacity) : bytes_(capacity) {}

  InboxState state() const { return state_; }
  base::ByteView message() const { return base::ByteView(bytes_).first(size_); }

  void begin() {
    state_ = InboxState::gathering;
    size_ = 0;
  }

  /// False when the message outgrows the inbox.
  bool append(base::ByteView payload) {
    if (payload.size() > bytes_.size() - size_) return false;
    std::copy(payload.begin(), payload.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += static_cast<std::uint32_t>(payload.size());
    return true;
  }

  void spoil() { state_ = InboxState::spoiled; }
  void close() {
    state_ = InboxState::empty;
    size_ = 0;
  }

  void serialize(sim::Archive& a) {
    a.value(state_);
    a.value(size_);
    if (state_ > InboxState::spoiled || size_ > bytes_.size()) {
      a.fail("heci inbox: longer than its client takes");
      close();
    }
    a.value(base::MutableByteView(bytes_).first(size_));
  }

 private:
  base::Bytes bytes_;
  std::uint32_t size_ = 0;
  InboxState state_ = InboxState::empty;
};

}  // namespace emulator::heci
