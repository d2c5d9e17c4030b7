// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hex.h"
#include "base/promise.h"
#include "protocol/image/cpd.h"
#include "protocol/image/known_keys.h"
#include "protocol/image/signature.h"
#include "updater/image/cpd_file.h"
#include "updater/image/parse_code.h"
#include "updater/image/update_file.h"

namespace updater::image {
namespace {

using base::ByteReader;
using base::ByteView;
using protocol::image::FlashDescriptor;
using protocol::image::PartitionTable;
using protocol::image::Region;

constexpr std::size_t kPchSignature =
    0x10;  // the descriptor of later chipsets keeps its signature here

std::uint32_t word_at(ByteView data, std::size_t offset) {
  if (offset > data.size()) return 0;
  return ByteReader(data.subspan(offset)).u32();
}

bool has_tag(ByteView data, std::size_t offset, std::string_view tag) {
  return data.size() >= offset + tag.size() &&
         std::ranges::equal(data.subspan(offset, tag.size()), base::as_bytes(tag));
}

Kind kind_of(ByteView file) {
  constexpr std::uint32_t signature = protocol::image::kDescriptorSignature;
  if (word_at(file, 0) == signature || word_at(file, kPchSignature) == signature)
    return Kind::flash;
  if (has_tag(file, 0, "$FPT") || has_tag(file, PartitionTable::offset_in_region, "$FPT"))
    return Kind::region;
  return Kind::update;
}

std::size_t signature_offset(ByteView file) {
  return word_at(file, 0) == protocol::image::kDescriptorSignature ? 0 : kPchSignature;
}

constexpr std::size_t kAtFlmap0 = 4;  ///< behind the signature

/// Where FLMAP0 says that FLREG0 is.
std::size_t region_section(ByteView file) {
  return std::size_t{word_at(file, signature_offset(file) + kAtFlmap0) >> 16 & 0xFF} << 4;
}

/// A dump of one flash part of two, or one that was cut short, does not hold all that its
/// descriptor names.
std::optional<Defect> judge_bounds(const FlashDescriptor& descriptor, ByteView file) {
  constexpr std::array<const char*, protocol::image::kRegionCount> names = {
      "descriptor", "BIOS", "ME", "GbE", "platform data"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const protocol::image::RegionBounds& region = descriptor.regions[i];
    const std::uint64_t end = std::uint64_t{region.base} + region.size;
    if (end <= file.size()) continue;
    return bad_length(region_section(file) + 4 * i, fmt::format("FLREG{}", i),
                      fmt::format("ends the {} region at 0x{:X}, the file ends at 0x{:X}", names[i],
                                  end, file.size()));
  }
  return std::nullopt;
}

std::optional<Defect> parse_flash(Image& image, Code code) {
  const ByteView file = image.file;
  if (file.size() < FlashDescriptor::size) {
    return bad_length(
        0, "flash descriptor",
        fmt::format("is cut short: {} of {} bytes", file.size(), FlashDescriptor::size));
  }
  image.descriptor = protocol::image::decode_flash_descriptor(file.first(FlashDescriptor::size));
  // Only FLMAP0 can point out of it: the masters are few enough to fit wherever FLMAP1 puts them.
  if (!image.descriptor) {
    return bad_field(signature_offset(file) + kAtFlmap0, "FLMAP0",
                     fmt::format("puts the regions at 0x{:X}, which ends outside the descriptor",
                                 region_section(file)));
  }
  const auto& me = image.descriptor->region(Region::me);
  const std::size_t flreg2 = region_section(file) + 4 * static_cast<std::size_t>(Region::me);
  if (me.size == 0) return bad_field(flreg2, "FLREG2", "says there is no ME region");
  if (auto defect = judge_bounds(*image.descriptor, file)) return defect;
  return parse_region(image, me.base, me.size, code);
}

/// An update image is its code; what follows may only fill up.
std::optional<Defect> parse_update(Image& image) {
  if (auto defect = parse_code(image, image.file.size())) return defect;
  const ByteView rest = ByteView(image.file).subspan(image.code_size);
  const auto filler = [&](std::uint8_t fill) {
    return std::ranges::all_of(rest, [&](auto b) { return b == fill; });
  };
  if (filler(0xFF) || filler(0x00)) return std::nullopt;
  return bad_length(image.code_size, "file",
                    fmt::format("goes on for {} bytes behind the last module", rest.size()));
}

std::optional<Defect> parse_kind(Image& image, Code code) {
  if (image.kind == Kind::region && is_update_file(image.file)) return parse_update_file(image);
  if (image.kind == Kind::region && is_cpd_file(image.file)) return parse_cpd_file(image);
  if (protocol::image::begins_with_cpd(image.file)) {
    return parse_cpd_stream(image);
  }
  switch (image.kind) {
    case Kind::flash:
      return parse_flash(image, code);
    case Kind::region:
      return parse_region(image, 0, image.file.size(), code);
    case Kind::update:
      return parse_update(image);
  }
  return std::nullopt;
}

SigningKey signing_key(std::string_view md5) {
  const protocol::image::KeyName* row = protocol::image::find_key(md5);
  if (row == nullptr) return SigningKey::unknown;
  switch (row->key) {
    case protocol::image::KnownKey::intel_me4:
      return SigningKey::intel_me4;
    case protocol::image::KnownKey::intel_me5:
      return SigningKey::intel_me5;
    case protocol::image::KnownKey::intel_me7:
      return SigningKey::intel_me7;
    case protocol::image::KnownKey::intel_me7_pre_production:
      return SigningKey::unknown;
    case protocol::image::KnownKey::development:
    case protocol::image::KnownKey::development_3072:
      return SigningKey::development;
  }
  return SigningKey::unknown;
}

}  // namespace

Defect bad_length(std::size_t offset, std::string field, std::string what) {
  return {offset, std::move(field), std::move(what), protocol::update::ToolError::invalid_length};
}

Defect bad_field(std::size_t offset, std::string field, std::string what) {
  return {offset, std::move(field), std::move(what), protocol::update::ToolError::invalid_header};
}

std::string printable(ByteView tag) {
  std::string text;
  for (const std::uint8_t b : tag) {
    text +=
        b >= 0x20 && b < 0x7F ? std::string(1, static_cast<char>(b)) : fmt::format("\\x{:02X}", b);
  }
  return text;
}

ParseOutcome parse(base::Bytes file, Code code) {
  ParseOutcome out;
  Image image;
  image.file = std::move(file);
  image.kind = kind_of(image.file);
  out.defect = parse_kind(image, code);
  if (out.defect) return out;
  MEBENCH_PROMISE(image.code_size > 0 && image.code().size() == image.code_size,
                  "an image that is read has code");
  if (image.key_md5.empty()) image.key_md5 = base::to_hex(protocol::image::key_md5(image.manifest));
  image.key = signing_key(image.key_md5);
  out.image = std::move(image);
  return out;
}

}  // namespace updater::image
