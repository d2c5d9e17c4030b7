// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/vfio_user/regions.h"

#include "base/promise.h"

namespace emulator::attach::vfio_user {
namespace {

using namespace protocol::vfio_user;

constexpr std::uint64_t kConfigSize = 256;

/// Registers take whole, aligned accesses of 1, 2, 4 or 8 bytes.
bool is_bus_access(std::uint64_t offset, std::size_t count) {
  return (count == 1 || count == 2 || count == 4 || count == 8) && offset % count == 0;
}

/// The largest aligned piece at `offset`, as a bus would split a long access.
std::uint32_t piece_at(std::uint64_t offset, std::size_t left) {
  for (const std::uint32_t size : {4u, 2u}) {
    if (offset % size == 0 && left >= size) return size;
  }
  return 1;
}

void put(base::MutableByteView out, std::uint32_t value) {
  for (std::uint8_t& byte : out) {
    byte = static_cast<std::uint8_t>(value);
    value >>= 8;
  }
}

std::uint32_t get(base::ByteView in) {
  std::uint32_t value = 0;
  for (std::size_t i = in.size(); i > 0; --i) value = value << 8 | in[i - 1];
  return value;
}

/// Walks an access piece by piece: `each(offset, at, size)`.
template <class Each>
void split(std::uint64_t offset, std::size_t count, Each each) {
  for (std::size_t at = 0; at < count;) {
    const std::uint32_t size = piece_at(offset + at, count - at);
    MEBENCH_PROMISE(size <= count - at, "a piece of an access lies inside it");
    each(static_cast<std::uint32_t>(offset + at), at, size);
    at += size;
  }
}

}  // namespace

bool Regions::is_inside(std::uint32_t region, std::uint64_t offset, std::size_t count) const {
  const std::uint64_t size = info(region).length;
  return count != 0 && offset < size && count <= size - offset;
}

RegionInfo Regions::info(std::uint32_t index) const {
  RegionInfo info{.index = index};
  if (index == kRegionBar0) info.length = function_.bar_size();
  if (index == kRegionConfig) info.length = kConfigSize;
  if (info.length != 0) info.flags = RegionInfo::kRead | RegionInfo::kWrite;
  return info;
}

bool Regions::read(std::uint32_t region, std::uint64_t offset, base::MutableByteView data) {
  if (!is_inside(region, offset, data.size())) return false;
  if (region == kRegionBar0 && !is_bus_access(offset, data.size())) return false;
  base::Mmio& bar = function_.mapped_bar();
  split(offset, data.size(), [&](std::uint32_t from, std::size_t at, std::uint32_t size) {
    const base::MutableByteView piece = data.subspan(at, size);
    if (region == kRegionConfig) return put(piece, function_.read(from, size));
    put(piece, bar.read32(from & ~3u) >> 8 * (from & 3));
  });
  return true;
}

/// The registers have no byte lanes: a narrow write is taken and lost, as on the board.
bool Regions::write(std::uint32_t region, std::uint64_t offset, base::ByteView data) {
  if (!is_inside(region, offset, data.size())) return false;
  if (region == kRegionBar0 && !is_bus_access(offset, data.size())) return false;
  base::Mmio& bar = function_.mapped_bar();
  split(offset, data.size(), [&](std::uint32_t to, std::size_t at, std::uint32_t size) {
    const std::uint32_t value = get(data.subspan(at, size));
    if (region == kRegionConfig) return function_.write(to, size, value);
    if (size == 4) bar.write32(to, value);
  });
  return true;
}

}  // namespace emulator::attach::vfio_user
