// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/flash_descriptor.h"

#include <algorithm>

namespace protocol::image {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

// Where encode() puts the sections; readers follow FLMAP0..2.
constexpr std::size_t kComponentBase = 0x10;
constexpr std::size_t kRegionBase = 0x40;
constexpr std::size_t kMasterBase = 0x60;
constexpr std::size_t kIchStrapBase = 0x100;
constexpr std::size_t kMchStrapBase = 0x140;
constexpr std::uint32_t kUnusedRegion = 0x00001FFF;
/// ICH8-10 use bits 12:0 and keep 14:13 zero; later chips, and our largest imaginary part, need
/// them beyond 32 MiB.
constexpr std::uint32_t kBoundMask = 0x7FFF;
constexpr std::size_t kPchSignatureOffset = 0x10;
constexpr unsigned kMeDisable = 0;     ///< of ICHSTRP0 and of MCHSTRP0
constexpr unsigned kAltMeDisable = 7;  ///< of MCHSTRP0

/// A map field holds bits 11:4 of a byte offset.
constexpr std::uint32_t map_field(std::size_t offset) {
  return static_cast<std::uint32_t>(offset >> 4);
}
constexpr std::size_t map_offset(std::uint32_t field) {
  return static_cast<std::size_t>(field & 0xFF) << 4;
}

std::uint32_t region_word(const RegionBounds& r) {
  if (r.size == 0) return kUnusedRegion;
  const std::uint32_t base = r.base / kRegionGranularity;
  const std::uint32_t limit = (r.base + r.size - 1) / kRegionGranularity;
  return limit << 16 | base;
}

RegionBounds region_bounds(std::uint32_t word) {
  const std::uint32_t base = word & kBoundMask;
  const std::uint32_t limit = word >> 16 & kBoundMask;
  if (base > limit) return {};
  return {.base = base * kRegionGranularity, .size = (limit - base + 1) * kRegionGranularity};
}

std::uint32_t master_word(const MasterAccess& m) {
  return m.requester | (m.read & 0x1Fu) << 16 | (m.write & 0x1Fu) << 24;
}

MasterAccess master_access(std::uint32_t word) {
  return {.requester = static_cast<std::uint16_t>(word),
          .read = static_cast<std::uint8_t>(word >> 16 & 0x1F),
          .write = static_cast<std::uint8_t>(word >> 24 & 0x1F)};
}

/// FLCOMP density code: the smallest part, 512 KiB << code, that holds every region (codes 0..5).
std::uint32_t density_code(const FlashDescriptor& d) {
  std::uint32_t end = FlashDescriptor::size;
  for (const RegionBounds& r : d.regions) end = std::max(end, r.base + r.size);
  std::uint32_t code = 0;
  while (code < 5 && (0x80000u << code) < end) ++code;
  return code;
}

constexpr std::uint32_t bit(unsigned number, bool set) {
  return set ? 1u << number : 0;
}
constexpr bool has_bit(std::uint32_t word, unsigned number) {
  return (word >> number & 1) != 0;
}

/// Words at any place of the descriptor; remembers whether one of them lay beyond its end.
class Words {
 public:
  explicit Words(ByteView data) : data_(data) {}
  std::uint32_t at(std::size_t offset) {
    ByteReader in(data_.subspan(std::min(offset, data_.size())));
    const std::uint32_t word = in.u32();
    ok_ = ok_ && in.ok();
    return word;
  }
  bool ok() const { return ok_; }

 private:
  ByteView data_;
  bool ok_ = true;
};

/// FLMAP1 tells where the ICH's straps are and how many, FLMAP2 the MCH's.
MeStraps me_straps(ByteView data, std::uint32_t flmap1, std::uint32_t flmap2) {
  Words words(data);
  const std::uint32_t ich = flmap1 >> 24 == 0 ? 0 : words.at(map_offset(flmap1 >> 16));
  const std::uint32_t mch = (flmap2 >> 8 & 0xFF) == 0 ? 0 : words.at(map_offset(flmap2));
  return {.ich_disable = has_bit(ich, kMeDisable),
          .mch_disable = has_bit(mch, kMeDisable),
          .mch_alt_disable = has_bit(mch, kAltMeDisable)};
}

}  // namespace

void encode(ByteWriter& out, const FlashDescriptor& d) {
  const std::size_t start = out.size();
  const auto fill_to = [&](std::size_t offset) { out.fill(offset - (out.size() - start), 0xFF); };
  out.u32(kDescriptorSignature);
  out.u32(map_field(kComponentBase) | map_field(kRegionBase) << 16 | (kRegionCount - 1) << 24);
  out.u32(map_field(kMasterBase) | (kMasterCount - 1) << 8 | map_field(kIchStrapBase) << 16 |
          1u << 24);
  out.u32(map_field(kMchStrapBase) | 1u << 8);
  out.u32(density_code(d))
      .u32(0)
      .u32(0);  // one part, no illegal instructions, no partition boundary
  fill_to(kRegionBase);
  for (const RegionBounds& r : d.regions) out.u32(region_word(r));
  fill_to(kMasterBase);
  for (const MasterAccess& m : d.masters) out.u32(master_word(m));
  fill_to(kIchStrapBase);
  out.u32(bit(kMeDisable, d.straps.ich_disable));
  fill_to(kMchStrapBase);
  out.u32(bit(kMeDisable, d.straps.mch_disable) | bit(kAltMeDisable, d.straps.mch_alt_disable));
  fill_to(FlashDescriptor::size);
}

std::optional<FlashDescriptor> decode_flash_descriptor(ByteView data) {
  Words words(data);
  std::size_t signature = 0;
  if (words.at(0) != kDescriptorSignature) signature = kPchSignatureOffset;
  if (words.at(signature) != kDescriptorSignature || !words.ok()) return std::nullopt;
  const std::uint32_t flmap0 = words.at(signature + 4);
  const std::uint32_t flmap1 = words.at(signature + 8);
  FlashDescriptor d;
  for (std::size_t i = 0; i < kRegionCount; ++i) {
    d.regions[i] = region_bounds(words.at(map_offset(flmap0 >> 16) + 4 * i));
  }
  for (std::size_t i = 0; i < kMasterCount; ++i) {
    d.masters[i] = master_access(words.at(map_offset(flmap1) + 4 * i));
  }
  if (!words.ok()) return std::nullopt;
  // The PCH's straps are others.
  if (signature == 0) d.straps = me_straps(data, flmap1, words.at(0xC));
  return d;
}

}  // namespace protocol::image
