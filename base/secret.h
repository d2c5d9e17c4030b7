// SPDX-License-Identifier: BSD-3-Clause
// Bytes that nobody is to see: moved and never copied, wiped when they go, and no stream takes
// them.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "base/bytes.h"

namespace base {

/// Overwrites memory in a way no compiler removes: the empty statement may read all of it.
inline void wipe(MutableByteView bytes) {
  if (bytes.empty()) return;
  std::memset(bytes.data(), 0, bytes.size());
  __asm__ volatile("" : : "r"(bytes.data()) : "memory");
}

/// A password, or the key that was made of one. The bytes stand in one place of their own and stay
/// there: a move hands over the place.
class Secret {
 public:
  Secret() = default;  ///< none
  /// `size` zero bytes, to be filled in through room().
  explicit Secret(std::size_t size) : bytes_(new std::uint8_t[size]()), size_(size), room_(size) {}
  /// The bytes of `source`, which is wiped.
  static Secret taken_from(MutableByteView source) {
    Secret secret = copy_of(source);
    wipe(source);
    return secret;
  }
  /// `source` stays as it is: for what is no secret where it stands, as a story's text.
  static Secret copy_of(ByteView source) {
    Secret secret(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) secret.bytes_[i] = source[i];
    return secret;
  }

  ~Secret() { forget(); }
  Secret(Secret&& other) noexcept { *this = std::move(other); }
  Secret& operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    forget();
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    room_ = std::exchange(other.room_, 0);
    return *this;
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  /// For the message or the hash that needs them; never for a person, a log or a string.
  ByteView bytes() const { return {bytes_.get(), size_}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(bytes_.get()), size_}; }

  MutableByteView room() { return {bytes_.get(), size_}; }
  /// Keeps the first `size` bytes, which there must be; the others are wiped.
  void shorten(std::size_t size) {
    assert(size <= size_);
    wipe(room().subspan(size));
    size_ = size;
  }

 private:
  void forget() {
    wipe({bytes_.get(), room_});
    bytes_.reset();
    size_ = room_ = 0;
  }

  std::unique_ptr<std::uint8_t[]> bytes_;
  std::size_t size_ = 0;
  std::size_t room_ = 0;
};

template <class Stream>
Stream& operator<<(Stream&, const Secret&) = delete;

}  // namespace base
