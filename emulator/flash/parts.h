// SPDX-License-Identifier: BSD-3-Clause
// SPI NOR parts that boards of the era carry: size, geometry and typical times, a row a datasheet.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "emulator/flash/flash.h"

namespace emulator::flash {

struct Part {
  const char* name;
  std::uint32_t jedec_id;  ///< manufacturer, memory type, capacity
  Geometry geometry;
  base::Duration page_program;  ///< typical
  base::Duration sector_erase;  ///< typical, 4 KiB sector
};

inline constexpr std::uint32_t kSectorSize = 4096;
inline constexpr std::uint32_t kPageSize = 256;

constexpr Geometry uniform_sectors(std::uint32_t mebibytes) {
  return {.size = mebibytes << 20, .sector_size = kSectorSize, .page_size = kPageSize};
}

inline constexpr std::array<Part, 5> kParts = {{
    // Macronix MX25L3205D/MX25L6405D and MX25L12805D data sheets, "Performance": page program 1.4
    // ms typical, 4 KiB
    // sector erase 60 ms typical (the whole D family has these figures).
    {.name = "MX25L3205D",
     .jedec_id = 0xC22016,
     .geometry = uniform_sectors(4),
     .page_program = std::chrono::microseconds(1400),
     .sector_erase = std::chrono::milliseconds(60)},
    {.name = "MX25L6405D",
     .jedec_id = 0xC22017,
     .geometry = uniform_sectors(8),
     .page_program = std::chrono::microseconds(1400),
     .sector_erase = std::chrono::milliseconds(60)},
    {.name = "MX25L12805D",
     .jedec_id = 0xC22018,
     .geometry = uniform_sectors(16),
     .page_program = std::chrono::microseconds(1400),
     .sector_erase = std::chrono::milliseconds(60)},
    // Winbond W25Q64BV data sheet, AC characteristics: tPP 0.7 ms, tSE 30 ms typical.
    {.name = "W25Q64BV",
     .jedec_id = 0xEF4017,
     .geometry = uniform_sectors(8),
     .page_program = std::chrono::microseconds(700),
     .sector_erase = std::chrono::milliseconds(30)},
    // No real part: the Macronix times on 64 MiB, room for measuring updates of up to 16 MiB.
    {.name = "BENCH-64MiB",
     .jedec_id = 0,
     .geometry = uniform_sectors(64),
     .page_program = std::chrono::microseconds(1400),
     .sector_erase = std::chrono::milliseconds(60)},
}};

/// The row of that name, or null.
constexpr const Part* find_part(std::string_view name) {
  for (const Part& part : kParts) {
    if (name == part.name) return &part;
  }
  return nullptr;
}

/// The names of all rows, for a person who named none of them: "MX25L3205D, MX25L6405D, ...".
inline std::string known_parts() {
  std::string names;
  for (const Part& part : kParts) {
    if (!names.empty()) names += ", ";
    names += part.name;
  }
  return names;
}

namespace detail {
constexpr bool is_power_of_two(std::uint32_t n) {
  return n != 0 && (n & (n - 1)) == 0;
}

constexpr bool makes_sense(const Part& p) {
  const Geometry& g = p.geometry;
  return is_power_of_two(g.size) && g.sector_size == kSectorSize && g.page_size == kPageSize &&
         g.size % g.sector_size == 0 && p.page_program > base::Duration::zero() &&
         p.sector_erase > p.page_program;
}

/// JEDEC capacity byte n means 2^n bytes.
constexpr bool capacity_agrees(const Part& p) {
  return p.jedec_id == 0 || 1u << (p.jedec_id & 0xFF) == p.geometry.size;
}

constexpr bool every_part_is_sound() {
  for (const Part& p : kParts) {
    if (!makes_sense(p) || !capacity_agrees(p) || find_part(p.name) != &p) return false;
  }
  return true;
}
}  // namespace detail
static_assert(detail::every_part_is_sound());

}  // namespace emulator::flash
