// SPDX-License-Identifier: BSD-3-Clause
// Fields that several ME messages share: versions as four 16-bit words, fixed-width text.
#pragma once

#include <string>

#include "base/bytes.h"
#include "protocol/firmware_version.h"

namespace protocol::mei {

/// major, minor, hotfix, build.
inline void write_version(base::ByteWriter& out, const FirmwareVersion& v) {
  out.u16(v.major).u16(v.minor).u16(v.hotfix).u16(v.build);
}

inline FirmwareVersion read_version(base::ByteReader& in) {
  return {.major = in.u16(), .minor = in.u16(), .hotfix = in.u16(), .build = in.u16()};
}

/// Text in a field of `width` bytes, ended by the first NUL or the field's end.
inline std::string read_text(base::ByteReader& in, std::size_t width) {
  const base::ByteView field = in.bytes(width);
  std::string text;
  for (const std::uint8_t c : field) {
    if (c == 0) break;
    text.push_back(static_cast<char>(c));
  }
  return text;
}

}  // namespace protocol::mei
