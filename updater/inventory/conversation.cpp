// SPDX-License-Identifier: BSD-3-Clause
#include "updater/inventory/conversation.h"

#include "base/promise.h"
#include "protocol/mei/clients.h"

namespace updater::inventory {
namespace {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;
using TransportResult = Result<std::unique_ptr<mei::MeiTransport>>;

/// Failures that the same question a moment later would meet again.
bool is_final(Errc code) {
  return code == Errc::not_found || code == Errc::unsupported || code == Errc::permission;
}

TransportResult connect_mkhi(mei::MeiDevice& device) {
  TransportResult dynamic = device.connect(protocol::mei::kMkhiGuid);
  if (dynamic || dynamic.error().code != Errc::not_found) return dynamic;
  TransportResult fixed = device.open_fixed(protocol::mei::kMkhiFixedAddress);
  if (fixed || fixed.error().code != Errc::unsupported) return fixed;
  return dynamic;
}

}  // namespace

Result<Bytes> Conversation::ask(base::ByteView request, std::string_view what) {
  MEBENCH_PROMISE(!request.empty(), "a question says something");
  if (failures_ >= kGiveUpAfter) {
    MEBENCH_PROMISE(last_error_, "who gives up knows why");
    return Error{last_error_->code,
                 "not asked for " + std::string(what) + " after: " + last_error_->doing,
                 last_error_->status};
  }
  Result<Bytes> answer = exchange(request);
  if (answer) {
    failures_ = 0;
    answered_ = true;
    return answer;
  }
  note_failure(answer.error());
  return Error{answer.error().code, "asking for " + std::string(what) + ": " + answer.error().doing,
               answer.error().status};
}

std::optional<std::uint32_t> Conversation::max_message_length() const {
  if (!transport_) return std::nullopt;
  return transport_->max_message_length();
}

Result<Bytes> Conversation::exchange(base::ByteView request) {
  if (auto connected = ensure_connected(); !connected) return connected.error();
  if (auto sent = transport_->send(request, kAnswerLimit); !sent) return sent.error();
  return transport_->receive(kAnswerLimit);
}

Result<void> Conversation::ensure_connected() {
  if (transport_) return {};
  TransportResult connected = connect_();
  if (!connected) return connected.error();
  transport_ = std::move(connected).value();
  return {};
}

void Conversation::note_failure(const Error& error) {
  failures_ = is_final(error.code) ? kGiveUpAfter : failures_ + 1;
  last_error_ = error;
  transport_.reset();
}

Conversation talk_to_mkhi(mei::MeiDevice& device) {
  return Conversation([&device] { return connect_mkhi(device); });
}

Conversation talk_to_fwu(mei::MeiDevice& device) {
  return Conversation([&device] { return device.connect(protocol::mei::kFwuGuid); });
}

Conversation talk_to_amthi(mei::MeiDevice& device) {
  return Conversation([&device] { return device.connect(protocol::mei::kAmthiGuid); });
}

}  // namespace updater::inventory
