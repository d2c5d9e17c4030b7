// SPDX-License-Identifier: BSD-3-Clause
#include "updater/inventory/questions.h"

namespace updater::inventory {
namespace {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;
namespace mkhi = protocol::mkhi;

Error not_this_form(std::string_view what) {
  return {Errc::protocol, "the answer about " + std::string(what) + " has the wrong form"};
}

Error refused(std::string_view what, std::uint8_t result) {
  return {Errc::refused, "the firmware does not tell " + std::string(what), result};
}

/// The data of one FWCAPS rule, at least `width` bytes.
Result<Bytes> ask_rule_data(Conversation& conversation, std::uint32_t rule, std::size_t width,
                            std::string_view what) {
  std::array<std::uint8_t, mkhi::GetRuleRequest::size> request{};
  base::ByteWriter out(request);
  mkhi::encode(out, mkhi::GetRuleRequest{.rule = rule});
  const Result<Bytes> answer = conversation.ask(request, what);
  if (!answer) return answer.error();
  const auto reply = mkhi::decode_get_rule_response(*answer);
  if (!reply) return not_this_form(what);
  if (reply->result != mkhi::kSuccess) return refused(what, reply->result);
  if (reply->rule != rule || reply->data.size() < width) return not_this_form(what);
  return Bytes(reply->data.begin(), reply->data.end());
}

}  // namespace

Result<mkhi::FirmwareVersionResponse> ask_firmware_version(Conversation& conversation) {
  constexpr std::string_view what = "the firmware version";
  std::array<std::uint8_t, mkhi::Header::size> request{};
  base::ByteWriter out(request);
  mkhi::encode(out, mkhi::Header{.group = static_cast<std::uint8_t>(mkhi::Group::gen),
                                 .command = mkhi::kGetFirmwareVersion});
  const Result<Bytes> answer = conversation.ask(request, what);
  if (!answer) return answer.error();
  const auto header = mkhi::decode_header(*answer);
  if (header && header->is_response && header->result != mkhi::kSuccess)
    return refused(what, header->result);
  const auto reply = mkhi::decode_firmware_version_response(*answer);
  if (!reply) return not_this_form(what);
  return *reply;
}

Result<std::uint32_t> ask_capabilities(Conversation& conversation) {
  const Result<Bytes> data =
      ask_rule_data(conversation, mkhi::kRuleCapabilities, 4, "the capabilities");
  if (!data) return data.error();
  return base::ByteReader(*data).u32();
}

Result<std::uint8_t> ask_rule(Conversation& conversation, std::uint32_t rule,
                              std::string_view what) {
  const Result<Bytes> data = ask_rule_data(conversation, rule, 1, what);
  if (!data) return data.error();
  return data->front();
}

}  // namespace updater::inventory
