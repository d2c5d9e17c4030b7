// SPDX-License-Identifier: BSD-3-Clause
// The chips of one board and the wires between them: power, ME resets, and which clients run when.
#pragma once

#include <optional>
#include <vector>

#include "emulator/firmware/firmware.h"
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

class Board final : private sim::PowerControl, private firmware::BootListener {
 public:
  /// `contents` is as large as `part`; the profile has been found sound.
  Board(const Profile& profile, const flash::Part& part, base::Bytes contents, std::uint64_t seed);

  void power_on();
  void power_cut();
  void reset_platform();
  void reset_me();
  bool powered() const { return supply_ == Supply::on; }

  /// It comes behind the firmware's own whenever the operational code has booted from now on, and
  /// outlives the board.
  void add_client(heci::MeClient& client) {
    clients_.push_back({.client = &client, .brought = Brought::by_operational_code});
  }

  /// Time first, then every chip; the profile is not part of it.
  void serialize(sim::Archive& a);

  const Profile profile;
  sim::Scheduler scheduler;
  sim::Trace trace{scheduler};
  sim::FaultPlan faults{trace};
  flash::NorFlash flash;
  firmware::Firmware firmware;
  heci::HeciDevice heci;
  pci::HeciFunction pci;

  /// Null on a board without one.
  tpm::Itpm* itpm() { return itpm_ ? &*itpm_ : nullptr; }

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
  void wake_pci();
  void show_firmware_status();
  void show_later_words();
  void watch_over(firmware::BootPath path);
  void hide_firmware_status();
  void note(const char* what) { trace.record({.kind = sim::TraceKind::power, .text = what}); }

  FirmwareClients firmware_clients_;
  std::vector<ClientSlot> clients_;  ///< the firmware's, then those that were added
  sim::Timer power_cut_;
  sim::Timer me_reset_;
  sim::Timer off_without_me_;
  sim::Random random_;
  TpmStorage tpm_storage_;
  std::optional<tpm::Itpm> itpm_;
  Supply supply_ = Supply::off;
  Platform platform_ = Platform::starting;
};

}  // namespace emulator::machine
