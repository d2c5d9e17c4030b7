// SPDX-License-Identifier: BSD-3-Clause
// MEFWCAPS_SKU bits of ME 2..5 (illumos LMS HECI_if.h) and the names the era's tools print for
// them.
#pragma once

#include <array>
#include <cstdint>

namespace protocol::sku {

struct Capability {
  std::uint32_t bit;
  const char* id;    ///< stable, for JSON and profiles
  const char* name;  ///< as FWUpdLcl prints it; the id where no public log shows one
};

inline constexpr std::uint32_t kQst = 1u << 1;
inline constexpr std::uint32_t kAsf2 = 1u << 2;
inline constexpr std::uint32_t kAmtPro = 1u << 3;
inline constexpr std::uint32_t kStandardManageability = 1u << 4;
inline constexpr std::uint32_t kTpm = 1u << 5;

/// In bit order, which is the order FWUpdLcl lists them in.
inline constexpr std::array<Capability, 15> kCapabilities = {{
    {.bit = 1u << 0, .id = "legacy", .name = "Legacy"},
    {.bit = kQst, .id = "qst", .name = "Intel (R) QST"},
    {.bit = kAsf2, .id = "asf2", .name = "ASF2"},
    {.bit = kAmtPro, .id = "amt", .name = "Intel (R) AMT"},
    {.bit = kStandardManageability,
     .id = "standard-manageability",
     .name = "Intel Standard Manageability"},
    {.bit = kTpm, .id = "tpm", .name = "Intel (R) TPM"},
    {.bit = 1u << 6, .id = "danbury", .name = "Danbury"},
    {.bit = 1u << 7, .id = "fps", .name = "FPS"},
    {.bit = 1u << 8, .id = "home-it", .name = "HomeIT"},
    {.bit = 1u << 9, .id = "mctp", .name = "MCTP"},
    {.bit = 1u << 10, .id = "wox", .name = "WoX"},
    {.bit = 1u << 11, .id = "pmc-patch", .name = "PMC patch"},
    {.bit = 1u << 12, .id = "ve", .name = "VE"},
    {.bit = 1u << 13, .id = "tdt", .name = "TDT"},
    {.bit = 1u << 14, .id = "corporate", .name = "Corporate"},
}};

}  // namespace protocol::sku
