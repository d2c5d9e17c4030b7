// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/heci_host.h"

#include "protocol/heci/hbm.h"
#include "updater/mei/heci_link.h"

namespace updater::mei {
namespace {

using base::Errc;
using base::Error;
using base::Result;

/// One connection of a HeciLink, given back when it goes.
class HeciTransport final : public MeiTransport {
 public:
  HeciTransport(HeciLink& link, HeciConnection& connection)
      : link_(link), connection_(connection) {}
  ~HeciTransport() override { link_.release(connection_); }
  HeciTransport(const HeciTransport&) = delete;
  HeciTransport& operator=(const HeciTransport&) = delete;

  std::uint32_t max_message_length() const override { return connection_.max_length; }
  std::uint8_t protocol_version() const override { return connection_.protocol_version; }
  Result<void> send(base::ByteView message, base::Duration limit) override {
    return link_.send(connection_, message, limit);
  }
  Result<base::Bytes> receive(base::Duration limit) override {
    return link_.receive(connection_, limit);
  }

 private:
  HeciLink& link_;
  HeciConnection& connection_;
};

Result<std::unique_ptr<MeiTransport>> transport(HeciLink& link,
                                                Result<HeciConnection*> connection) {
  if (!connection) return connection.error();
  return std::unique_ptr<MeiTransport>(std::make_unique<HeciTransport>(link, **connection));
}

Result<HeciConnection*> connect_once(HeciLink& link, const protocol::mei::Guid& guid) {
  if (const auto up = link.ensure_running(); !up) return up.error();
  const HeciClient* client = link.find_client(guid);
  if (client == nullptr) {
    return Error{Errc::not_found,
                 "connecting to ME client " + to_text(guid) + ": the ME has no such client",
                 static_cast<std::uint32_t>(protocol::hbm::Status::client_not_found)};
  }
  if (client->properties.fixed_address != 0) return link.open_fixed(client->me_addr);
  return link.connect(*client);
}

}  // namespace

HeciHost::HeciHost(base::Mmio& bar, base::Clock& clock, HeciFacts facts)
    : facts_(std::move(facts)), link_(std::make_unique<HeciLink>(bar, clock)) {}

HeciHost::~HeciHost() {
  link_->stop();
}

// The link may be reset between finding it well and asking: that is worth a second try, nothing
// else is.
Result<std::unique_ptr<MeiTransport>> HeciHost::connect(const protocol::mei::Guid& guid) {
  Result<HeciConnection*> connection = connect_once(*link_, guid);
  for (int i = 1; i < kConnectTries && !connection; ++i) {
    if (connection.error().code != Errc::disconnected) break;
    connection = connect_once(*link_, guid);
  }
  return transport(*link_, std::move(connection));
}

Result<std::unique_ptr<MeiTransport>> HeciHost::open_fixed(std::uint8_t me_addr) {
  if (const auto up = link_->ensure_ready(); !up) return up.error();
  return transport(*link_, link_->open_fixed(me_addr));
}

Result<std::uint32_t> HeciHost::firmware_status() {
  if (!facts_.firmware_status) {
    return Error{Errc::unsupported, "reading the firmware status: this chipset tells none"};
  }
  return facts_.firmware_status();
}

std::vector<std::uint32_t> HeciHost::firmware_status_words() {
  if (facts_.status_words) return facts_.status_words();
  return MeiDevice::firmware_status_words();
}

Result<std::uint16_t> HeciHost::pci_device_id() {
  if (!facts_.pci_device_id)
    return Error{Errc::unsupported, "reading the PCI device id: it is not known"};
  return *facts_.pci_device_id;
}

}  // namespace updater::mei
