// SPDX-License-Identifier: BSD-3-Clause
// MKHI messages that only CSME has (coreboot cse.c, Slim Bootloader MkhiMsgs.h, fwupd).
#pragma once

#include "protocol/mei/mkhi.h"

namespace protocol::mkhi {

inline constexpr std::uint8_t kHmrfpoStatus = 0x03;    ///< HMRFPO
inline constexpr std::uint8_t kBootState = 0x0A;       ///< GEN
inline constexpr std::uint8_t kEndOfPostState = 0x1D;  ///< GEN
inline constexpr std::uint8_t kReadFileEx = 0x0A;      ///< MCA
inline constexpr std::uint32_t kEndOfPostCame = 1;     ///< boot state, bit 0
inline constexpr std::uint8_t kLaterNotFound = 0x81;

/// Header, u32 rule, u8 length, data.
struct SetRuleRequest {
  std::uint32_t rule = 0;
  base::ByteView data;  ///< refers into the message it was decoded from
};
struct SetRuleResponse {
  static constexpr std::size_t size = 8;
  std::uint8_t result = 0;
  std::uint32_t rule = 0;
};

struct ReadFileExRequest {
  static constexpr std::size_t size = 17;
  std::uint32_t file = 0;
  std::uint32_t offset = 0;
  std::uint32_t size_wanted = 0;  ///< bytes
  std::uint8_t flags = 0;
};
/// Header, u32 size, data. A reply that says no is a header alone (chosen).
struct ReadFileExResponse {
  std::uint8_t result = 0;
  base::ByteView data;
};

/// The files with 48 bytes that fwupd asks for: hashes of the keys of a board's maker.
inline constexpr std::uint32_t kKeyHashFile = 0x40002300;
inline constexpr std::uint32_t kSecondKeyHashFile = 0x40005B00;
inline constexpr std::uint32_t kEmptyKeyHashFile =
    0x40005C00;  ///< zeros on the board that was asked
constexpr bool is_key_hash_file(std::uint32_t file) {
  return file == kKeyHashFile || file == kSecondKeyHashFile || file == kEmptyKeyHashFile;
}

void encode(base::ByteWriter&, const SetRuleResponse&);
void encode(base::ByteWriter&, const ReadFileExRequest&);
void encode(base::ByteWriter&, const ReadFileExResponse&);
std::optional<SetRuleRequest> decode_set_rule_request(base::ByteView message);
std::optional<ReadFileExRequest> decode_read_file_ex_request(base::ByteView message);

}  // namespace protocol::mkhi
