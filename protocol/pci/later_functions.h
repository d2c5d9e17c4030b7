// SPDX-License-Identifier: BSD-3-Clause
// PCI device ids of the management engines that came after those this project knows, vendor 8086
// (Linux hw-me-regs.h, pci-me.c and pci-txe.c): so that one is called by its name. Functions that
// serve something else (iTouch) are none.
#pragma once

#include <array>
#include <cstdint>

namespace protocol::pci {

/// Of a chipset family that goes on.
inline constexpr std::uint16_t kOpen = 0xFFFF;

struct LaterFunction {
  std::uint16_t device = 0;
  const char* engine = nullptr;  ///< "ME 7", "CSME 12"
  std::uint16_t first = 0;       ///< major version of its firmware; 0: not one of these generations
  std::uint16_t last = 0;
  const char* chipset = nullptr;  ///< its code name
  const char* driver = "mei_me";

  constexpr bool is_of(std::uint16_t major) const {
    return first != 0 && first <= major && major <= last;
  }
};

inline constexpr std::array<LaterFunction, 52> kLaterFunctions = {{
    {.device = 0x1C3A, .engine = "ME 7", .first = 7, .last = 7, .chipset = "Cougar Point"},
    {.device = 0x1D3A, .engine = "ME 7", .first = 7, .last = 7, .chipset = "Patsburg"},
    {.device = 0x1E3A, .engine = "ME 8", .first = 8, .last = 8, .chipset = "Panther Point"},
    {.device = 0x1CBA, .engine = "ME 8", .first = 8, .last = 8, .chipset = "Panther Point"},
    {.device = 0x1DBA, .engine = "ME 8", .first = 8, .last = 8, .chipset = "Panther Point"},
    {.device = 0x8C3A, .engine = "ME 9.0 or 9.1", .first = 9, .last = 9, .chipset = "Lynx Point H"},
    {.device = 0x8D3A, .engine = "ME 9.0 or 9.1", .first = 9, .last = 9, .chipset = "Wellsburg"},
    {.device = 0x8CBA,
     .engine = "ME 9.0 or 9.1",
     .first = 9,
     .last = 9,
     .chipset = "Lynx Point H Refresh"},
    {.device = 0x9C3A,
     .engine = "ME 9.5 or 10",
     .first = 9,
     .last = 10,
     .chipset = "Lynx Point LP"},
    {.device = 0x9CBA,
     .engine = "ME 9.5 or 10",
     .first = 9,
     .last = 10,
     .chipset = "Wildcat Point LP"},
    {.device = 0x9CBB,
     .engine = "ME 9.5 or 10",
     .first = 9,
     .last = 10,
     .chipset = "Wildcat Point LP"},
    {.device = 0x9D3A, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Sunrise Point LP"},
    {.device = 0x9D3B, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Sunrise Point LP"},
    {.device = 0xA13A, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Sunrise Point H"},
    {.device = 0xA13B, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Sunrise Point H"},
    {.device = 0xA2BA, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Kaby Point"},
    {.device = 0xA2BB, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Kaby Point"},
    {.device = 0xA2BE, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Kaby Point"},
    {.device = 0xA1BA, .engine = "CSME 11", .first = 11, .last = 11, .chipset = "Lewisburg"},
    {.device = 0x9DE0, .engine = "CSME 12", .first = 12, .last = 12, .chipset = "Cannon Point LP"},
    {.device = 0xA360, .engine = "CSME 12", .first = 12, .last = 12, .chipset = "Cannon Point H"},
    {.device = 0x34E0, .engine = "CSME 13", .first = 13, .last = 13, .chipset = "Ice Lake Point"},
    {.device = 0x38E0, .engine = "CSME 13", .first = 13, .last = 13, .chipset = "Ice Lake Point"},
    {.device = 0x02E0, .engine = "CSME 14", .first = 14, .last = 14, .chipset = "Comet Lake"},
    {.device = 0x06E0, .engine = "CSME 14", .first = 14, .last = 14, .chipset = "Comet Lake"},
    {.device = 0xA3BA, .engine = "CSME 14", .first = 14, .last = 14, .chipset = "Comet Lake V"},
    {.device = 0xA0E0,
     .engine = "CSME 15",
     .first = 15,
     .last = 15,
     .chipset = "Tiger Lake Point LP"},
    {.device = 0x43E0,
     .engine = "CSME 15",
     .first = 15,
     .last = 15,
     .chipset = "Tiger Lake Point H"},
    {.device = 0x4DE0,
     .engine = "CSME 15",
     .first = 15,
     .last = 15,
     .chipset = "Jasper Lake Point"},
    {.device = 0x4B70,
     .engine = "CSME 15",
     .first = 15,
     .last = 15,
     .chipset = "Mule Creek Canyon"},
    {.device = 0x7AE8,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Alder Lake Point"},
    {.device = 0x7A60,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Alder Lake Point"},
    {.device = 0x51E0,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Alder Lake Point"},
    {.device = 0x54E0,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Alder Lake Point"},
    {.device = 0x7A68,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Raptor Lake Point S"},
    {.device = 0x1BE0,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Emmitsburg"},
    {.device = 0x7E70,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Meteor Lake"},
    {.device = 0x7F68,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Arrow Lake"},
    {.device = 0x7770,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Arrow Lake"},
    {.device = 0xA870,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Lunar Lake"},
    {.device = 0xE370,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Panther Lake"},
    {.device = 0xE470,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Panther Lake"},
    {.device = 0x4D70,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Wildcat Lake"},
    {.device = 0x6E68,
     .engine = "CSME 16 or later",
     .first = 16,
     .last = kOpen,
     .chipset = "Nova Lake"},
    {.device = 0x4B75,
     .engine = "CSME 15",
     .first = 15,
     .last = 15,
     .chipset = "Mule Creek Canyon"},
    {.device = 0x1A9A, .engine = "TXE 3 or 4", .chipset = "Broxton"},
    {.device = 0x5A9A, .engine = "TXE 3 or 4", .chipset = "Apollo Lake"},
    {.device = 0x319A, .engine = "TXE 3 or 4", .chipset = "Gemini Lake"},
    {.device = 0x19E5, .engine = "IE", .chipset = "Denverton"},
    {.device = 0x18D3, .engine = "later engine", .chipset = "Cedar Fork"},
    {.device = 0x0F18, .engine = "TXE 1", .chipset = "Bay Trail", .driver = "mei_txe"},
    {.device = 0x2298, .engine = "TXE 2", .chipset = "Braswell", .driver = "mei_txe"},
}};

/// The row of `device`, or null.
constexpr const LaterFunction* find_later_function(std::uint16_t device) {
  for (const LaterFunction& f : kLaterFunctions) {
    if (f.device == device) return &f;
  }
  return nullptr;
}

}  // namespace protocol::pci
