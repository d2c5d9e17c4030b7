// SPDX-License-Identifier: BSD-3-Clause
// One whole simulated board, wired from its profile: the only file that knows every chip.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mmio.h"
#include "base/result.h"
#include "emulator/firmware/firmware_view.h"
#include "emulator/machine/profile.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::pci {
class HeciFunction;
}
namespace emulator::heci {
class HeciDevice;
class MeClient;
}  // namespace emulator::heci
namespace emulator::flash {
class FlashMirror;
}
namespace emulator::tpm {
class Itpm;
enum class BiosAction : std::uint8_t;
}  // namespace emulator::tpm

namespace emulator::machine {

/// What a fault may add to a boot before it counts as hanging.
inline constexpr base::Duration kBootLimit = std::chrono::minutes(1);

struct MachineOptions {
  std::uint64_t seed = 1;
  /// The flash as it was left; without it the machine is fresh from the factory.
  std::optional<base::Bytes> flash;
};

/// Everything happens in virtual time: waiting on clock() runs the machine.
class Machine {
 public:
  /// Errors: invalid (the profile or the flash contents do not make a machine; says which value).
  static base::Result<std::unique_ptr<Machine>> build(const Profile& profile,
                                                      MachineOptions options = {});
  ~Machine();

  void power_on();        ///< applies power; the ME boots in virtual time
  void power_cut();       ///< takes it away at once: a flash operation in progress is torn
  void reset_platform();  ///< the host resets; the ME restarts with it
  void reset_me();        ///< the ME restarts by itself; the host stays up
  bool powered() const;
  /// Power, where there is none, and time until the ME has booted, has given up or hangs: at most
  /// kBootLimit more than the profile's boot time. firmware().boot_path() says which.
  void boot();

  sim::Scheduler& clock();
  sim::Trace& trace();
  sim::FaultPlan& faults();
  base::Mmio& bar0();        ///< the HECI registers
  pci::HeciFunction& pci();  ///< configuration space and interrupts
  heci::HeciDevice& heci();  ///< counters of bad input, for tests
  firmware::FirmwareView& firmware();
  /// The TPM inside the ME; null on a board without one. Its registers float (FFh) while the ME
  /// does not run its operational code.
  tpm::Itpm* itpm();
  const Profile& profile() const;

  base::ByteView flash() const;  ///< the contents of the flash part
  /// `mirror` sees every change of the flash from here on.
  void mirror_flash(flash::FlashMirror& mirror);

  /// One that is none of the firmware's: it comes behind those whenever the operational code has
  /// booted from now on, and outlives the machine.
  void add_client(heci::MeClient& client);

  /// MEBx actions, as a person at set-up does them; the board restarts afterwards.
  void provision(protocol::amthi::ProvisioningMode mode);
  void begin_provisioning();
  void unprovision();
  void open_local_update();

  /// What a person does to the TPM in the BIOS's set-up, in this order; the board restarts, and the
  /// BIOS does it on the way up (Itpm::bios_results). A board without power does it once it has.
  /// Nothing happens on a board without a TPM.
  void bios_setup(std::span<const tpm::BiosAction> actions);

  /// The whole machine as bytes, and back. Restoring into a machine built from the same
  /// profile continues byte-identically. Errors: invalid (another version or another profile,
  /// said in words).
  base::Bytes snapshot();
  base::Result<void> restore(base::ByteView saved);

 private:
  struct Parts;
  explicit Machine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace emulator::machine
