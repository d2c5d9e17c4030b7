// SPDX-License-Identifier: BSD-3-Clause
// The version of a Management Engine's firmware: {5, 2, 70, 1046} is "5.2.70.1046".
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace mebench {

struct FirmwareVersion {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  std::uint16_t hotfix = 0;
  std::uint16_t build = 0;

  auto operator<=>(const FirmwareVersion&) const = default;
};

inline std::string to_text(const FirmwareVersion& version) {
  return std::to_string(version.major) + '.' + std::to_string(version.minor) + '.' +
         std::to_string(version.hotfix) + '.' + std::to_string(version.build);
}

}  // namespace mebench
