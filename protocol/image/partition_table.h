// SPDX-License-Identifier: BSD-3-Clause
// $FPT: the partition table of an ME region, at region offset 0x10 behind the ROM bypass vectors
// (or at 0 without them). Offsets count from the start of the region in either case (UEFITool,
// me_unpack, me_cleaner). The header's length and checksum take the vectors in, where they are
// there: 0x30 (measured on ME 7 and 8; MEAnalyzer takes a table of length 0x20 for one without).
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

/// ME 6 to 10 have ROM bypass vectors of their own, another version and more flags.
enum class TableForm : std::uint8_t { v10, v20 };

struct PartitionTable {
  static constexpr std::size_t header_size = 0x20;
  static constexpr std::size_t offset_in_region = 0x10;  ///< behind the 16-byte ROM bypass vectors
  static constexpr std::size_t size_with_vectors = offset_in_region + header_size;
  static constexpr std::size_t at_header_length = 0x0A;
  static constexpr std::size_t at_checksum = 0x0B;

  TableForm form = TableForm::v10;
  std::vector<Partition> partitions;
  std::uint32_t uma_size = 0;
  FirmwareVersion fitc;  ///< version of the tool that laid the region out
  /// Length and checksum take in the vectors, which to ME 10 are there; from CSME 11 on they do not
  /// (me_cleaner; measured on two public server regions), and the vectors are zeros.
  bool sums_vectors = true;

  const Partition* find(std::string_view name) const;
};

/// The head of a region: sixteen bytes for the ROM bypass vectors (zeros; in form v20 those of
/// public ME 7 and 8 regions), then the table.
void encode(base::ByteWriter&, const PartitionTable&);

/// Where $FPT lies in the head of a region; nothing where there is none.
std::optional<std::size_t> find_partition_table(base::ByteView region);

/// Which bytes of the region's head add up to 0, from the table's own header length; nothing when
/// that is neither 0x20 nor, behind vectors, 0x30. `at` is where the table lies.
std::optional<base::ByteView> summed_header(base::ByteView region, std::size_t at);

/// Reads the table of a region. Nothing when there is none, or its checksum or a size is wrong.
/// Whether the partitions fit the region is the caller's to judge.
std::optional<PartitionTable> decode_partition_table(base::ByteView region);

}  // namespace protocol::image
