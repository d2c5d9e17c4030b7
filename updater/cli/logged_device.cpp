// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/logged_device.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/secret_fields.h"

namespace updater::cli {
namespace {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::Result;
using protocol::mei::Guid;
using TransportResult = Result<std::unique_ptr<mei::MeiTransport>>;

bool is_image_data(ByteView message) {
  return message.size() > kShownData && protocol::fwu::decode_type(message) ==
                                            static_cast<std::uint32_t>(protocol::fwu::Type::data);
}

std::string shown(const std::optional<Guid>& client, ByteView message) {
  Bytes bytes(message.begin(), message.end());
  protocol::mei::blank_secrets(client, bytes, bytes.size());
  const bool cut = is_image_data(message);
  if (cut) bytes.resize(kShownData);
  return fmt::format("{} bytes: {}{}", message.size(), base::to_hex(bytes), cut ? "..." : "");
}

std::string failure(const Error& error) {
  return fmt::format("{}: {} ({})", name(error.code), error.doing, error.status);
}

class LoggedTransport final : public mei::MeiTransport {
 public:
  LoggedTransport(std::string client, std::optional<Guid> guid,
                  std::unique_ptr<mei::MeiTransport> transport, LogFile& log)
      : client_(std::move(client)), guid_(guid), transport_(std::move(transport)), log_(log) {}
  ~LoggedTransport() override { log_.note("mei", client_ + " closed"); }

  std::uint32_t max_message_length() const override { return transport_->max_message_length(); }
  std::uint8_t protocol_version() const override { return transport_->protocol_version(); }

  Result<void> send(ByteView message, base::Duration limit) override {
    log_.note("mei", [&] { return fmt::format("{} <- {}", client_, shown(guid_, message)); });
    Result<void> sent = transport_->send(message, limit);
    if (!sent) log_.note("mei", fmt::format("{} not sent: {}", client_, failure(sent.error())));
    return sent;
  }

  Result<Bytes> receive(base::Duration limit) override {
    Result<Bytes> message = transport_->receive(limit);
    log_.note("mei", [&] {
      return fmt::format("{} -> {}", client_,
                         message ? shown(guid_, *message) : failure(message.error()));
    });
    return message;
  }

 private:
  std::string client_;
  std::optional<Guid> guid_;  ///< nothing: a fixed address's
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
  return logged(client_name(guid), guid, device_.connect(guid));
}

TransportResult LoggedDevice::open_fixed(std::uint8_t me_addr) {
  return logged(fmt::format("fixed address {}", me_addr), std::nullopt,
                device_.open_fixed(me_addr));
}

TransportResult LoggedDevice::logged(const std::string& client, const std::optional<Guid>& guid,
                                     TransportResult opened) {
  if (!opened) {
    log_.note("mei", fmt::format("{} not connected: {}", client, failure(opened.error())));
    return opened;
  }
  log_.note("mei", fmt::format("{} connected, messages up to {} bytes", client,
                               (*opened)->max_message_length()));
  return std::unique_ptr<mei::MeiTransport>(
      std::make_unique<LoggedTransport>(client, guid, std::move(opened).value(), log_));
}

}  // namespace updater::cli
