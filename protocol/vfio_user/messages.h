// SPDX-License-Identifier: BSD-3-Clause
// vfio-user, protocol 0.0 (QEMU docs/interop/vfio-user): messages between a virtual machine monitor
// and a device in another process. Little-endian; structures are those of linux/vfio.h where it has
// them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace protocol::vfio_user {

enum class Command : std::uint16_t {
  version = 1,
  dma_map = 2,
  dma_unmap = 3,
  device_get_info = 4,
  device_get_region_info = 5,
  device_get_region_io_fds = 6,
  device_get_irq_info = 7,
  device_set_irqs = 8,
  region_read = 9,
  region_write = 10,
  dma_read = 11,   ///< from the device; this one has no bus mastering
  dma_write = 12,  ///< likewise
  device_reset = 13,
};

/// In front of every message.
struct Header {
  static constexpr std::uint32_t size = 16;
  static constexpr std::uint32_t kType = 0xF;
  static constexpr std::uint32_t kRequest = 0;
  static constexpr std::uint32_t kReply = 1;
  static constexpr std::uint32_t kNoReply = 0x10;
  static constexpr std::uint32_t kError = 0x20;

  std::uint16_t id = 0;  ///< the reply's is its request's
  Command command{};
  std::uint32_t message_size = size;  ///< with this header
  std::uint32_t flags = kRequest;
  std::uint32_t error = 0;  ///< an errno, with kError
};

/// Followed by JSON text and a NUL.
struct Version {
  static constexpr std::uint32_t size = 4;
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
};

struct DmaMap {
  static constexpr std::uint32_t size = 32;
  static constexpr std::uint32_t kRead = 1;
  static constexpr std::uint32_t kWrite = 2;
  std::uint32_t argsz = size;
  std::uint32_t flags = 0;
  std::uint64_t offset = 0;
  std::uint64_t address = 0;
  std::uint64_t length = 0;
};

struct DmaUnmap {
  static constexpr std::uint32_t size = 24;
  static constexpr std::uint32_t kAll = 2;  ///< address and length are 0
  std::uint32_t argsz = size;
  std::uint32_t flags = 0;
  std::uint64_t address = 0;
  std::uint64_t length = 0;
};

struct DeviceInfo {
  static constexpr std::uint32_t size = 16;
  static constexpr std::uint32_t kReset = 1;
  static constexpr std::uint32_t kPci = 2;
  std::uint32_t argsz = size;
  std::uint32_t flags = 0;
  std::uint32_t regions = 0;
  std::uint32_t irqs = 0;
};

struct RegionInfo {
  static constexpr std::uint32_t size = 32;
  static constexpr std::uint32_t kRead = 1;
  static constexpr std::uint32_t kWrite = 2;
  std::uint32_t argsz = size;
  std::uint32_t flags = 0;
  std::uint32_t index = 0;
  std::uint32_t cap_offset = 0;
  std::uint64_t length = 0;
  std::uint64_t offset = 0;
};

struct IrqInfo {
  static constexpr std::uint32_t size = 16;
  static constexpr std::uint32_t kEventFd = 1;
  static constexpr std::uint32_t kMaskable = 2;
  static constexpr std::uint32_t kAutoMasked = 4;
  std::uint32_t argsz = size;
  std::uint32_t flags = 0;
  std::uint32_t index = 0;
  std::uint32_t count = 0;
};

/// Followed by one byte for each interrupt with kDataBool; open files come beside the message
/// with kDataEventFd.
struct SetIrqs {
  static constexpr std::uint32_t size = 20;
  static constexpr std::uint32_t kDataNone = 0x01;
  static constexpr std::uint32_t kDataBool = 0x02;
  static constexpr std::uint32_t kDataEventFd = 0x04;
  static constexpr std::uint32_t kData = 0x07;
  static constexpr std::uint32_t kMask = 0x08;
  static constexpr std::uint32_t kUnmask = 0x10;
  static constexpr std::uint32_t kTrigger = 0x20;
  static constexpr std::uint32_t kAction = 0x38;
  std::uint32_t argsz = size;
  std::uint32_t flags = 0;
  std::uint32_t index = 0;
  std::uint32_t start = 0;
  std::uint32_t count = 0;
};

/// Of REGION_READ and REGION_WRITE, and of their replies. The data follows it.
struct Access {
  static constexpr std::uint32_t size = 16;
  std::uint64_t offset = 0;
  std::uint32_t region = 0;
  std::uint32_t count = 0;
};

/// Region numbers of a PCI device.
inline constexpr std::uint32_t kRegionBar0 = 0;
inline constexpr std::uint32_t kRegionConfig = 7;
inline constexpr std::uint32_t kRegions = 9;

/// Interrupt numbers of a PCI device. INTx, MSI and MSI-X, of which there is none here, are as many
/// as every monitor asks for; the two behind them, an error of PCI Express and a request to let the
/// device go, are not this function's (told of an error interrupt that is not there, QEMU warns).
inline constexpr std::uint32_t kIrqIntx = 0;
inline constexpr std::uint32_t kIrqMsi = 1;
inline constexpr std::uint32_t kIrqs = 3;

void encode(base::ByteWriter&, const Header&);
void encode(base::ByteWriter&, const Version&);
void encode(base::ByteWriter&, const DmaMap&);
void encode(base::ByteWriter&, const DmaUnmap&);
void encode(base::ByteWriter&, const DeviceInfo&);
void encode(base::ByteWriter&, const RegionInfo&);
void encode(base::ByteWriter&, const IrqInfo&);
void encode(base::ByteWriter&, const SetIrqs&);
void encode(base::ByteWriter&, const Access&);

/// The structure at the beginning of `bytes`; nothing when they are too few. What follows is
/// the caller's.
template <class T>
std::optional<T> decode(base::ByteView bytes);
template <>
std::optional<Header> decode(base::ByteView bytes);
template <>
std::optional<Version> decode(base::ByteView bytes);
template <>
std::optional<DmaMap> decode(base::ByteView bytes);
template <>
std::optional<DmaUnmap> decode(base::ByteView bytes);
template <>
std::optional<DeviceInfo> decode(base::ByteView bytes);
template <>
std::optional<RegionInfo> decode(base::ByteView bytes);
template <>
std::optional<IrqInfo> decode(base::ByteView bytes);
template <>
std::optional<SetIrqs> decode(base::ByteView bytes);
template <>
std::optional<Access> decode(base::ByteView bytes);

/// A structure in a buffer of its own.
template <class T>
base::Bytes to_bytes(const T& structure) {
  base::Bytes out(T::size);
  base::ByteWriter writer(out);
  encode(writer, structure);
  return out;
}

}  // namespace protocol::vfio_user
