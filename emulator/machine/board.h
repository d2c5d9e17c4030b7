// SPDX-License-Identifier: BSD-3-Clause
// The chips of one board and the wires between them: power, ME resets, which clients run when, and
// what a person does to it at set-up.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/mmio.h"
#include "emulator/firmware/firmware.h"
#include "emulator/firmware/power_policy.h"
#include "emulator/flash/nor_flash.h"
#include "emulator/heci/heci_device.h"
#include "emulator/machine/client_slot.h"
#include "emulator/machine/profile.h"
#include "emulator/machine/tpm_storage.h"
#include "emulator/pci/heci_function.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/random.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "emulator/tpm/itpm.h"

namespace emulator::machine {

/// Made by Machine::build(). Everything happens in virtual time: waiting on clock() runs the board.
class Board : private sim::PowerControl, private firmware::BootListener {
 public:
  void power_on();        ///< applies power, or wakes the host; the ME boots in virtual time
  void power_cut();       ///< takes it away at once: a flash operation in progress is torn
  void reset_platform();  ///< the host resets; the ME restarts with it
  void reset_me();        ///< the ME restarts by itself; the host stays up
  bool powered() const { return supply_ == Supply::on; }
  /// The host goes to sleep, or switches off; the mains stay on. What the ME does meanwhile is its
  /// power policy's to say: it runs on, or goes down once nothing of it is half done.
  void sleep(firmware::Sleep state);
  /// Nothing: the host is up, or there is no power at all.
  std::optional<firmware::Sleep> asleep() const { return sleep_; }

  const Profile& profile() const { return profile_; }
  sim::Scheduler& clock() { return scheduler_; }
  sim::Trace& trace() { return trace_; }
  sim::FaultPlan& faults() { return faults_; }
  base::Mmio& bar0() { return heci_; }        ///< the HECI registers
  pci::HeciFunction& pci() { return pci_; }   ///< configuration space and interrupts
  heci::HeciDevice& heci() { return heci_; }  ///< counters of bad input, for tests
  firmware::FirmwareView& firmware() { return firmware_; }
  /// The TPM inside the ME; null on a board without one. Its registers float (FFh) while the ME
  /// does not run its operational code.
  tpm::Itpm* itpm() { return itpm_ ? &*itpm_ : nullptr; }

  base::ByteView flash() const { return flash_.contents(); }
  /// Whether some of it reads differently each time (FaultAction::power_cut_unstable).
  bool has_unstable_flash() const { return flash_.has_unstable_cells(); }
  /// `mirror` sees every change of the flash from here on.
  void mirror_flash(flash::FlashMirror& mirror) { flash_.set_mirror(mirror); }

  /// One that is none of the firmware's: it comes behind those whenever the operational code has
  /// booted from now on, and outlives the board.
  void add_client(heci::MeClient& client);

  /// MEBx actions, as a person at set-up does them. MEBx saves and restarts; what it refuses
  /// changes nothing, and then nothing restarts.
  void provision(protocol::amthi::ProvisioningMode mode);
  void begin_provisioning();
  void unprovision();
  void open_local_update();

  /// What a person does to the TPM in the BIOS's set-up, in this order; the board restarts, and the
  /// BIOS does it on the way up (Itpm::bios_results). A board without power does it once it has.
  /// Nothing happens on a board without a TPM.
  void bios_setup(std::span<const tpm::BiosAction> actions);

 protected:
  /// `contents` is as large as `part`; the profile has been found sound.
  Board(const Profile& profile, const flash::Part& part, base::Bytes contents, std::uint64_t seed);

  /// Time first, then every chip; the profile is not part of it.
  void serialize(sim::Archive& a);

 private:
  enum class Supply : std::uint8_t { off, on };
  /// Whether the BIOS still waits for the ME, to find its TPM there or not.
  enum class Platform : std::uint8_t { starting, up };

  void request_power_cut() override { power_cut_.start(base::Duration::zero()); }
  void request_me_reset() override { me_reset_.start(base::Duration::zero()); }
  void boot_ended(firmware::BootPath path) override;
  void firmware_stopped() override;
  void session_changed() override { show_firmware_status(); }

  void install_clients(firmware::BootPath path);
  void remove_clients();
  void boot_tpm(firmware::BootPath path);
  void serialize_tpm(sim::Archive& a);
  void serialize_sleep(sim::Archive& a);
  void wake();
  void go_down_in_order();
  void wake_pci();
  void show_firmware_status();
  void show_later_words();
  void watch_over(firmware::BootPath path);
  void hide_firmware_status();
  void note(const char* what) { trace_.record({.kind = sim::TraceKind::power, .text = what}); }

  const Profile profile_;
  sim::Scheduler scheduler_;
  sim::Trace trace_{scheduler_};
  sim::FaultPlan faults_;
  flash::NorFlash flash_;
  firmware::Firmware firmware_;
  heci::HeciDevice heci_;
  pci::HeciFunction pci_;
  FirmwareClients firmware_clients_;
  std::vector<ClientSlot> clients_;  ///< the firmware's, then those that were added
  sim::Timer power_cut_;
  sim::Timer me_reset_;
  sim::Timer off_without_me_;
  sim::Random random_;
  TpmStorage tpm_storage_;
  std::optional<tpm::Itpm> itpm_;
  sim::Timer going_down_;  ///< looks whether the ME may lose its power
  Supply supply_ = Supply::off;
  std::optional<firmware::Sleep> sleep_;
  Platform platform_ = Platform::starting;
};

}  // namespace emulator::machine
