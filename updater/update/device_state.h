// SPDX-License-Identifier: BSD-3-Clause
// Which firmware a device runs and whether it is still busy with an update: what is asked after END
// and after a break.
#pragma once

#include <functional>
#include <optional>

#include "base/clock.h"
#include "protocol/firmware_version.h"
#include "updater/mei/mei_transport.h"
#include "updater/update/upload.h"

namespace updater::update {

enum class Running : std::uint8_t { operational, recovery };

struct DeviceState {
  Running running = Running::operational;
  protocol::FirmwareVersion version;
  std::uint32_t update_status = 0;  ///< of the last update; kUpdateInProgress while one runs

  bool busy() const;
};

/// Asks FWU for version and status and MKHI for the code that runs. Errors: those of connecting
/// and asking.
base::Result<DeviceState> read_state(mei::MeiDevice& device);

/// One look at a device: over HECI, and as the way of the upload tells it.
struct Sight {
  base::Result<DeviceState> device;
  SessionState session = SessionState::untold;

  /// Its update session has not come to rest.
  bool busy() const { return session == SessionState::working || (device && device->busy()); }
};

/// How long to wait and for what. The device counts as quiet when it does not answer or says that
/// nothing is going on.
struct Rest {
  base::Duration poll = std::chrono::milliseconds(500);
  base::Duration busy_limit =
      std::chrono::seconds(300);  ///< in all; later tools poll up to this long
  base::Duration quiet_limit =
      std::chrono::seconds(60);  ///< since it was last busy: its own restart fits in
};

using Look = std::function<Sight()>;
using Enough = std::function<bool(const Sight&)>;

/// Looks until the device answers, is not busy and `enough` says so, or a limit ends it. Gives what
/// the last look saw.
Sight wait_for(const Look& look, base::Clock& clock, const Rest& rest, const Enough& enough);

}  // namespace updater::update
