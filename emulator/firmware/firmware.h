// SPDX-License-Identifier: BSD-3-Clause
// The ME's firmware on one board: it boots from flash, keeps its settings there, and takes updates.
#pragma once

#include <memory>

#include "emulator/firmware/firmware_config.h"
#include "emulator/firmware/firmware_view.h"
#include "emulator/flash/flash.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::firmware {

/// What the board hears of the firmware's life: clients exist and ME_RDY is set between the two
/// calls.
class BootListener {
 public:
  virtual ~BootListener() = default;
  /// `path`: operational, recovery (FWU, MKHI and watchdog clients only) or halted (ME_RDY stays
  /// 0).
  virtual void boot_ended(BootPath path) = 0;
  /// The firmware no longer runs: power is gone or the ME is being reset. Not called for one that
  /// was still booting.
  virtual void firmware_stopped() = 0;
};

class Firmware final : public FirmwareView {
 public:
  Firmware(const FirmwareConfig& config, flash::Flash& flash, sim::Scheduler& scheduler,
           sim::Trace& trace, sim::FaultPlan& faults, sim::PowerControl& power);
  ~Firmware() override;

  void set_listener(BootListener& listener);

  /// Power is applied: boots for UpdatePolicy::boot_time. The first boot since construction reports
  /// Surroundings::reset_reason, later ones power_up.
  void power_on();
  void power_off();
  /// The ME restarts: `firmware_reset` when by itself, `system_reset` with the platform. Settings
  /// on their way to the flash still get there. Does nothing without power.
  void reset(protocol::fwu::ResetReason reason);

  /// Actions at set-up (MEBx). False when refused: nothing but the operational firmware offers
  /// them, and not while an update is verifying or committing. Settings change at once; saving()
  /// tells when they are on the flash.
  bool provision(protocol::amthi::ProvisioningMode mode);
  bool begin_provisioning();
  bool unprovision() override;
  bool saving() const;

  BootPath boot_path() const override;
  protocol::FirmwareVersion running_version() const override;
  protocol::FirmwareVersion recovery_version() const override;
  const Identity& identity() const override;
  const Settings& settings() const override;
  const Surroundings& surroundings() const override;
  const UpdatePolicy& update_policy() const override;
  protocol::fwu::ResetReason reset_reason() const override;
  UpdateSession& update_session() override;

  void serialize(sim::Archive& a);

 private:
  class Life;
  std::unique_ptr<Life> life_;
};

}  // namespace emulator::firmware
