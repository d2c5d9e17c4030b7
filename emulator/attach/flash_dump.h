// SPDX-License-Identifier: BSD-3-Clause
// A dump of a board's whole flash, read as far as a simulated board needs it: where its partitions
// lie and what code is in them (docs/formats.md). Each error names the file and the offset.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/firmware/code_check.h"
#include "emulator/firmware/layout.h"
#include "emulator/machine/profile.h"

namespace emulator::attach {

struct FlashDump {
  std::string file;  ///< its name, for errors
  base::Bytes bytes;
};

/// Operational or recovery code of a dump, judged by the key that stands in its own manifest.
struct DumpedCode {
  std::uint32_t offset = 0;  ///< of its manifest, in the dump
  firmware::CodeFault fault = firmware::CodeFault::header;
  protocol::FirmwareVersion version;  ///< this and what follows: good unless fault is header
  std::uint32_t sku = 0;
  std::string key_md5;
};

/// `unreadable`: a board made of the dump begins with its profile's settings.
enum class DumpedSettings : std::uint8_t { kept, unreadable };

struct DumpContents {
  firmware::Layout layout;
  DumpedCode code;
  DumpedCode recovery;
  DumpedSettings settings = DumpedSettings::unreadable;
};

/// Errors: invalid (no descriptor, no ME region, no partition table, a partition that does not
/// fit), unsupported (the region lacks a partition that simulated firmware works with).
base::Result<DumpContents> read_dump(const FlashDump& dump);

/// Whether code that does not verify is an error, or the board is wanted as it is.
enum class Damage : std::uint8_t { refused, taken };

/// Why a dump is not the flash of a board.
struct DumpObjection {
  std::size_t offset = 0;
  std::string what;
  std::string value;  ///< KEY=VALUE of the profile with which it would be; empty: none would help
};
/// "FILE: offset 0x36000: ...".
std::string to_text(const FlashDump& dump, const DumpObjection& objection);

/// Whether the dump is the flash of a board that `profile` describes: as large as its part, its
/// code sound, signed with the key that the board's ROM takes, and of its SKU. With Damage::taken
/// one of the two codes is enough: the board runs that one. Nothing: it is.
std::optional<DumpObjection> object_to_dump(const FlashDump& dump, const DumpContents& contents,
                                            const machine::Profile& profile, Damage damage);

}  // namespace emulator::attach
