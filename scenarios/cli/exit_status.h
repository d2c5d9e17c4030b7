// SPDX-License-Identifier: BSD-3-Clause
// What mesim's exit statuses mean beside 0 and 1, in every subcommand but `guest` (docs/mesim.md).
#pragma once

namespace scenarios::cli {

inline constexpr int kUsage = 2;   ///< the command line or what it names makes no sense
inline constexpr int kBroken = 3;  ///< a file or socket could not be made, read or written

}  // namespace scenarios::cli
