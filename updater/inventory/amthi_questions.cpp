// SPDX-License-Identifier: BSD-3-Clause
#include "updater/inventory/questions.h"

namespace updater::inventory {
namespace {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Errc;
using base::Error;
using base::Result;
namespace amthi = protocol::amthi;

using amthi::Operation;

/// The body of a successful answer to `command`.
Result<Bytes> ask_body(Conversation& conversation, std::uint32_t command, ByteView body,
                       std::string_view what) {
  Bytes request(amthi::Header::size + body.size());
  ByteWriter out(request);
  amthi::encode_request(out, command, body);
  const Result<Bytes> answer = conversation.ask(request, what);
  if (!answer) return answer.error();
  const auto reply = amthi::decode_response(*answer, command);
  if (!reply)
    return Error{Errc::protocol, "the answer about " + std::string(what) + " has the wrong form"};
  if (reply->status != amthi::kSuccess) {
    return Error{Errc::refused, "the firmware does not tell " + std::string(what), reply->status};
  }
  return Bytes(reply->body.begin(), reply->body.end());
}

template <class Value>
Result<Value> decoded(const Result<Bytes>& body, std::optional<Value> (*decode)(ByteView),
                      std::string_view what) {
  if (!body) return body.error();
  const std::optional<Value> value = decode(*body);
  if (!value)
    return Error{Errc::protocol, "the answer about " + std::string(what) + " has the wrong form"};
  return *value;
}

/// Asks `operation` with one argument word, or none.
Result<Bytes> ask_operation(Conversation& conversation, Operation operation,
                            std::string_view what) {
  return ask_body(conversation, amthi::command_word(operation), {}, what);
}

Result<Bytes> ask_operation(Conversation& conversation, Operation operation, std::uint32_t argument,
                            std::string_view what) {
  std::array<std::uint8_t, 4> body{};
  ByteWriter(body).u32(argument);
  return ask_body(conversation, amthi::command_word(operation), body, what);
}

}  // namespace

Result<amthi::CodeVersions> ask_code_versions(Conversation& conversation) {
  constexpr std::string_view what = "the code versions";
  return decoded(ask_operation(conversation, Operation::get_code_versions, what),
                 &amthi::decode_code_versions, what);
}

Result<amthi::SecurityParameters> ask_security(Conversation& conversation) {
  constexpr std::string_view what = "the security parameters";
  return decoded(ask_operation(conversation, Operation::get_security_parameters, what),
                 &amthi::decode_security_parameters, what);
}

Result<amthi::LanInterface> ask_lan(Conversation& conversation, std::uint32_t index) {
  const std::string_view what = index == 0 ? "the wired interface" : "the wireless interface";
  return decoded(ask_operation(conversation, Operation::get_lan_interface, index, what),
                 &amthi::decode_lan_interface, what);
}

Result<amthi::AmtState> ask_amt_state(Conversation& conversation) {
  constexpr std::string_view what = "the AMT state";
  return decoded(ask_body(conversation, amthi::kGetAmtState, amthi::kAmtStateUuid.bytes, what),
                 &amthi::decode_amt_state, what);
}

Result<amthi::ProvisioningModeReply> ask_provisioning_mode(Conversation& conversation) {
  constexpr std::string_view what = "the provisioning mode";
  return decoded(ask_operation(conversation, Operation::get_provisioning_mode, what),
                 &amthi::decode_provisioning_mode, what);
}

Result<amthi::ProvisioningState> ask_provisioning_state(Conversation& conversation) {
  constexpr std::string_view what = "the provisioning state";
  const auto word = decoded(ask_operation(conversation, Operation::get_provisioning_state, what),
                            &amthi::decode_word, what);
  if (!word) return word.error();
  return static_cast<amthi::ProvisioningState>(*word);
}

Result<amthi::HostResetReason> ask_host_reset_reason(Conversation& conversation) {
  constexpr std::string_view what = "the last host reset reason";
  return decoded(ask_operation(conversation, Operation::get_last_host_reset_reason, what),
                 &amthi::decode_host_reset_reason, what);
}

Result<amthi::FeaturesState> ask_feature(Conversation& conversation, amthi::Feature feature) {
  constexpr std::string_view what = "a feature's state";
  return decoded(ask_operation(conversation, Operation::get_features_state,
                               static_cast<std::uint32_t>(feature), what),
                 &amthi::decode_features_state, what);
}

Result<bool> ask_remote_connectivity(Conversation& conversation) {
  constexpr std::string_view what = "the remote access status";
  const Result<Bytes> body = ask_operation(conversation, Operation::get_remote_access_status, what);
  if (body) return true;
  if (body.error().code == Errc::refused && body.error().status == amthi::kUnsupported)
    return false;
  return body.error();
}

}  // namespace updater::inventory
