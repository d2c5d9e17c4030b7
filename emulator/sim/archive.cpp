// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/sim/archive.h"

#include <array>
#include <cstring>

namespace emulator::sim {
namespace {

template <class T>
void append(base::Bytes& out, T v) {
  for (std::size_t i = 0; i < sizeof v; ++i) out.push_back(static_cast<std::uint8_t>(v >> 8 * i));
}

}  // namespace

void Archive::section(std::string_view name) {
  std::string text(name);
  value(text);
  if (loading_ && text != name) fail("expected section \"" + std::string(name) + "\"");
}

void Archive::value(bool& v) {
  std::uint8_t byte = v ? 1 : 0;
  value(byte);
  v = byte != 0;
}

void Archive::value(std::uint8_t& v) {
  if (loading_) {
    v = in_.u8();
  } else {
    out_.push_back(v);
  }
}

void Archive::value(std::uint16_t& v) {
  if (loading_) {
    v = in_.u16();
  } else {
    append(out_, v);
  }
}

void Archive::value(std::uint32_t& v) {
  if (loading_) {
    v = in_.u32();
  } else {
    append(out_, v);
  }
}

void Archive::value(std::uint64_t& v) {
  if (loading_) {
    v = in_.u64();
  } else {
    append(out_, v);
  }
}

void Archive::value(std::int64_t& v) {
  auto bits = static_cast<std::uint64_t>(v);
  value(bits);
  v = static_cast<std::int64_t>(bits);
}

void Archive::value(base::TimePoint& v) {
  std::int64_t ticks = v.count();
  value(ticks);
  v = base::TimePoint(ticks);
}

void Archive::value(std::string& v) {
  base::Bytes bytes(v.begin(), v.end());
  value(bytes);
  v.assign(bytes.begin(), bytes.end());
}

void Archive::value(base::Bytes& v) {
  auto size = static_cast<std::uint32_t>(v.size());
  value(size);
  if (loading_) {
    const base::ByteView stored = in_.bytes(size);
    v.assign(stored.begin(), stored.end());
  } else {
    out_.insert(out_.end(), v.begin(), v.end());
  }
}

void Archive::value(base::MutableByteView fixed) {
  if (!loading_) {
    out_.insert(out_.end(), fixed.begin(), fixed.end());
    return;
  }
  const base::ByteView stored = in_.bytes(fixed.size());
  if (stored.size() == fixed.size() && !fixed.empty())
    std::memcpy(fixed.data(), stored.data(), fixed.size());
}

void Archive::fail(std::string why) {
  if (failure_.empty()) failure_ = std::move(why);
}

base::Result<void> Archive::finish() const {
  if (!failure_.empty()) return base::Error{base::Errc::invalid, failure_};
  if (loading_ && !in_.ok()) return base::Error{base::Errc::invalid, "saved state ends too early"};
  if (loading_ && !in_.finished())
    return base::Error{base::Errc::invalid, "saved state has bytes left over"};
  return {};
}

}  // namespace emulator::sim
