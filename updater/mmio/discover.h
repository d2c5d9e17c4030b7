// SPDX-License-Identifier: BSD-3-Clause
// Finds the Management Engines of this computer: the driver's device nodes first, then bare HECI
// functions.
#pragma once

#include <string>
#include <vector>

#include "updater/mmio/pci_function.h"

namespace updater::mmio {

/// A way to reach an ME, as --device takes it, best first; and an ME of a later generation, which
/// cannot be reached that way and is told of all the same.
struct FoundDevice {
  std::string device;   ///< "/dev/mei0", "pci:0000:00:03.0"
  std::string chipset;  ///< "82Q45/Q43", "Cougar Point"; empty for a device node
  std::string driver;   ///< kernel driver bound to a PCI function; empty: free
};

/// Never fails: what cannot be looked at is not there. Device nodes in order of number, then
/// functions in order of address.
std::vector<FoundDevice> discover(const SystemRoots& roots = {});

}  // namespace updater::mmio
