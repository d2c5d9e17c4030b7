// SPDX-License-Identifier: BSD-3-Clause
// Whether this computer runs on its battery, as Linux shows it
// (Documentation/ABI/testing/sysfs-class-power).
#pragma once

#include <cstdint>
#include <string>

namespace updater::cli {

enum class PowerSource : std::uint8_t { mains, battery };

/// Battery only when a system battery discharges and no mains supply is connected; a computer that
/// tells nothing has mains.
PowerSource host_power(const std::string& folder = "/sys/class/power_supply");

}  // namespace updater::cli
