// SPDX-License-Identifier: BSD-3-Clause
// A user-space HECI driver: whole messages to ME clients over any base::Mmio (facts:
// docs/protocols.md; reset handshake after Linux drivers/misc/mei/hw-me.c, HBM 1.0 after the 2008
// driver). It polls, with the function's interrupt off.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/mmio.h"
#include "updater/mei/mei_transport.h"

namespace updater::mei {

class HeciLink;

/// What is known of a HECI function apart from its registers.
struct HeciFacts {
  std::string name;        ///< "pci:0000:00:03.0", "sim:esprimo-e5730"
  bool simulated = false;  ///< nothing behind these registers is hardware
  std::optional<std::uint16_t> pci_device_id;
  /// Reads configuration space 40h; empty where the chip has no such register.
  std::function<base::Result<std::uint32_t>()> firmware_status;
  HostFacts host;
  /// Reads all the status words; empty where the chip has one at most.
  std::function<std::vector<std::uint32_t>()> status_words;
};

/// One HECI function. `bar` and `clock` must outlive it, and it must outlive the transports it
/// hands out. The first connect() or open_fixed() resets the link; after a link reset the next one
/// brings it up again, in a few tries.
class HeciHost final : public MeiDevice {
 public:
  HeciHost(base::Mmio& bar, base::Clock& clock, HeciFacts facts);
  ~HeciHost() override;  ///< tells a running ME that its host stops

  std::string name() const override { return facts_.name; }
  bool simulated() const override { return facts_.simulated; }
  /// A client that answers at a fixed address is opened there without a connect request.
  base::Result<std::unique_ptr<MeiTransport>> connect(const protocol::mei::Guid& guid) override;
  /// One transport an address at a time (busy). Needs neither host bus messages nor flow control.
  base::Result<std::unique_ptr<MeiTransport>> open_fixed(std::uint8_t me_addr) override;
  base::Result<std::uint32_t> firmware_status() override;
  std::vector<std::uint32_t> firmware_status_words() override;
  base::Result<std::uint16_t> pci_device_id() override;
  HostFacts host_facts() const override { return facts_.host; }

 private:
  HeciFacts facts_;
  std::unique_ptr<HeciLink> link_;
};

}  // namespace updater::mei
