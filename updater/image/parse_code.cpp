// SPDX-License-Identifier: BSD-3-Clause
// The $MAN manifest, its module table and its trailers: everything the signature covers.
#include "updater/image/parse_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "protocol/generation.h"

namespace updater::image {
namespace {

using base::ByteReader;
using base::ByteView;
using protocol::image::Manifest;
using protocol::image::ModuleEntry;
using protocol::image::SkuTrailer;
using protocol::update::ToolError;

/// A 32-bit manifest field that has one legal value.
struct FixedField {
  std::size_t offset;
  const char* name;
  std::uint32_t value;
};
constexpr std::array<FixedField, 6> kFixedFields = {{
    {.offset = Manifest::at_type, .name = "manifest type", .value = Manifest::type},
    {.offset = Manifest::at_header_length,
     .name = "manifest header length",
     .value = Manifest::header_dwords},
    {.offset = Manifest::at_header_version,
     .name = "manifest header version",
     .value = Manifest::header_version},
    {.offset = Manifest::at_vendor,
     .name = "manifest vendor",
     .value = protocol::image::kVendorIntel},
    {.offset = Manifest::at_key_size,
     .name = "manifest key size",
     .value = protocol::image::kRsaBytes / 4},
    {.offset = Manifest::at_exponent_size, .name = "manifest exponent size", .value = 1},
}};

std::optional<Defect> judge_tag(ByteView code, std::size_t at) {
  using protocol::Modelled;
  using protocol::image::ManifestForm;
  constexpr std::string_view ours = tag_of(ManifestForm::man);
  const std::string tag = printable(code.subspan(Manifest::at_tag, 4));
  if (tag == ours) return std::nullopt;
  Defect defect = bad_field(at + Manifest::at_tag, "manifest tag",
                            fmt::format("is \"{}\", must be \"{}\"", tag, ours));
  if (tag == tag_of(ManifestForm::mn2)) {
    defect.what =
        fmt::format("is \"{}\", which ME {} and later use; this is for ME {} to {} (\"{}\")", tag,
                    protocol::first_with(ManifestForm::mn2).major,
                    protocol::first_modelled(Modelled::updater).major,
                    protocol::last_modelled(Modelled::updater).major, ours);
    defect.tool_error = ToolError::image_not_supported;
  }
  return defect;
}

std::optional<Defect> judge_fixed_fields(ByteView code, std::size_t at) {
  for (const FixedField& field : kFixedFields) {
    const std::uint32_t found = ByteReader(code.subspan(field.offset)).u32();
    if (found == field.value) continue;
    return bad_field(at + field.offset, field.name,
                     fmt::format("is 0x{:X}, must be 0x{:X}", found, field.value));
  }
  return std::nullopt;
}

constexpr std::uint32_t from_bcd(std::uint32_t digits) {
  return (digits >> 4) * 10 + (digits & 0xF);
}

bool is_date(std::uint32_t bcd) {
  for (std::uint32_t rest = bcd; rest != 0; rest >>= 4) {
    if ((rest & 0xF) > 9) return false;
  }
  const std::uint32_t month = from_bcd(bcd >> 8 & 0xFF);
  const std::uint32_t day = from_bcd(bcd & 0xFF);
  return bcd >> 16 != 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

std::optional<Defect> judge_values(const Manifest& m, std::size_t at, std::size_t room) {
  if (!is_date(m.date)) {
    return bad_field(at + Manifest::at_date, "manifest date",
                     fmt::format("is {:08X}, not a date (yyyymmdd)", m.date));
  }
  if (m.module_count > kMostModules) {
    return bad_field(at + Manifest::at_module_count, "manifest module count",
                     fmt::format("is {}, at most {} are taken", m.module_count, kMostModules));
  }
  const std::uint64_t size = std::uint64_t{m.size_dwords} * 4;
  const std::uint64_t least = Manifest::size + std::uint64_t{m.module_count} * ModuleEntry::size;
  if (size < least) {
    return bad_length(at + Manifest::at_size, "manifest size",
                      fmt::format("is 0x{:X} bytes, the module table needs 0x{:X}", size, least));
  }
  if (size > room) {
    return bad_length(at + Manifest::at_size, "manifest size",
                      fmt::format("is 0x{:X} bytes, 0x{:X} are there", size, room));
  }
  return std::nullopt;
}

bool is_filler(ByteView bytes) {
  const auto all = [&](std::uint8_t fill) {
    return std::ranges::all_of(bytes, [&](auto b) { return b == fill; });
  };
  return all(0xFF) || all(0x00);
}

/// In bytes, tag and length word included. `trailer` holds both.
std::uint64_t trailer_length(ByteView trailer) {
  return std::uint64_t{ByteReader(trailer.subspan(4)).u32()} * 4;
}

// Each trailer is a tag, its length in dwords with these two, and data: one nobody here knows is
// passed over.
std::optional<Defect> judge_trailer(ByteView rest, std::size_t at) {
  constexpr std::size_t header = 8;
  if (rest.size() < header) return bad_length(at, "trailer", "is cut short");
  const std::string tag = printable(rest.first(4));
  if (rest[0] != '$') {
    return bad_field(at, "trailer tag", fmt::format("is \"{}\", must begin with \"$\"", tag));
  }
  const std::uint64_t length = trailer_length(rest);
  if (length < header || length > rest.size()) {
    return bad_length(at + 4, tag + " length",
                      fmt::format("is 0x{:X} bytes, 0x{:X} are left", length, rest.size()));
  }
  if (tag == "$SKU" && length != SkuTrailer::size) {
    return bad_length(at + 4, tag + " length",
                      fmt::format("is {} bytes, must be {}", length, SkuTrailer::size));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Defect> parse_code(Image& image, std::size_t room) {
  const std::size_t at = image.code_offset;
  const ByteView code = ByteView(image.file).subspan(at, room);
  if (code.size() < Manifest::at_tag + 4) {
    return bad_length(at, "manifest",
                      fmt::format("is cut short: {} of {} bytes", code.size(), Manifest::size));
  }
  if (auto defect = judge_tag(code, at)) return defect;
  const auto manifest = protocol::image::decode_manifest(code);
  if (!manifest) {
    return bad_length(at, "manifest",
                      fmt::format("is cut short: {} of {} bytes", code.size(), Manifest::size));
  }
  if (auto defect = judge_fixed_fields(code, at)) return defect;
  if (auto defect = judge_values(*manifest, at, room)) return defect;
  image.manifest = *manifest;
  const ByteView signed_part = code.first(std::size_t{manifest->size_dwords} * 4);
  if (auto defect = parse_module_table(image, signed_part)) return defect;
  if (auto defect = parse_trailers(image, signed_part)) return defect;
  return parse_modules(image, code);
}

std::optional<Defect> parse_module_table(Image& image, ByteView signed_part) {
  for (std::uint32_t i = 0; i < image.manifest.module_count; ++i) {
    const std::size_t at = Manifest::size + i * ModuleEntry::size;
    const auto entry = protocol::image::decode_module_entry(signed_part.subspan(at));
    if (!entry) {
      return bad_field(
          image.code_offset + at, fmt::format("module {} tag", i + 1),
          fmt::format("is \"{}\", must be \"$MME\"", printable(signed_part.subspan(at, 4))));
    }
    image.modules.push_back({.entry = *entry});
  }
  return std::nullopt;
}

std::optional<Defect> parse_trailers(Image& image, ByteView signed_part) {
  std::optional<SkuTrailer> sku;
  std::size_t at = Manifest::size + image.modules.size() * ModuleEntry::size;
  while (!is_filler(signed_part.subspan(at))) {
    const ByteView rest = signed_part.subspan(at);
    if (auto defect = judge_trailer(rest, image.code_offset + at)) return defect;
    if (!sku) sku = protocol::image::decode_sku_trailer(rest);
    at += static_cast<std::size_t>(trailer_length(rest));
  }
  if (!sku) return bad_field(image.code_offset + at, "$SKU", "is not among the trailers");
  image.sku = sku->attributes;
  return std::nullopt;
}

}  // namespace updater::image
