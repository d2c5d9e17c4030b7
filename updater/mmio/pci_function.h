// SPDX-License-Identifier: BSD-3-Clause
// A PCI function as Linux shows it in sysfs: its address, configuration space and the driver that
// holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace updater::mmio {

/// Where the system's files are; tests put folders of their own in place.
struct SystemRoots {
  std::string sys = "/sys";
  std::string dev = "/dev";
};

/// "0000:00:03.0"; nothing for anything else. "00:03.0" is taken as domain 0000.
std::optional<std::string> parse_pci_address(std::string_view text);

class PciFunction {
 public:
  /// Errors: invalid (not a PCI address), not_found (no such function).
  static base::Result<PciFunction> open(std::string_view address, SystemRoots roots = {});

  const std::string& address() const { return address_; }  ///< "0000:00:03.0"
  std::string folder() const { return roots_.sys + "/bus/pci/devices/" + address_; }

  /// Configuration space; offset + width must be <= 256. Errors: permission (only the first 64
  /// bytes are open to everyone), io.
  base::Result<std::uint16_t> config16(std::size_t offset) const;
  base::Result<std::uint32_t> config32(std::size_t offset) const;

  base::Result<std::uint16_t> vendor_id() const { return config16(0x00); }
  base::Result<std::uint16_t> device_id() const { return config16(0x02); }
  /// Configuration space 40h. Errors: unsupported (this HECI generation has none), and those
  /// of config32().
  base::Result<std::uint32_t> firmware_status() const;

  /// Name of the kernel driver bound to the function, "mei_me"; nothing when it is free.
  std::optional<std::string> driver() const;

 private:
  PciFunction(std::string address, SystemRoots roots)
      : address_(std::move(address)), roots_(std::move(roots)) {}
  std::string address_;
  SystemRoots roots_;
};

}  // namespace updater::mmio
