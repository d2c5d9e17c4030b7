// SPDX-License-Identifier: BSD-3-Clause
// $FPT: the partition table of an ME region, at region offset 0x10 behind the ROM bypass vectors
// (or at 0 without them).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "protocol/firmware_version.h"

namespace protocol::image {

/// Partition type, flags[6:0].
enum class PartitionType : std::uint8_t {
  code = 0,
  block_io = 1,
  nvram = 2,
  generic = 3,
  effs = 4,
  rom = 5
};

struct Partition {
  static constexpr std::size_t size_on_flash = 0x20;
  std::string name;          ///< at most 4 characters
  std::string owner;         ///< at most 4 characters
  std::uint32_t offset = 0;  ///< bytes from the start of the region
  std::uint32_t size = 0;    ///< bytes
  PartitionType type = PartitionType::code;
};

struct PartitionTable {
  static constexpr std::size_t header_size = 0x20;
  static constexpr std::size_t offset_in_region = 0x10;  ///< behind the 16-byte ROM bypass vectors
  static constexpr std::size_t at_checksum = 0x0B;

  std::vector<Partition> partitions;
  std::uint32_t uma_size = 0;
  FirmwareVersion fitc;  ///< version of the tool that laid the region out

  const Partition* find(std::string_view name) const;
};

void encode(base::ByteWriter&, const PartitionTable&);

/// Reads a table that starts at the first byte of `data`. Nothing when the tag, the checksum (bytes
/// of the header sum to 0) or the size is wrong. Whether the partitions fit the region is the
/// caller's to judge.
std::optional<PartitionTable> decode_partition_table(base::ByteView data);

}  // namespace protocol::image
