// SPDX-License-Identifier: BSD-3-Clause
// Carrying out a plan over the FWU client or through the TPM: start, data, end, waiting for the
// firmware, and checking over HECI what it reports.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "protocol/firmware_version.h"
#include "updater/image/image.h"
#include "updater/mei/mei_transport.h"
#include "updater/update/plan.h"
#include "updater/update/progress.h"
#include "updater/update/tpm_upload.h"
#include "updater/update/ways_home.h"

namespace updater::update {

struct Report {
  Outcome outcome = Outcome::updated;
  std::optional<Stopped> stopped;   ///< how far it had come; nothing: updated
  const WayHome* home = nullptr;    ///< what happened and what is to be done; null: updated
  std::uint32_t device_status = 0;  ///< FWU status that ended it; 0 where none did
  std::optional<base::Error> error;
  std::optional<protocol::FirmwareVersion> version_after;
  std::size_t bytes_sent = 0;
  base::Duration took{};           ///< on the device's clock
  Phase stopped_in = Phase::done;  ///< where it ended when it was not updated

  bool saw(Seen seen) const { return home != nullptr && home->seen == seen; }
};

/// There is a command that continues.
bool can_continue(const Report& report);

/// A plan whose way is the TPM needs `tpm`. `password` is that of a password-protected local
/// update; null or empty: none.
Report carry_out(const Plan& plan, const image::Image& image, mei::MeiDevice& device,
                 base::Clock& clock, ProgressListener& listener, const TpmWay* tpm = nullptr,
                 const base::Secret* password = nullptr);

}  // namespace updater::update
