// SPDX-License-Identifier: BSD-3-Clause
// The table of structures that a computer's firmware describes it with (DMTF DSP0134, System
// Management BIOS Reference Specification, section 6.1).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace updater::io {

struct SmbiosStructure {
  std::uint8_t type = 0;
  base::Bytes fields;  ///< the part of fixed form, from the type on
  std::vector<std::string> strings;

  /// The string that the byte at `offset` of the fields names by its number, from 1 on; empty when
  /// there is no such byte or no such string.
  std::string named_by(std::size_t offset) const;
};

inline constexpr std::uint8_t kSystemInformation = 1;  ///< section 7.2; 04h names the manufacturer
inline constexpr std::uint8_t kOemStrings = 11;        ///< section 7.12
inline constexpr std::size_t kManufacturer = 0x04;

/// As far as the table is sound.
std::vector<SmbiosStructure> read_smbios(base::ByteView table);

}  // namespace updater::io
