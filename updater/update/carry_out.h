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

namespace updater::update {

enum class Outcome : std::uint8_t {
  updated,            ///< the device reports the image's version
  restart_needed,     ///< committed; the new version runs after a power cycle
  failed_unchanged,   ///< refused or broken off before anything was committed
  verify_failed,      ///< ended, but the device says that it failed or does not report the
                      ///< image's version
  interrupted_rerun,  ///< broken off; the device runs its old firmware and takes the same command
                      ///< again
  interrupted_recovery,  ///< broken off; the device runs its recovery code and needs the same
                         ///< command again, or what it runs is not known yet
};
const char* name(Outcome outcome);

struct Report {
  Outcome outcome = Outcome::failed_unchanged;
  std::uint32_t device_status = 0;  ///< FWU status that ended it; 0 where none did
  std::optional<base::Error> error;
  std::optional<protocol::FirmwareVersion> version_after;
  bool still_busy = false;    ///< the last look found the device updating
  bool code_suspect = false;  ///< the firmware says that it failed after END: the code in its flash
                              ///< may be half written, and its power must stay on
  std::size_t bytes_sent = 0;
  base::Duration took{};           ///< on the device's clock
  Phase stopped_in = Phase::done;  ///< where it ended when it was not updated
};

/// The same command may be given again, and is what the device needs next.
bool can_continue(const Report& report);

/// A plan whose way is the TPM needs `tpm`. `password` is that of a password-protected local
/// update; null or empty: none.
Report carry_out(const Plan& plan, const image::Image& image, mei::MeiDevice& device,
                 base::Clock& clock, ProgressListener& listener, const TpmWay* tpm = nullptr,
                 const base::Secret* password = nullptr);

}  // namespace updater::update
