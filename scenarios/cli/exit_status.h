// SPDX-License-Identifier: BSD-3-Clause
// mesim's exit statuses: what each means, in every subcommand. The one table of them; --help prints
// it, and a test holds the manuals against it.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::cli {

inline constexpr int kDone = 0;
inline constexpr int kFound = 1;          ///< it was done, and what came is not as it should be
inline constexpr int kUsage = 2;          ///< the command line or what it names makes no sense
inline constexpr int kBroken = 3;         ///< a file or socket could not be made, read or written
inline constexpr int kVoid = 4;           ///< what was armed never struck: nothing is proved
inline constexpr int kLimit = 124;        ///< as timeout(1) has it
inline constexpr int kNoGuest = 125;      ///< as chroot(1) has it: the command never ran
inline constexpr int kInterrupted = 130;  ///< as shells give it for SIGINT
inline constexpr int kPowerLost = 137;    ///< as shells give it for SIGKILL

/// "Exit status: 0 ..., 2 ...", in lines of at most 100 columns that end in a newline. `command` is
/// one of mesim's ("image build"), whose statuses are in the table.
std::string exit_status_help(std::string_view command);

}  // namespace scenarios::cli
