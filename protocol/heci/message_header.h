// SPDX-License-Identifier: BSD-3-Clause
// The header slot in front of every fragment on the HECI ring (Linux drivers/misc/mei/hw.h, struct
// mei_msg_hdr).
#pragma once

#include <cstdint>

namespace protocol::heci {

/// me_addr[7:0] host_addr[15:8] length[24:16] reserved[30:25] msg_complete[31].
struct MessageHeader {
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint16_t length = 0;   ///< payload bytes of this fragment, 0..511
  std::uint8_t reserved = 0;  ///< bits 30:25; 0 on this generation
  bool complete = false;      ///< last fragment of its message

  bool operator==(const MessageHeader&) const = default;
};

inline constexpr std::uint16_t kMaxFragmentLength = 511;

constexpr std::uint32_t encode(const MessageHeader& h) {
  return h.me_addr | static_cast<std::uint32_t>(h.host_addr) << 8 |
         static_cast<std::uint32_t>(h.length & 0x1FF) << 16 |
         static_cast<std::uint32_t>(h.reserved & 0x3F) << 25 |
         static_cast<std::uint32_t>(h.complete) << 31;
}

constexpr MessageHeader decode_header(std::uint32_t slot) {
  return {.me_addr = static_cast<std::uint8_t>(slot),
          .host_addr = static_cast<std::uint8_t>(slot >> 8),
          .length = static_cast<std::uint16_t>(slot >> 16 & 0x1FF),
          .reserved = static_cast<std::uint8_t>(slot >> 25 & 0x3F),
          .complete = (slot >> 31) != 0};
}

}  // namespace protocol::heci
