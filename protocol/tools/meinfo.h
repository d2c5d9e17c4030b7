// SPDX-License-Identifier: BSD-3-Clause
// MEInfo's lines, one table a dialect: which, in which order, under which label. After the logs in
// scenarios/field-reports/ (docs/fidelity.md has what they do not show).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "protocol/tools/dialect.h"
#include "protocol/tools/meinfo_me4.h"
#include "protocol/tools/meinfo_me5.h"
#include "protocol/tools/meinfo_me6.h"

namespace protocol::tools {

struct Meinfo {
  MeinfoDialect dialect = MeinfoDialect::me5;
  std::string_view format;       ///< as `meupdate info --format` calls it; empty: it is only read
  std::uint16_t generation = 0;  ///< the first whose tool speaks it
  std::span<const Line> lines;   ///< in the order in which it prints them
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
    Meinfo{.dialect = MeinfoDialect::me6, .format = {}, .generation = 6, .lines = kMeinfoMe6},
};

/// The table of `dialect`; of one that has none yet, that of the dialect before.
constexpr const Meinfo& meinfo(MeinfoDialect dialect) {
  const Meinfo* found = &kMeinfo.front();
  for (const Meinfo& each : kMeinfo) {
    if (each.dialect <= dialect) found = &each;
  }
  return *found;
}

}  // namespace protocol::tools
