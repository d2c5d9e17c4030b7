// SPDX-License-Identifier: BSD-3-Clause
// A firmware version as a value of a profile or a story: "5.2.70.1046".
#pragma once

#include "config/strict_toml.h"
#include "protocol/firmware_version.h"

namespace emulator::machine {

inline bool read_version(config::StrictTable& table, std::string_view key,
                         protocol::FirmwareVersion& out) {
  return table.read_parsed(key, out, &protocol::parse_firmware_version,
                           "a version in quotes, such as \"5.2.70.1046\"",
                           "four numbers of 0 to 65535, such as \"5.2.70.1046\"");
}

}  // namespace emulator::machine
