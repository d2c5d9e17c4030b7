// SPDX-License-Identifier: BSD-3-Clause
// MEInfo's lines, one table a dialect: which, in which order, under which label. After the logs in
// scenarios/field-reports/ and those of public threads that the tables name (docs/fidelity.md has
// what they do not show).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "protocol/tools/dialect.h"
#include "protocol/tools/meinfo_besides.h"
#include "protocol/tools/meinfo_csme12.h"
#include "protocol/tools/meinfo_me11.h"
#include "protocol/tools/meinfo_me4.h"
#include "protocol/tools/meinfo_me5.h"
#include "protocol/tools/meinfo_me6.h"
#include "protocol/tools/meinfo_me9.h"
#include "protocol/tools/meinfo_status.h"

namespace protocol::tools {

struct Meinfo {
  MeinfoDialect dialect = MeinfoDialect::me5;
  std::string_view format;       ///< as `meupdate info --format` calls it; empty: it is only read
  std::uint16_t generation = 0;  ///< the first whose tool speaks it
  std::span<const Line> lines;   ///< in the order in which it prints them
  Layout layout = {};
  /// The last line that a log shows: what stands behind it is taken from another dialect.
  std::optional<Fact> last_seen = std::nullopt;
};

inline constexpr std::array kMeinfo = {
    Meinfo{.dialect = MeinfoDialect::me4,
           .format = "meinfo-4",
           .generation = 4,
           .lines = kMeinfoMe4,
           .last_seen = Fact::ft_version},
    Meinfo{
        .dialect = MeinfoDialect::me5, .format = "meinfo-5", .generation = 5, .lines = kMeinfoMe5},
    Meinfo{.dialect = MeinfoDialect::me6,
           .format = "meinfo-8",
           .generation = 6,
           .lines = kMeinfoMe6,
           .layout = kMe6Layout},
    Meinfo{.dialect = MeinfoDialect::me9,
           .format = "meinfo-9",
           .generation = 9,
           .lines = kMeinfoMe9,
           .layout = kMe6Layout},
    Meinfo{.dialect = MeinfoDialect::me11, .format = {}, .generation = 11, .lines = kMeinfoMe11},
    Meinfo{.dialect = MeinfoDialect::csme12,
           .format = "meinfo-12",
           .generation = 12,
           .lines = kMeinfoCsme12,
           .layout = kStatusLayout},
};

/// What the tools print with -fwsts, and nothing else. That of 12 stands in its other lines.
inline constexpr std::array kMeinfoStatus = {
    Meinfo{.dialect = MeinfoDialect::me6,
           .format = "meinfo-9-fwsts",
           .generation = 6,
           .lines = kStatusMe9,
           .layout = kStatusLayout},
    Meinfo{.dialect = MeinfoDialect::me11,
           .format = "meinfo-11-fwsts",
           .generation = 11,
           .lines = kStatusMe11,
           .layout = kStatusLayout},
};

/// The table of `dialect`; of one that has none yet, that of the dialect before.
constexpr const Meinfo& meinfo(MeinfoDialect dialect) {
  const Meinfo* found = &kMeinfo.front();
  for (const Meinfo& each : kMeinfo) {
    if (each.dialect <= dialect) found = &each;
  }
  return *found;
}

/// Those of `generation` and earlier ones.
constexpr std::span<const Meinfo> meinfo_to(std::uint16_t generation) {
  std::size_t count = 0;
  while (count < kMeinfo.size() && kMeinfo[count].generation <= generation) ++count;
  return std::span(kMeinfo).first(count);
}
/// And those of later ones.
constexpr std::span<const Meinfo> meinfo_from(std::uint16_t generation) {
  return std::span(kMeinfo).subspan(meinfo_to(static_cast<std::uint16_t>(generation - 1)).size());
}

/// As meinfo(); of a dialect that is only read, the last before it that is printed.
constexpr const Meinfo& printed_meinfo(MeinfoDialect dialect) {
  const Meinfo* found = &kMeinfo.front();
  for (const Meinfo& each : kMeinfo) {
    if (each.dialect <= dialect && !each.format.empty()) found = &each;
  }
  return *found;
}

}  // namespace protocol::tools
