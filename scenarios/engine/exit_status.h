// SPDX-License-Identifier: BSD-3-Clause
// mesim's exit statuses: the numbers stand here alone.
#pragma once

namespace scenarios {

inline constexpr int kDone = 0;
inline constexpr int kFound = 1;          ///< it was done, and what came is not as it should be
inline constexpr int kUsage = 2;          ///< the command line or what it names makes no sense
inline constexpr int kBroken = 3;         ///< a file or socket could not be made, read or written
inline constexpr int kVoid = 4;           ///< what was armed never struck: nothing is proved
inline constexpr int kLimit = 124;        ///< as timeout(1) has it
inline constexpr int kNoGuest = 125;      ///< as chroot(1) has it: the command never ran
inline constexpr int kInterrupted = 130;  ///< as shells give it for SIGINT
inline constexpr int kPowerLost = 137;    ///< as shells give it for SIGKILL

}  // namespace scenarios
