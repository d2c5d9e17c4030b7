// SPDX-License-Identifier: BSD-3-Clause
// The ICH9/ICH10 flash descriptor: signature, maps, regions, masters (flashrom ich_descriptors.h)
// and the straps that keep the ME off (coreboot's ifdtool).
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace protocol::image {

inline constexpr std::uint32_t kDescriptorSignature = 0x0FF0A55A;
inline constexpr std::uint32_t kRegionGranularity = 0x1000;

enum class Region : std::uint8_t { descriptor = 0, bios = 1, me = 2, gbe = 3, platform = 4 };
inline constexpr std::size_t kRegionCount = 5;
inline constexpr std::size_t kMasterCount = 3;  ///< host CPU/BIOS, ME, GbE

/// Bytes [base, base + size) of the flash; size 0 where the region is unused.
struct RegionBounds {
  std::uint32_t base = 0;
  std::uint32_t size = 0;
  bool operator==(const RegionBounds&) const = default;
};

/// FLMSTRn: which regions a master may read and write, bit n = region n.
struct MasterAccess {
  std::uint16_t requester = 0;
  std::uint8_t read = 0;   ///< bits 4:0
  std::uint8_t write = 0;  ///< bits 4:0
  bool operator==(const MasterAccess&) const = default;
};

/// Soft straps of ICH8 to ICH10 and their MCH; each keeps the ME from running.
struct MeStraps {
  bool ich_disable = false;      ///< ICHSTRP0 bit 0, ICH_MeDisable
  bool mch_disable = false;      ///< MCHSTRP0 bit 0, MCH_MeDisable
  bool mch_alt_disable = false;  ///< MCHSTRP0 bit 7, MCH_AltMeDisable
  bool disable() const { return ich_disable || mch_disable || mch_alt_disable; }
  bool operator==(const MeStraps&) const = default;
};

struct FlashDescriptor {
  static constexpr std::size_t size = 0x1000;
  std::array<RegionBounds, kRegionCount> regions{};
  std::array<MasterAccess, kMasterCount> masters{};
  MeStraps straps;

  const RegionBounds& region(Region r) const { return regions[static_cast<std::size_t>(r)]; }
};

/// Writes a whole descriptor sector in the ICH9/10 form (signature at offset 0).
void encode(base::ByteWriter&, const FlashDescriptor&);
/// Accepts the signature at 0x00 (ICH8-10) and at 0x10 (PCH).
std::optional<FlashDescriptor> decode_flash_descriptor(base::ByteView data);

}  // namespace protocol::image
