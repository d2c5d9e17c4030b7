// SPDX-License-Identifier: BSD-3-Clause
// The ten bytes every TPM 1.2 command and response begins with (TPM Main Part 1, section 11; Part 3
// tables).
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "protocol/tpm/ordinals.h"
#include "protocol/tpm/return_codes.h"

namespace protocol::tpm {

/// How many authorisation trailers follow.
enum class Tag : std::uint16_t {
  request = 0xC1,
  request_auth1 = 0xC2,
  request_auth2 = 0xC3,
  response = 0xC4,
  response_auth1 = 0xC5,
  response_auth2 = 0xC6,
};

inline constexpr std::size_t kHeaderSize = 10;

/// A command, as far as its header tells; `body` refers into the frame it was decoded from.
struct Command {
  Tag tag = Tag::request;
  Ordinal ordinal{};
  base::ByteView body;
};

struct Response {
  Tag tag = Tag::response;
  ReturnCode code = ReturnCode::success;
  base::ByteView body;
};

void encode(base::ByteWriter&, const Command&);
void encode(base::ByteWriter&, const Response&);
/// The whole frame in a buffer of its own.
base::Bytes to_bytes(const Command&);
base::Bytes to_bytes(const Response&);
/// An error carries no body, whatever the command's tag was.
base::Bytes error_response(ReturnCode code);

/// Nothing when the frame is shorter than a header or not as long as its header says. The tag is
/// not judged.
std::optional<Command> decode_command(base::ByteView frame);
std::optional<Response> decode_response(base::ByteView frame);

/// paramSize of a frame of which at least the first six bytes are there.
std::optional<std::uint32_t> announced_size(base::ByteView beginning);

constexpr bool is_authorised(Tag tag) {
  return tag == Tag::request_auth1 || tag == Tag::request_auth2;
}

}  // namespace protocol::tpm
