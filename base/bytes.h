// SPDX-License-Identifier: BSD-3-Clause
// Byte cursors: wire data is read and written field by field, never cast.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Reads fields in order. Reading past the end yields zeros and is remembered: check ok() once, at
/// the end.
class ByteReader {
 public:
  explicit ByteReader(ByteView data) : data_(data) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(little(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(little(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(little(4)); }
  std::uint64_t u64() { return little(8); }
  std::uint16_t be16() { return static_cast<std::uint16_t>(big(2)); }
  std::uint32_t be32() { return static_cast<std::uint32_t>(big(4)); }

  /// The next `count` bytes; an empty view once the data has run out.
  ByteView bytes(std::size_t count) {
    if (!take(count)) return {};
    return data_.subspan(at_ - count, count);
  }

  template <std::size_t N>
  std::array<std::uint8_t, N> array() {
    std::array<std::uint8_t, N> out{};
    if (const ByteView source = bytes(N); source.size() == N)
      std::memcpy(out.data(), source.data(), N);
    return out;
  }

  void skip(std::size_t count) { take(count); }

  bool ok() const { return ok_; }                               ///< no read went past the end
  bool finished() const { return ok_ && at_ == data_.size(); }  ///< and nothing is left over
  std::size_t position() const { return at_; }
  std::size_t remaining() const { return data_.size() - at_; }

 private:
  bool take(std::size_t count) {
    if (count > data_.size() - at_) {
      ok_ = false;
      at_ = data_.size();
      return false;
    }
    at_ += count;
    return true;
  }

  std::uint64_t little(std::size_t count) {
    if (!take(count)) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = count; i > 0; --i) value = value << 8 | data_[at_ - count + i - 1];
    return value;
  }

  std::uint64_t big(std::size_t count) {
    if (!take(count)) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | data_[at_ - count + i];
    return value;
  }

  ByteView data_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

/// Writes fields in order into a fixed buffer, without allocating. Writing past the end is
/// remembered in ok().
class ByteWriter {
 public:
  explicit ByteWriter(MutableByteView out) : out_(out) {}

  ByteWriter& u8(std::uint8_t v) { return little(v, 1); }
  ByteWriter& u16(std::uint16_t v) { return little(v, 2); }
  ByteWriter& u32(std::uint32_t v) { return little(v, 4); }
  ByteWriter& u64(std::uint64_t v) { return little(v, 8); }
  ByteWriter& be16(std::uint16_t v) { return big(v, 2); }
  ByteWriter& be32(std::uint32_t v) { return big(v, 4); }

  ByteWriter& bytes(ByteView v) {
    if (MutableByteView place = take(v.size()); !place.empty())
      std::memcpy(place.data(), v.data(), v.size());
    return *this;
  }

  ByteWriter& fill(std::size_t count, std::uint8_t value) {
    if (MutableByteView place = take(count); !place.empty())
      std::memset(place.data(), value, count);
    return *this;
  }
  ByteWriter& zeros(std::size_t count) { return fill(count, 0); }

  /// `text` cut or zero-padded to exactly `width` bytes.
  ByteWriter& text(std::string_view text, std::size_t width) {
    const std::size_t used = text.size() < width ? text.size() : width;
    return bytes(as_bytes(text.substr(0, used))).zeros(width - used);
  }

  bool ok() const { return ok_; }
  std::size_t size() const { return at_; }
  ByteView written() const { return ByteView(out_).first(at_); }

 private:
  MutableByteView take(std::size_t count) {
    if (count > out_.size() - at_) {
      ok_ = false;
      return {};
    }
    at_ += count;
    return out_.subspan(at_ - count, count);
  }

  ByteWriter& little(std::uint64_t v, std::size_t count) {
    for (std::uint8_t& b : take(count)) {
      b = static_cast<std::uint8_t>(v);
      v >>= 8;
    }
    return *this;
  }

  ByteWriter& big(std::uint64_t v, std::size_t count) {
    MutableByteView place = take(count);
    for (std::size_t i = place.size(); i > 0; --i) {
      place[i - 1] = static_cast<std::uint8_t>(v);
      v >>= 8;
    }
    return *this;
  }

  MutableByteView out_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace base
