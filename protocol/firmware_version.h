// SPDX-License-Identifier: BSD-3-Clause
// A Management Engine firmware version, e.g. 5.2.70.1046: major.minor.hotfix.build.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace protocol {

struct FirmwareVersion {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  std::uint16_t hotfix = 0;
  std::uint16_t build = 0;

  auto operator<=>(const FirmwareVersion&) const = default;
};

/// "5.2.70.1046"
std::string to_text(const FirmwareVersion& version);

/// The reverse of to_text. Exactly four decimal numbers of 0..65535, else nothing.
std::optional<FirmwareVersion> parse_firmware_version(std::string_view text);

}  // namespace protocol
