// SPDX-License-Identifier: BSD-3-Clause
// MKHI commands that only CSME has.
#include <algorithm>
#include <array>

#include "emulator/clients/mkhi_client.h"
#include "emulator/clients/whole_answer.h"
#include "protocol/mei/mkhi_commands.h"
#include "protocol/mei/mkhi_later.h"

namespace emulator::clients {
namespace {

using base::ByteView;
using base::ByteWriter;
using heci::Connection;
namespace mkhi = protocol::mkhi;

constexpr std::size_t kMaxCsmeReply = 64;

bool is_group(mkhi::Header request, mkhi::Group group) {
  return request.group == static_cast<std::uint8_t>(group);
}

mkhi::Header answer_of(mkhi::Header request) {
  return {.group = request.group, .command = request.command, .is_response = true};
}

}  // namespace

bool MkhiClient::is_of_this_face(mkhi::Header request) const {
  return face_ != MkhiFace::files || request.group == mkhi::kMca;
}

void MkhiClient::answer_later(Connection to, mkhi::Header request, ByteView message) {
  // A CSME 11.8 in normal operation left this whole group unanswered.
  if (request.group == mkhi::kBupCommon) return;
  if (request.group == mkhi::kMca && request.command == mkhi::kReadFileEx)
    return answer_read_file(to, message);
  if (is_group(request, mkhi::Group::fwcaps) && request.command == mkhi::kSetRule)
    return answer_set_rule(to, message);
  if (is_group(request, mkhi::Group::hmrfpo) && request.command == mkhi::kHmrfpoStatus)
    return answer_state(to, request, mkhi::kHmrfpoLocked);
  const bool post_ended = firmware_.surroundings().bios_boot_state == protocol::fwu::kBiosPostBoot;
  if (is_group(request, mkhi::Group::gen) && request.command == mkhi::kBootState)
    return answer_word_pair(to, request, post_ended ? mkhi::kEndOfPostCame : 0);
  if (is_group(request, mkhi::Group::gen) && request.command == mkhi::kEndOfPostState)
    return answer_state(to, request, post_ended ? 1 : 0);
  answer_result(to, request, unknown_command());
}

/// No rule can be changed here: the board's maker has ended manufacturing.
void MkhiClient::answer_set_rule(Connection to, ByteView message) {
  const auto request = mkhi::decode_set_rule_request(message);
  std::array<std::uint8_t, kMaxCsmeReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, mkhi::SetRuleResponse{
                        .result = request ? mkhi::kLaterNotSupported : mkhi::kLaterParameters,
                        .rule = request ? request->rule : 0});
  port_.reply(to, whole(out));
}

void MkhiClient::answer_word_pair(Connection to, mkhi::Header request, std::uint32_t word) {
  std::array<std::uint8_t, kMaxCsmeReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, answer_of(request));
  out.u32(word).u32(0);
  port_.reply(to, whole(out));
}

void MkhiClient::answer_state(Connection to, mkhi::Header request, std::uint8_t state) {
  std::array<std::uint8_t, kMaxCsmeReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, answer_of(request));
  out.u8(state).zeros(3);
  port_.reply(to, whole(out));
}

/// Three files are known, 48 bytes each: two hold hashes of keys, the third holds zeros.
void MkhiClient::answer_read_file(Connection to, ByteView message) {
  const auto request = mkhi::decode_read_file_ex_request(message);
  mkhi::ReadFileExResponse response;
  if (!request) {
    response.result = mkhi::kLaterParameters;
  } else if (request->offset == 0 && mkhi::is_key_hash_file(request->file)) {
    const auto& hash = firmware_.identity().engine.oem_key_hash;
    static constexpr std::array<std::uint8_t, 48> kNoHash{};
    const bool empty = request->file == mkhi::kEmptyKeyHashFile;
    response.data = ByteView(empty ? kNoHash : hash);
    response.data = response.data.first(std::min<std::size_t>(request->size_wanted, hash.size()));
  } else {
    response.result = mkhi::kLaterNotFound;
  }
  std::array<std::uint8_t, kMaxCsmeReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, response);
  port_.reply(to, whole(out));
}

}  // namespace emulator::clients
