// SPDX-License-Identifier: BSD-3-Clause
// Whether this computer runs on its battery, as Linux shows it
// (Documentation/ABI/testing/sysfs-class-power).
#pragma once

#include <string>

#include "updater/update/power_source.h"

namespace updater::cli {

/// Battery only when a system battery discharges and no mains supply is connected.
update::PowerSource host_power(const std::string& folder = "/sys/class/power_supply");

}  // namespace updater::cli
