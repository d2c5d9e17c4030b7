// SPDX-License-Identifier: BSD-3-Clause
// The ME's firmware on one board: it boots from flash, keeps its settings there, and takes updates.
#pragma once

#include "emulator/firmware/code_check.h"
#include "emulator/firmware/firmware_config.h"
#include "emulator/firmware/firmware_view.h"
#include "emulator/firmware/flash_queue.h"
#include "emulator/firmware/running.h"
#include "emulator/firmware/session.h"
#include "emulator/firmware/settings_store.h"
#include "emulator/firmware/status_words.h"
#include "emulator/flash/flash.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::firmware {

/// What the board hears of the firmware's life: clients exist and ME_RDY is set between the
/// two calls.
class BootListener {
 public:
  virtual ~BootListener() = default;
  /// `path`: operational, recovery (FWU, MKHI and watchdog clients only), halted or disabled (with
  /// both ME_RDY stays 0).
  virtual void boot_ended(BootPath path) = 0;
  /// The firmware no longer runs: power is gone or the ME is being reset. Not called for one that
  /// was still booting.
  virtual void firmware_stopped() = 0;
  /// The update session has gone to another state: what the firmware shows of itself may change.
  virtual void session_changed() {}
};

class Firmware final : public FirmwareView {
 public:
  Firmware(const FirmwareConfig& config, flash::Flash& flash, sim::Scheduler& scheduler,
           sim::Trace& trace, sim::FaultPlan& faults, sim::PowerControl& power);

  void set_listener(BootListener& listener) { listener_ = &listener; }

  /// Power is applied: boots for UpdatePolicy::boot_time. The first boot since construction reports
  /// Surroundings::reset_reason, later ones power_up.
  void power_on();
  /// It ends where it stands.
  void power_off();
  /// The mains are gone, too: what is stuck (FaultAction::stick) is stuck no longer.
  void lose_standby_power() { stuck_ = false; }
  /// Nothing is half done: what is on its way to the flash has got there, and no update is being
  /// verified or put in place.
  bool may_lose_power() const;
  /// The ME restarts: `firmware_reset` when by itself, `system_reset` with the platform. Settings
  /// on their way to the flash still get there. Does nothing without power.
  void reset(protocol::fwu::ResetReason reason);

  /// Actions at set-up (MEBx). False when refused: nothing but the operational firmware offers
  /// them, and not while an update is verifying or committing. Settings change at once; saving()
  /// tells when they are on the flash.
  bool provision(protocol::amthi::ProvisioningMode mode);
  bool begin_provisioning();
  /// "ME Firmware Local Update: Enabled". The override qualifier stays as it is.
  bool open_local_update();
  bool unprovision() override;
  bool saving() const { return !settings_.clean(); }

  /// The iTPM is firmware of the ME: its partition lies in the ME's region, and its writes queue up
  /// with the others. Size 0 before the first boot and on a board without one.
  Extent tpm_partition() const { return running_.layout.tpm; }
  FlashQueue& flash_queue() { return queue_; }

  /// What the board shows of it, from ME 6 on. `undisturbed`: see status_words().
  StatusWords shown_status(const StatusWords& undisturbed) const {
    return as_known(
        status_words(undisturbed, config_.identity.version.major, running_, session_.state()),
        config_.identity.engine, running_.path);
  }

  BootPath boot_path() const override { return running_.path; }
  /// 0.0.0.0 while nothing runs.
  protocol::FirmwareVersion running_version() const override { return running_.version; }
  protocol::FirmwareVersion recovery_version() const override { return running_.recovery_version; }
  std::uint32_t security_version() const override { return running_.security_version; }
  std::uint32_t code_bytes() const override {
    return running_.layout.recovery.size + running_.layout.code.size + running_.layout.part.size;
  }
  const Identity& identity() const override { return config_.identity; }
  const Settings& settings() const override { return settings_.value(); }
  const Surroundings& surroundings() const override { return config_.surroundings; }
  const UpdatePolicy& update_policy() const override { return config_.update; }
  protocol::fwu::ResetReason reset_reason() const override { return reset_reason_; }
  UpdateSession& update_session() override { return session_; }

  /// Loading calls no listener: the board sees boot_path().
  void serialize(sim::Archive& a);

 private:
  /// How the boot in progress is going to end: as the flash has it, or as a fault will have it.
  enum class Ending : std::uint8_t { by_flash, code_refused, never, power_cut };

  // boot.cpp
  class StruckBoot;
  void boot();
  void booted();
  void choose_code();
  void choose_partitions();
  bool loads_second(const CheckedCode& first);
  CheckedCode check(const Extent& partition);
  const CheckedCode& verdict_of(const Extent& partition);
  bool run_from(const Extent& partition, BootPath path);
  void read_recovery_version();
  void trace_boot();

  bool runs() const;
  bool may_set_up() const;

  const FirmwareConfig config_;
  flash::Flash& flash_;
  sim::Trace& trace_;
  sim::FaultPlan& faults_;
  sim::PowerControl& power_;
  BootListener* listener_ = nullptr;

  Running running_;
  protocol::fwu::ResetReason reset_reason_ = protocol::fwu::ResetReason::power_up;
  bool booted_before_ = false;  ///< since construction
  Ending ending_ = Ending::by_flash;
  bool stuck_ = false;  ///< each boot hangs until all power has been away
  sim::Timer boot_timer_;
  FlashQueue queue_;
  SettingsStore settings_;
  Session session_;

  /// What was found of a partition: it holds until a byte there changes. Not saved.
  struct Verdict {
    Extent partition;
    std::uint64_t change = 0;
    CheckedCode code;
  };
  std::vector<Verdict> verdicts_;
};

}  // namespace emulator::firmware
