// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/logged_device.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"

namespace updater::cli {
namespace {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::Result;
using TransportResult = Result<std::unique_ptr<mei::MeiTransport>>;

constexpr std::size_t kPasswordAt = 9;
constexpr std::size_t kPasswordEnd = 42;  ///< length byte and 32 characters

bool holds_password(ByteView message) {
  return message.size() == protocol::fwu::StartRequest::size &&
         protocol::fwu::decode_type(message) ==
             static_cast<std::uint32_t>(protocol::fwu::Type::start);
}

bool is_image_data(ByteView message) {
  return message.size() > kShownData && protocol::fwu::decode_type(message) ==
                                            static_cast<std::uint32_t>(protocol::fwu::Type::data);
}

std::string shown(ByteView message) {
  Bytes bytes(message.begin(), message.end());
  if (holds_password(message))
    std::fill(bytes.begin() + kPasswordAt, bytes.begin() + kPasswordEnd, std::uint8_t{0});
  const bool cut = is_image_data(message);
  if (cut) bytes.resize(kShownData);
  return fmt::format("{} bytes: {}{}", message.size(), base::to_hex(bytes), cut ? "..." : "");
}

std::string failure(const Error& error) {
  return fmt::format("{}: {} ({})", name(error.code), error.doing, error.status);
}

class LoggedTransport final : public mei::MeiTransport {
 public:
  LoggedTransport(std::string client, std::unique_ptr<mei::MeiTransport> transport, LogFile& log)
      : client_(std::move(client)), transport_(std::move(transport)), log_(log) {}
  ~LoggedTransport() override { log_.note("mei", client_ + " closed"); }

  std::uint32_t max_message_length() const override { return transport_->max_message_length(); }
  std::uint8_t protocol_version() const override { return transport_->protocol_version(); }

  Result<void> send(ByteView message, base::Duration limit) override {
    log_.note("mei", fmt::format("{} <- {}", client_, shown(message)));
    Result<void> sent = transport_->send(message, limit);
    if (!sent) log_.note("mei", fmt::format("{} not sent: {}", client_, failure(sent.error())));
    return sent;
  }

  Result<Bytes> receive(base::Duration limit) override {
    Result<Bytes> message = transport_->receive(limit);
    log_.note("mei", fmt::format("{} -> {}", client_,
                                 message ? shown(*message) : failure(message.error())));
    return message;
  }

 private:
  std::string client_;
  std::unique_ptr<mei::MeiTransport> transport_;
  LogFile& log_;
};

std::string client_name(const protocol::mei::Guid& guid) {
  if (guid == protocol::mei::kFwuGuid) return "FWU";
  if (guid == protocol::mei::kMkhiGuid) return "MKHI";
  if (guid == protocol::mei::kAmthiGuid) return "AMTHI";
  return to_text(guid);
}

}  // namespace

TransportResult LoggedDevice::connect(const protocol::mei::Guid& guid) {
  return logged(client_name(guid), device_.connect(guid));
}

TransportResult LoggedDevice::open_fixed(std::uint8_t me_addr) {
  return logged(fmt::format("fixed address {}", me_addr), device_.open_fixed(me_addr));
}

TransportResult LoggedDevice::logged(const std::string& client, TransportResult opened) {
  if (!opened) {
    log_.note("mei", fmt::format("{} not connected: {}", client, failure(opened.error())));
    return opened;
  }
  log_.note("mei", fmt::format("{} connected, messages up to {} bytes", client,
                               (*opened)->max_message_length()));
  return std::unique_ptr<mei::MeiTransport>(
      std::make_unique<LoggedTransport>(client, std::move(opened).value(), log_));
}

}  // namespace updater::cli
