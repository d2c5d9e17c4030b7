// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/firmware_version.h"

#include <charconv>

namespace protocol {

std::string to_text(const FirmwareVersion& v) {
  return std::to_string(v.major) + '.' + std::to_string(v.minor) + '.' + std::to_string(v.hotfix) +
         '.' + std::to_string(v.build);
}

std::optional<FirmwareVersion> parse_firmware_version(std::string_view text) {
  FirmwareVersion v;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::uint16_t* part : {&v.major, &v.minor, &v.hotfix, &v.build}) {
    if (part != &v.major && (at == end || *at++ != '.')) return std::nullopt;
    const auto [next, failure] = std::from_chars(at, end, *part);
    if (failure != std::errc()) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  return v;
}

}  // namespace protocol
