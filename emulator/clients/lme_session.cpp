// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/lme_session.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

namespace emulator::clients {
namespace {

namespace apf = protocol::apf;

constexpr std::uint32_t kLmeWindow = 4096;
constexpr std::uint32_t kMostChannels = 8;
/// AMT's ports for HTTP and for HTTP over TLS (IANA: amt-soap-http, amt-soap-https).
constexpr std::array<std::uint32_t, 2> kAmtPorts = {16992, 16993};
constexpr std::uint32_t kVersionMajor = 1;

}  // namespace

void LmeSession::receive(base::ByteView message) {
  switch (message.empty() ? apf::Type{} : static_cast<apf::Type>(message[0])) {
    case apf::Type::protocol_version:
      return on_version(message);
    case apf::Type::service_accept:
      return on_service_accept(message);
    case apf::Type::userauth_success:
      return on_userauth_success();
    case apf::Type::request_success:
    case apf::Type::request_failure:
      return on_forward_answer(message);
    case apf::Type::channel_open:
      return on_open(message);
    case apf::Type::channel_data:
      return on_data(message);
    case apf::Type::channel_window_adjust:
      return on_window(message);
    case apf::Type::channel_close:
      return on_close(message);
    case apf::Type::keepalive_request:
      return on_keepalive(message);
    case apf::Type::keepalive_reply:
      return;
    case apf::Type::disconnect:
      return begin_anew();
    case apf::Type::userauth_failure:
      return give_up(apf::DisconnectReason::by_application);
    default:
      return give_up(apf::DisconnectReason::protocol_error);
  }
}

void LmeSession::on_version(base::ByteView message) {
  const auto version = apf::decode_protocol_version(message);
  if (!version || phase_ != Phase::version) return give_up(apf::DisconnectReason::protocol_error);
  if (kVersionMajor > version->major) return give_up(apf::DisconnectReason::version_not_supported);
  send(apf::ProtocolVersion{.major = kVersionMajor});
  phase_ = Phase::auth_service;
  send(apf::Service{.type = apf::Type::service_request, .name = apf::kAuthService});
}

void LmeSession::on_service_accept(base::ByteView message) {
  const auto accepted = apf::decode_service(message);
  const std::string name = accepted ? accepted->name : std::string();
  if (phase_ == Phase::auth_service && name == apf::kAuthService) {
    phase_ = Phase::authentication;
    return send(apf::UserauthRequest{
        .user = {}, .service = apf::kForwardService, .method = apf::kNoneMethod});
  }
  if (phase_ != Phase::forward_service || name != apf::kForwardService)
    return give_up(apf::DisconnectReason::protocol_error);
  phase_ = Phase::forwarding;
  ask_for_next_port();
}

void LmeSession::on_userauth_success() {
  if (phase_ != Phase::authentication) return give_up(apf::DisconnectReason::protocol_error);
  phase_ = Phase::forward_service;
  send(apf::Service{.type = apf::Type::service_request, .name = apf::kForwardService});
}

/// A port that the host cannot bind is done without.
void LmeSession::on_forward_answer(base::ByteView message) {
  if (phase_ != Phase::forwarding) return give_up(apf::DisconnectReason::protocol_error);
  if (static_cast<apf::Type>(message[0]) == apf::Type::request_success) {
    const auto success = apf::decode_request_success(message);
    if (!success || success->port != kAmtPorts[asked_ - 1])
      return give_up(apf::DisconnectReason::protocol_error);
    bound_ |= 1u << (asked_ - 1);
  }
  ask_for_next_port();
}

void LmeSession::ask_for_next_port() {
  if (asked_ == kAmtPorts.size()) {
    phase_ = Phase::ready;
    return;
  }
  send(apf::ForwardRequest{.want_reply = 1, .address = {}, .port = kAmtPorts[asked_++]});
}

std::optional<apf::OpenFailure> LmeSession::obstacle(const apf::ChannelOpen& open) const {
  if (open.type != apf::kForwardedChannel) return apf::OpenFailure::unknown_channel_type;
  bool reached = false;
  for (std::size_t i = 0; i < kAmtPorts.size(); ++i)
    reached = reached || (open.connected_port == kAmtPorts[i] && (bound_ >> i & 1u) != 0);
  if (!reached) return apf::OpenFailure::connect_failed;
  const auto in_use = std::count_if(channels_.begin(), channels_.end(),
                                    [](const Channel& channel) { return channel.open; });
  if (in_use == kMostChannels) return apf::OpenFailure::resource_shortage;
  return std::nullopt;
}

void LmeSession::on_open(base::ByteView message) {
  const auto open = apf::decode_channel_open(message);
  if (!open || phase_ < Phase::forwarding) return give_up(apf::DisconnectReason::protocol_error);
  if (const auto failure = obstacle(*open))
    return send(apf::ChannelFailure{.recipient = open->sender, .reason = *failure});
  auto place = std::find_if(channels_.begin(), channels_.end(),
                            [](const Channel& channel) { return !channel.open; });
  if (place == channels_.end()) place = channels_.insert(place, Channel{});
  *place = {.host = open->sender,
            .gives = kLmeWindow,
            .takes = open->window,
            .waiting = {},
            .open = true};
  send(apf::ChannelConfirmation{.recipient = open->sender,
                                .sender = static_cast<std::uint32_t>(place - channels_.begin()) + 1,
                                .window = kLmeWindow});
}

void LmeSession::on_data(base::ByteView message) {
  const auto data = apf::decode_channel_data(message);
  Channel* const channel = data ? find(data->recipient) : nullptr;
  if (channel == nullptr || data->data.size() > channel->gives)
    return give_up(apf::DisconnectReason::protocol_error);
  channel->gives -= static_cast<std::uint32_t>(data->data.size());
  channel->waiting.insert(channel->waiting.end(), data->data.begin(), data->data.end());
  give_back(*channel);
}

void LmeSession::on_window(base::ByteView message) {
  const auto adjust = apf::decode_window_adjust(message);
  Channel* const channel = adjust ? find(adjust->recipient) : nullptr;
  if (channel == nullptr ||
      adjust->bytes > std::numeric_limits<std::uint32_t>::max() - channel->takes)
    return give_up(apf::DisconnectReason::protocol_error);
  channel->takes += adjust->bytes;
  give_back(*channel);
}

/// As much as the host takes now; for that it may send as much again.
void LmeSession::give_back(Channel& channel) {
  constexpr std::size_t most = kMaxMessage - apf::ChannelData::header_size;
  const std::size_t count = std::min({channel.waiting.size(), std::size_t{channel.takes}, most});
  if (count == 0) return;
  send(apf::ChannelData{.recipient = channel.host,
                        .data = base::ByteView(channel.waiting).first(count)});
  channel.waiting.erase(channel.waiting.begin(),
                        channel.waiting.begin() + static_cast<std::ptrdiff_t>(count));
  channel.takes -= static_cast<std::uint32_t>(count);
  channel.gives += static_cast<std::uint32_t>(count);
  send(apf::WindowAdjust{.recipient = channel.host, .bytes = static_cast<std::uint32_t>(count)});
}

void LmeSession::on_close(base::ByteView message) {
  const auto close = apf::decode_channel_close(message);
  Channel* const channel = close ? find(close->recipient) : nullptr;
  if (channel == nullptr) return give_up(apf::DisconnectReason::protocol_error);
  const std::uint32_t host = channel->host;
  *channel = {};
  send(apf::ChannelClose{.recipient = host});
}

void LmeSession::on_keepalive(base::ByteView message) {
  const auto request = apf::decode_keepalive(message);
  if (!request) return give_up(apf::DisconnectReason::protocol_error);
  send(apf::Keepalive{.type = apf::Type::keepalive_reply, .cookie = request->cookie});
}

LmeSession::Channel* LmeSession::find(std::uint32_t ours) {
  if (ours == 0 || ours > channels_.size() || !channels_[ours - 1].open) return nullptr;
  return &channels_[ours - 1];
}

template <class Message>
void LmeSession::send(const Message& message) {
  std::array<std::uint8_t, kMaxMessage> bytes{};
  base::ByteWriter out(bytes);
  encode(out, message);
  port_->reply(host_, out.written());
}

void LmeSession::give_up(apf::DisconnectReason reason) {
  begin_anew();
  send(apf::Disconnect{.reason = reason});
}

void LmeSession::begin_anew() {
  phase_ = Phase::version;
  asked_ = 0;
  bound_ = 0;
  channels_.clear();
}

void LmeSession::serialize(sim::Archive& a) {
  a.section("lme_session");
  a.value(host_.me_addr);
  a.value(host_.host_addr);
  a.value(phase_);
  a.value(asked_);
  a.value(bound_);
  if (phase_ > Phase::ready || asked_ > kAmtPorts.size()) return a.fail("LME is in no known phase");
  auto count = static_cast<std::uint32_t>(channels_.size());
  a.value(count);
  if (count > kMostChannels) return a.fail("LME has more channels than it can");
  channels_.resize(count);
  for (Channel& channel : channels_) {
    a.value(channel.host);
    a.value(channel.gives);
    a.value(channel.takes);
    a.value(channel.waiting);
    a.value(channel.open);
  }
}

}  // namespace emulator::clients
