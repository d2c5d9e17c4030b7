// SPDX-License-Identifier: BSD-3-Clause
// What runs in the guest of a story: it waits for orders on the line of control, runs the updater,
// and tells how that ended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenarios::guest {

/// A shell script, the guest's only command. What the updater prints goes to ttyS1, its errors to
/// ttyS3; both have arrived before the agent says how it ended.
extern const char* const kAgent;

// Orders, and what the agent says.
inline constexpr std::string_view kStop = "stop\n";  ///< the updater is asked to (SIGTERM)
inline constexpr std::string_view kKill = "kill\n";  ///< the updater is killed (SIGKILL)
inline constexpr std::string_view kReboot = "reboot\n";
inline constexpr std::string_view kPowerOff = "poweroff\n";
inline constexpr std::string_view kBoots = "boot";    ///< the system comes up; an answer is awaited
inline constexpr std::string_view kReady = "ready";   ///< for an order
inline constexpr std::string_view kEnded = "ended ";  ///< the updater, with this status

/// The order to run these words.
std::string order_to_run(const std::vector<std::string>& words);

}  // namespace scenarios::guest
