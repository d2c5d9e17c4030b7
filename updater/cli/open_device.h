// SPDX-License-Identifier: BSD-3-Clause
// The composition root: a --device text becomes a device with its clock. The only host-side file
// that knows the emulator.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "updater/mei/mei_transport.h"

namespace updater::cli {

/// A device and the clock it lives on. Closing a simulated one writes its flash back to its state
/// folder.
class OpenDevice {
 public:
  virtual ~OpenDevice() = default;
  virtual mei::MeiDevice& device() = 0;
  virtual base::Clock& clock() = 0;
  /// Errors: io (the state folder could not be written, path named). Nothing to do on real devices.
  virtual base::Result<void> close() = 0;
};

struct DeviceChoice {
  std::string device = "auto";  ///< auto | /dev/meiN | pci:DDDD:BB:DD.F | sim:MACHINE
  std::string state_dir;        ///< sim: only; empty: a fresh machine that is forgotten
  std::vector<std::string>
      set;  ///< sim: only; profile values to change, "fwu.enabled_update_interfaces=1"
};

/// How a command gets at its device. Scenarios put their running machine in its place.
class DeviceOpener {
 public:
  virtual ~DeviceOpener() = default;
  virtual base::Result<std::unique_ptr<OpenDevice>> open(const DeviceChoice& choice) = 0;
};

/// The opener of the installed program.
std::unique_ptr<DeviceOpener> make_device_opener();

}  // namespace updater::cli
