// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/heci_upload.h"

#include <algorithm>

#include "base/promise.h"
#include "protocol/generation.h"

namespace updater::update {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
namespace fwu = protocol::fwu;

const protocol::Generation& generation_of(const Plan& plan) {
  return protocol::nearest_generation(plan.to.major);
}

/// The numbers of later firmware as those of this program.
std::uint32_t reset_of(std::uint32_t told, const Plan& plan) {
  if (generation_of(plan).statuses.value == fwu::StatusNumbers::tool_errors) return told;
  if (told == fwu::kResetNone) return fwu::kResetNone;
  return told == fwu::kLaterResetMe ? fwu::kResetMe : fwu::kResetPlatform;
}

template <class Reply>
Result<Reply> judge(const std::optional<Reply>& reply, const char* message) {
  if (!reply)
    return Error{Errc::protocol, std::string("the answer to ") + message + " has the wrong form"};
  if (reply->status != 0)
    return Error{Errc::refused, std::string("the firmware refused ") + message, reply->status};
  return *reply;
}

}  // namespace

base::Duration end_limit(std::size_t image_bytes) {
  const auto mebibytes = static_cast<std::int64_t>(image_bytes >> 20) + 1;
  const base::Duration wanted = std::chrono::seconds(60 + 30 * mebibytes);
  return std::min<base::Duration>(wanted, std::chrono::minutes(5));
}

Result<std::size_t> HeciUpload::start() {
  const fwu::StartForm form = generation_of(plan_).start.value;
  request_.resize(size_of(form));
  base::ByteWriter out(request_);
  fwu::StartRequest request;
  request.image_length = static_cast<std::uint32_t>(plan_.bytes);
  if (password_ != nullptr) request.password = password_->text();
  // The host program for ME 9 sends zero.
  const bool later = generation_of(plan_).statuses.value == fwu::StatusNumbers::own;
  request.environment = later ? 0 : fwu::kEnvironmentField;
  fwu::encode(out, request, form);
  const Result<Bytes> answer = exchange(request_, kStartLimit, "START");
  base::wipe(request_);
  if (!answer) return answer.error();
  const auto reply = judge(fwu::decode_start_reply(*answer), "START");
  if (!reply) return reply.error();
  return std::size_t{0};
}

Result<void> HeciUpload::data(ByteView bytes) {
  MEBENCH_PROMISE(!bytes.empty() && bytes.size() <= payload(), "data fits the client's message");
  const fwu::DataForm form = generation_of(plan_).data.value;
  request_.resize(overhead_of(form) + bytes.size());
  base::ByteWriter out(request_);
  fwu::encode(out, fwu::DataRequest{.data = bytes}, form);
  const Result<Bytes> answer = exchange(request_, kDataLimit, "DATA");
  if (!answer) return answer.error();
  const auto reply = judge(fwu::decode_data_reply(*answer), "DATA");
  if (!reply) return reply.error();
  return {};
}

Result<std::uint32_t> HeciUpload::end() {
  request_.resize(sizeof(std::uint32_t));
  base::ByteWriter out(request_);
  fwu::encode_request(out, fwu::Type::end);
  const Result<Bytes> answer = exchange(request_, end_limit(plan_.bytes), "END");
  if (!answer) return answer.error();
  const auto reply = judge(fwu::decode_end_reply(*answer), "END");
  if (!reply) return reply.error();
  return reset_of(reply->reset_type, plan_);
}

std::size_t HeciUpload::payload() const {
  const std::size_t room = fwu::max_data_length(transport_->max_message_length());
  return std::max<std::size_t>(1, std::min(plan_.message_payload, room));
}

Result<std::size_t> HeciUpload::resume() {
  return Error{Errc::unsupported, "going on over HECI: the firmware forgets with the connection"};
}

SessionState HeciUpload::let_go() {
  transport_.reset();
  return SessionState::untold;
}

Result<Bytes> HeciUpload::exchange(ByteView request, base::Duration limit, const char* message) {
  if (auto sent = transport_->send(request, kSendLimit); !sent) {
    return Error{sent.error().code, std::string("sending ") + message + ": " + sent.error().doing,
                 sent.error().status};
  }
  Result<Bytes> answer = transport_->receive(limit);
  if (answer) return answer;
  return Error{answer.error().code,
               std::string("waiting for the answer to ") + message + ": " + answer.error().doing,
               answer.error().status};
}

}  // namespace updater::update
