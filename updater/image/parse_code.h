// SPDX-License-Identifier: BSD-3-Clause
// The parts of parse(): operational code (manifest, module table, trailers, modules) and what may
// lie around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "updater/image/image.h"

namespace updater::image {

/// Most $MME entries taken; images of the era have a few dozen.
inline constexpr std::uint32_t kMostModules = 64;
/// Largest module once expanded, four times the ME's memory of the era: what a hostile image may
/// cost in time.
inline constexpr std::uint32_t kLargestModule = 64u << 20;

/// Reads the code that begins at `image.code_offset` and must end within `room` bytes; fills in
/// everything from `manifest` to `modules` and `code_size`.
std::optional<Defect> parse_code(Image& image, std::size_t room);

/// Reads the module table's entries, the trailers behind it, and the modules behind those; parts
/// of parse_code().
std::optional<Defect> parse_module_table(Image& image, base::ByteView signed_part);
std::optional<Defect> parse_trailers(Image& image, base::ByteView signed_part);
std::optional<Defect> parse_modules(Image& image, base::ByteView code);

/// The partition with the recovery code.
inline constexpr const char* kRecoveryPartition = "RCVY";

/// Reads $FPT of the region that begins at `offset` of the file and is `size` bytes long, and that
/// code in it.
std::optional<Defect> parse_region(Image& image, std::size_t offset, std::size_t size, Code code);

/// The table names no place, or an empty one.
bool unused(const protocol::image::Partition& partition);
/// The partition with the operational code: by name; else the first code partition with a manifest:
/// names of other boards' regions differ. Nothing: there is none.
const protocol::image::Partition* find_code(const protocol::image::PartitionTable& table,
                                            base::ByteView region);
/// $MAN stands where a manifest's tag would be.
bool holds_manifest(base::ByteView region, const protocol::image::Partition& partition);

/// What a manifest's flags say against the image, in words.
std::vector<const char*> flag_faults(std::uint32_t flags);

/// A defect of a length: something does not fit, or is cut short (8746).
Defect bad_length(std::size_t offset, std::string field, std::string what);
/// A defect of a field's value (8713).
Defect bad_field(std::size_t offset, std::string field, std::string what);

/// The bytes of a tag as text, those that cannot be printed as \xNN.
std::string printable(base::ByteView tag);

}  // namespace updater::image
