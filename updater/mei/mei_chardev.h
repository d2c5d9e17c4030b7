// SPDX-License-Identifier: BSD-3-Clause
// The Management Engine behind the Linux mei driver: /dev/meiN with <linux/mei.h>, one message a
// read or write.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "updater/mei/mei_transport.h"

namespace updater::mei {

/// Where the system's files are; tests put a folder of their own in place of "/sys".
struct ChardevRoots {
  std::string sys = "/sys";
};

/// Every connection is an open file of its own, so a link reset costs the connection and the next
/// connect() opens anew.
class MeiChardev final : public MeiDevice {
 public:
  /// Opens `path` ("/dev/mei0") once to see that it can be used. Errors: not_found, permission,
  /// busy, io; each says what a person can do. `clock` must outlive the device and its transports.
  static base::Result<std::unique_ptr<MeiChardev>> open(std::string path, base::Clock& clock,
                                                        ChardevRoots roots = {});

  std::string name() const override { return path_; }
  /// Of a guest on a simulated board (docs/guest.md); hardware otherwise.
  bool simulated() const override { return simulated_; }
  base::Result<std::unique_ptr<MeiTransport>> connect(const protocol::mei::Guid& guid) override;
  base::Result<std::unique_ptr<MeiTransport>> open_fixed(std::uint8_t me_addr) override;
  /// First line of /sys/class/mei/meiN/fw_status; unsupported where it is empty (ICH9).
  base::Result<std::uint32_t> firmware_status() override;
  /// Its lines, as far as they are numbers: none to six.
  std::vector<std::uint32_t> firmware_status_words() override;
  base::Result<std::uint16_t> pci_device_id() override;
  /// The running kernel's mei module version where it tells one.
  HostFacts host_facts() const override;

 private:
  MeiChardev(std::string path, base::Clock& clock, ChardevRoots roots);
  std::string sysfs_folder() const;  ///< "/sys/class/mei/mei0"

  std::string path_;
  base::Clock& clock_;
  ChardevRoots roots_;
  bool simulated_;
};

}  // namespace updater::mei
