// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/flash_image.h"

#include <algorithm>
#include <array>
#include <string>

#include "emulator/factory/update_image.h"

namespace emulator::factory {
namespace {

using base::Bytes;
using base::ByteWriter;
using protocol::image::FlashDescriptor;
using protocol::image::MasterAccess;
using protocol::image::Region;
using protocol::image::RegionBounds;

constexpr std::uint32_t kGbeBase = FlashDescriptor::size;
constexpr std::uint32_t kGbeSize = 0x2000;
constexpr std::uint32_t kMeBase = kGbeBase + kGbeSize;
constexpr std::uint32_t kSmallestBios = 0x10000;

/// The access rights of a board that has left the factory (the words that ifdtool writes to
/// lock one).
constexpr MasterAccess kHostAccess = {.requester = 0, .read = 0x0B, .write = 0x0A};
constexpr MasterAccess kMeAccess = {.requester = 0, .read = 0x0D, .write = 0x0C};
constexpr MasterAccess kGbeAccess = {.requester = 0x118, .read = 0x08, .write = 0x08};

RegionBounds& bounds(FlashDescriptor& d, Region region) {
  return d.regions[static_cast<std::size_t>(region)];
}

/// GbE NVM: the MAC address, and a checksum that makes words 00h..3Fh add up to BABAh (Intel GbE
/// NVM map).
void put_gbe(base::MutableByteView gbe, const std::array<std::uint8_t, 6>& mac) {
  constexpr std::size_t checksum_at = 0x7E;  // word 3Fh
  std::copy(mac.begin(), mac.end(), gbe.begin());
  base::ByteReader words(gbe.first(checksum_at));
  std::uint16_t sum = 0;
  while (words.remaining() != 0) sum = static_cast<std::uint16_t>(sum + words.u16());
  ByteWriter(gbe.subspan(checksum_at)).u16(static_cast<std::uint16_t>(0xBABA - sum));
}

/// The upper map and the VSCC table it points to: how the ME is to erase and write this part.
void put_vscc_table(base::MutableByteView descriptor, const flash::Part& part) {
  constexpr std::uint32_t table_at = 0xDF0;
  constexpr std::size_t upper_map_at = 0xEFC;
  constexpr std::uint32_t entry_dwords = 2;
  constexpr std::uint16_t sector_4k = 0x2005;  ///< erase with 20h in 4 KiB, write up to 64 bytes
  ByteWriter(descriptor.subspan(upper_map_at)).u32(entry_dwords << 8 | table_at >> 4);
  const auto id = [&](unsigned shift) { return static_cast<std::uint8_t>(part.jedec_id >> shift); };
  ByteWriter out(descriptor.subspan(table_at));
  out.u8(id(16)).u8(id(8)).u8(id(0)).u8(0).u16(sector_4k).u16(sector_4k);
}

}  // namespace

base::Result<FlashDescriptor> flash_layout(const flash::Part& part, std::uint32_t code_size,
                                           std::uint32_t tpm_size) {
  return flash_layout(part, RegionShape{.code_size = code_size, .tpm_size = tpm_size});
}

base::Result<FlashDescriptor> flash_layout(const flash::Part& part, const RegionShape& shape) {
  const bool possible = is_image_size(shape.code_size);
  if (!possible || kMeBase + region_size(shape) + kSmallestBios > part.geometry.size) {
    return base::Error{
        base::Errc::invalid,
        "laying out the flash: the code size does not fit the part " + std::string(part.name)};
  }
  FlashDescriptor d;
  const std::uint32_t me_size = region_size(shape);
  const std::uint32_t me_end = kMeBase + me_size;
  bounds(d, Region::descriptor) = {.base = 0, .size = FlashDescriptor::size};
  bounds(d, Region::gbe) = {.base = kGbeBase, .size = kGbeSize};
  bounds(d, Region::me) = {.base = kMeBase, .size = me_size};
  bounds(d, Region::bios) = {.base = me_end, .size = part.geometry.size - me_end};
  d.masters = {kHostAccess, kMeAccess, kGbeAccess};
  return d;
}

base::Result<Bytes> build_flash_image(const RegionRecipe& recipe, const flash::Part& part) {
  const auto descriptor =
      flash_layout(part, shape_of(recipe.firmware.identity, recipe.code_size,
                                  static_cast<std::uint32_t>(recipe.tpm.size())));
  if (!descriptor) return descriptor.error();
  const auto region = build_region(recipe);
  if (!region) return region.error();

  Bytes image(part.geometry.size, 0xFF);
  ByteWriter out(image);
  protocol::image::encode(out, *descriptor);
  put_vscc_table(image, part);
  put_gbe(base::MutableByteView(image).subspan(kGbeBase, kGbeSize),
          recipe.firmware.surroundings.wired.mac);
  std::copy(region->begin(), region->end(), image.begin() + kMeBase);
  return image;
}

}  // namespace emulator::factory
