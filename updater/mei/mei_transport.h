// SPDX-License-Identifier: BSD-3-Clause
// The seam at the Management Engine as host software sees it: whole messages to one ME client, over
// any kind of link.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "protocol/mei/guid.h"

namespace updater::mei {

/// A connection to one ME client. One request is outstanding at a time.
class MeiTransport {
 public:
  virtual ~MeiTransport() = default;

  virtual std::uint32_t max_message_length() const = 0;  ///< bytes
  virtual std::uint8_t protocol_version() const = 0;

  /// Sends one whole message. Errors: timeout (no credit or no room within `limit`), disconnected
  /// (the link was reset or the client left), invalid (longer than max_message_length()), io.
  virtual base::Result<void> send(base::ByteView message, base::Duration limit) = 0;

  /// Receives one whole message. Errors: timeout, disconnected, protocol (a malformed
  /// fragment), io.
  virtual base::Result<base::Bytes> receive(base::Duration limit) = 0;
};

/// What a device or its driver can tell about the host's side of the link; absent where it cannot.
struct HostFacts {
  std::optional<std::string> mei_driver_version;
  std::optional<std::string> lms_version;
  std::optional<std::string> uns_version;
};

/// One Management Engine: a character device, a PCI function, or a simulated board.
class MeiDevice {
 public:
  virtual ~MeiDevice() = default;

  /// How it was named, for messages: "/dev/mei0", "pci:0000:00:03.0", "sim:esprimo-e5730".
  virtual std::string name() const = 0;
  /// True when nothing a command does can touch hardware.
  virtual bool simulated() const = 0;

  /// Connects to the client with `guid`. Errors: not_found (no such client; status = connect
  /// status), busy (its connections are taken), disconnected, timeout, permission, io. Recovers the
  /// link first when it was reset.
  virtual base::Result<std::unique_ptr<MeiTransport>> connect(const protocol::mei::Guid& guid) = 0;

  /// Speaks to a fixed address without connecting. Errors: unsupported where the transport
  /// cannot (/dev/mei0).
  virtual base::Result<std::unique_ptr<MeiTransport>> open_fixed(std::uint8_t me_addr) = 0;

  /// Host firmware status register (configuration space 40h). Errors: unsupported where chip or
  /// driver has none.
  virtual base::Result<std::uint32_t> firmware_status() = 0;

  /// All status words that chip or driver tells, that one first: later engines have two or six.
  /// Empty where there is none.
  virtual std::vector<std::uint32_t> firmware_status_words() {
    const auto first = firmware_status();
    return first ? std::vector<std::uint32_t>{*first} : std::vector<std::uint32_t>{};
  }

  /// PCI device id of the HECI function. Errors: unsupported where it cannot be told.
  virtual base::Result<std::uint16_t> pci_device_id() = 0;

  virtual HostFacts host_facts() const { return {}; }
};

}  // namespace updater::mei
