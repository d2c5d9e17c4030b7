// SPDX-License-Identifier: BSD-3-Clause
// A MeiDevice that writes every connection and every message into the log, and is otherwise the
// device it stands before.
#pragma once

#include <optional>

#include "updater/cli/log_file.h"
#include "updater/mei/mei_transport.h"

namespace updater::cli {

/// Secrets are blanked in the log (protocol/mei/secret_fields.h); image data is cut after its
/// first bytes.
class LoggedDevice final : public mei::MeiDevice {
 public:
  LoggedDevice(mei::MeiDevice& device, LogFile& log) : device_(device), log_(log) {}

  std::string name() const override { return device_.name(); }
  bool simulated() const override { return device_.simulated(); }
  base::Result<std::unique_ptr<mei::MeiTransport>> connect(
      const protocol::mei::Guid& guid) override;
  base::Result<std::unique_ptr<mei::MeiTransport>> open_fixed(std::uint8_t me_addr) override;
  base::Result<std::uint32_t> firmware_status() override { return device_.firmware_status(); }
  std::vector<std::uint32_t> firmware_status_words() override {
    return device_.firmware_status_words();
  }
  base::Result<std::uint16_t> pci_device_id() override { return device_.pci_device_id(); }
  mei::HostFacts host_facts() const override { return device_.host_facts(); }

 private:
  base::Result<std::unique_ptr<mei::MeiTransport>> logged(
      const std::string& client, const std::optional<protocol::mei::Guid>& guid,
      base::Result<std::unique_ptr<mei::MeiTransport>> opened);

  mei::MeiDevice& device_;
  LogFile& log_;
};

}  // namespace updater::cli
