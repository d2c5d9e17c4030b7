// SPDX-License-Identifier: BSD-3-Clause
#include "face/updater/given_host.h"

#include "face/convert.h"

namespace face {
namespace {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Result;
using updater::mei::MeiTransport;
using updater::update::Nature;
using updater::update::Place;
using updater::update::Role;
using updater::update::Target;

class GivenConnection final : public MeiTransport {
 public:
  explicit GivenConnection(std::unique_ptr<mebench::MeConnection> connection)
      : connection_(std::move(connection)) {}
  std::uint32_t max_message_length() const override { return connection_->max_message_length(); }
  std::uint8_t protocol_version() const override { return connection_->protocol_version(); }
  Result<void> send(ByteView message, Duration limit) override {
    return taken(connection_->send(message, limit));
  }
  Result<Bytes> receive(Duration limit) override { return taken(connection_->receive(limit)); }

 private:
  std::unique_ptr<mebench::MeConnection> connection_;
};

Result<std::unique_ptr<MeiTransport>> transport(
    mebench::Result<std::unique_ptr<mebench::MeConnection>> opened) {
  if (!opened) return taken(opened.error());
  if (*opened == nullptr)
    return base::Error{base::Errc::protocol, "the MeDevice gave no connection and no error"};
  return std::unique_ptr<MeiTransport>(std::make_unique<GivenConnection>(*std::move(opened)));
}

Nature nature(bool simulated) {
  return simulated ? Nature::simulated : Nature::may_be_real;
}

}  // namespace

Result<std::unique_ptr<MeiTransport>> GivenMe::connect(const protocol::mei::Guid& guid) {
  return transport(me_.connect({.bytes = guid.bytes}));
}

Result<std::unique_ptr<MeiTransport>> GivenMe::open_fixed(std::uint8_t me_addr) {
  return transport(me_.open_fixed(me_addr));
}

Result<std::uint32_t> GivenMe::firmware_status() {
  return taken(me_.firmware_status());
}

Result<std::uint16_t> GivenMe::pci_device_id() {
  return taken(me_.pci_device_id());
}

Result<Bytes> GivenTpm::transmit(ByteView command, Duration limit) {
  return taken(tpm_.transmit(command, limit));
}

updater::update::Targets targets_of(const mebench::Host& host) {
  Target me{.role = Role::me,
            .name = host.me.name(),
            .nature = nature(host.me.simulated()),
            .board = std::nullopt};
  if (host.tpm == nullptr) return {.me = me, .tpm = std::nullopt};
  Target tpm{.role = Role::tpm,
             .name = host.tpm->name(),
             .nature = nature(host.tpm->simulated()),
             .board = std::nullopt};
  if (host.tpm_is == mebench::TpmIs::of_this_board && me.nature == tpm.nature)
    me.place = tpm.place = host.me.simulated() ? Place::in_sim : Place::this_system;
  return {.me = me, .tpm = tpm};
}

}  // namespace face
