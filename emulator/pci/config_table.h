// SPDX-License-Identifier: BSD-3-Clause
// The configuration registers of the HECI function as rows: 4-Series and 965 datasheets, 6-Series
// where those are silent.
#pragma once

#include <array>
#include <cstdint>

namespace emulator::pci {

enum class Writes : std::uint8_t {
  always,
  once,  ///< the first write locks the register until the platform is reset
};

struct ConfigRow {
  std::uint8_t offset = 0;
  std::uint8_t size = 0;  ///< bytes
  std::uint32_t reset = 0;
  std::uint32_t writable = 0;
  std::uint32_t write_1_to_clear = 0;
  Writes writes = Writes::always;
};

namespace reg {
inline constexpr std::uint8_t kVid = 0x00;
inline constexpr std::uint8_t kDid = 0x02;
inline constexpr std::uint8_t kCmd = 0x04;
inline constexpr std::uint8_t kSts = 0x06;
inline constexpr std::uint8_t kRid = 0x08;
inline constexpr std::uint8_t kProgIf = 0x09;
inline constexpr std::uint8_t kMbar = 0x10;
inline constexpr std::uint8_t kSvid = 0x2C;
inline constexpr std::uint8_t kSid = 0x2E;
inline constexpr std::uint8_t kHfs = 0x40;
inline constexpr std::uint8_t kPmcs = 0x54;
inline constexpr std::uint8_t kMc = 0x8E;
inline constexpr std::uint8_t kMa = 0x90;
inline constexpr std::uint8_t kMua = 0x94;
inline constexpr std::uint8_t kMd = 0x98;
inline constexpr std::uint8_t kHidm = 0xA0;
}  // namespace reg

/// Where the later firmware status words are. On boards without them these bytes read 0.
inline constexpr std::array<std::uint8_t, 5> kLaterStatusAt = {0x48, 0x60, 0x64, 0x68, 0x6C};

inline constexpr std::uint32_t kCmdMemorySpace = 1u << 1;
inline constexpr std::uint32_t kCmdBusMaster = 1u << 2;
inline constexpr std::uint32_t kCmdIntxDisable = 1u << 10;
inline constexpr std::uint32_t kStsInterrupt = 1u << 3;
inline constexpr std::uint32_t kPmcsPowerState = 3;
inline constexpr std::uint32_t kPmcsD3Hot = 3;
inline constexpr std::uint32_t kMcEnable = 1;
inline constexpr std::uint32_t kHidmLegacy = 0;  ///< INTx or MSI; 1 is SCI and 2 is SMI

/// Every register that does not read 0. What is in no row reads 0 and ignores writes.
inline constexpr std::array<ConfigRow, 24> kConfigRows = {{
    {.offset = reg::kVid, .size = 2, .reset = 0x8086},
    {.offset = reg::kDid, .size = 2},
    {.offset = reg::kCmd, .size = 2, .writable = kCmdMemorySpace | kCmdBusMaster | kCmdIntxDisable},
    {.offset = reg::kSts, .size = 2, .reset = 0x0010},  // a capability list
    {.offset = reg::kRid, .size = 1},
    {.offset = reg::kProgIf, .size = 1},
    {.offset = 0x0A, .size = 2, .reset = 0x0780},  // communication controller, other
    {.offset = reg::kMbar, .size = 4, .reset = 0x4, .writable = 0xFFFFFFF0},  // 64-bit, 16 bytes
    {.offset = reg::kMbar + 4, .size = 4, .writable = 0xFFFFFFFF},
    {.offset = reg::kSvid, .size = 2, .writable = 0xFFFF, .writes = Writes::once},
    {.offset = reg::kSid, .size = 2, .writable = 0xFFFF, .writes = Writes::once},
    {.offset = 0x34, .size = 1, .reset = 0x50},
    {.offset = 0x3C, .size = 1, .writable = 0xFF},  // interrupt line: the BIOS's note to itself
    {.offset = 0x3D, .size = 1, .reset = 0x01},     // INTA#
    {.offset = reg::kHfs, .size = 4},
    {.offset = 0x50, .size = 2, .reset = 0x8C01},  // power management, next 8Ch
    {.offset = 0x52, .size = 2, .reset = 0xC803},  // PME# from D0 and D3, version 3
    {.offset = reg::kPmcs,
     .size = 2,
     .reset = 0x0008,  // NSR: D3hot to D0 does not reset the function
     .writable = 0x0103,
     .write_1_to_clear = 0x8000},
    {.offset = 0x8C, .size = 2, .reset = 0x0005},  // MSI, end of the list
    {.offset = reg::kMc, .size = 2, .reset = 0x0080, .writable = kMcEnable},
    {.offset = reg::kMa, .size = 4, .writable = 0xFFFFFFFC},
    {.offset = reg::kMua, .size = 4, .writable = 0xFFFFFFFF},
    {.offset = reg::kMd, .size = 2, .writable = 0xFFFF},
    {.offset = reg::kHidm, .size = 1, .writable = 0x03},
}};

/// The rows taken apart into bytes, as the bus addresses them.
struct ConfigMasks {
  std::array<std::uint8_t, 256> writable{};
  std::array<std::uint8_t, 256> write_1_to_clear{};
  std::array<std::uint32_t, 256>
      once{};  ///< the lock bit of the write-once register here, 0 for others
};

constexpr ConfigMasks make_config_masks() {
  ConfigMasks masks;
  std::uint32_t next_lock = 1;
  for (const ConfigRow& row : kConfigRows) {
    for (std::uint32_t i = 0; i < row.size; ++i) {
      masks.writable[row.offset + i] = static_cast<std::uint8_t>(row.writable >> 8 * i);
      masks.write_1_to_clear[row.offset + i] =
          static_cast<std::uint8_t>(row.write_1_to_clear >> 8 * i);
      if (row.writes == Writes::once) masks.once[row.offset + i] = next_lock;
    }
    if (row.writes == Writes::once) next_lock <<= 1;
  }
  return masks;
}

inline constexpr ConfigMasks kConfigMasks = make_config_masks();

constexpr bool rows_do_not_overlap() {
  std::uint32_t end = 0;
  for (const ConfigRow& row : kConfigRows) {
    if (row.offset < end) return false;
    end = row.offset + row.size;
  }
  return end <= 256;
}
static_assert(rows_do_not_overlap(), "rows are sorted and disjoint");

}  // namespace emulator::pci
