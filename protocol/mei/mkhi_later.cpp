// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/mkhi_later.h"

#include "protocol/mei/mkhi_commands.h"

namespace protocol::mkhi {
namespace {

Header set_rule_header(std::uint8_t result) {
  return {
      .group = number(Group::fwcaps), .command = kSetRule, .is_response = true, .result = result};
}

Header read_file_header(bool is_response, std::uint8_t result) {
  return {.group = kMca, .command = kReadFileEx, .is_response = is_response, .result = result};
}

}  // namespace

void encode(base::ByteWriter& out, const SetRuleResponse& m) {
  encode(out, set_rule_header(m.result));
  out.u32(m.rule);
}

void encode(base::ByteWriter& out, const ReadFileExRequest& m) {
  encode(out, read_file_header(false, 0));
  out.u32(m.file).u32(m.offset).u32(m.size_wanted).u8(m.flags);
}

void encode(base::ByteWriter& out, const ReadFileExResponse& m) {
  encode(out, read_file_header(true, m.result));
  if (m.result != kSuccess) return;
  out.u32(static_cast<std::uint32_t>(m.data.size())).bytes(m.data);
}

std::optional<SetRuleRequest> decode_set_rule_request(base::ByteView message) {
  constexpr std::size_t fixed = Header::size + 5;
  if (message.size() < fixed) return std::nullopt;
  base::ByteReader in(message.subspan(Header::size));
  SetRuleRequest m{.rule = in.u32(), .data = {}};
  const std::size_t length = in.u8();
  if (message.size() - fixed < length) return std::nullopt;
  m.data = message.subspan(fixed, length);
  return m;
}

std::optional<ReadFileExRequest> decode_read_file_ex_request(base::ByteView message) {
  if (message.size() != ReadFileExRequest::size) return std::nullopt;
  base::ByteReader in(message.subspan(Header::size));
  ReadFileExRequest m;
  m.file = in.u32();
  m.offset = in.u32();
  m.size_wanted = in.u32();
  m.flags = in.u8();
  return m;
}

}  // namespace protocol::mkhi
