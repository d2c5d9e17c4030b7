// SPDX-License-Identifier: BSD-3-Clause
// The iTPM as the board wires it: a TPM 1.2 inside the ME behind TIS registers, started by the
// BIOS, updated through TPM_FieldUpgrade into the firmware's one update session.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/mmio.h"
#include "base/result.h"
#include "emulator/firmware/update_session.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/interrupt_line.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "emulator/tpm/tpm_config.h"
#include "emulator/tpm/tpm_engine.h"
#include "protocol/firmware_version.h"
#include "protocol/tpm/return_codes.h"

namespace emulator::tpm {

/// What the iTPM needs of its board.
struct ItpmBoard {
  sim::Scheduler& scheduler;
  sim::Trace& trace;
  sim::FaultPlan& faults;
  sim::PowerControl& power;
  TpmStorage& storage;               ///< the TPM's partition of the flash
  firmware::UpdateSession& session;  ///< fed as Feeder::tpm
  std::uint64_t seed = 1;  ///< of every nonce and key the TPM makes: one seed, one history
};

/// What a person does in BIOS set-up, or the BIOS does for the operating system. Done by the BIOS
/// at the next start-up, physically present, before it locks presence.
enum class BiosAction : std::uint8_t {
  enable,
  disable,
  activate,
  deactivate,
  clear,  ///< TPM_ForceClear; leaves the TPM unowned, disabled and inactive
  allow_owner_install,
  forbid_owner_install,
  allow_unowned_upgrade,  ///< deferred physical presence, for this boot only
};
const char* name(BiosAction action);
std::optional<BiosAction> parse_bios_action(std::string_view text);

/// Everything a scenario, a debugger or a test wants to know, read without side effects on the
/// guest's view.
struct ItpmStatus {
  bool powered = false;
  bool answers = false;  ///< powered, and the ME runs: registers do not float
  protocol::FirmwareVersion version;
  bool started = false;  ///< TPM_Startup was done
  bool self_test_failed = false;
  bool owned = false;
  bool has_ek = false;
  bool enabled = false;
  bool active = false;  ///< in this boot
  bool active_after_reset = false;
  bool owner_install = false;
  bool owner_clear = false;
  bool force_clear = false;
  bool presence = false;
  bool presence_locked = false;
  bool presence_lifetime_lock = false;
  bool presence_command_enabled = false;
  bool presence_hardware_enabled = false;
  bool unowned_upgrade_allowed = false;  ///< deferred physical presence
  bool lockout = false;
  std::uint16_t failed_attempts = 0;
  base::Duration lockout_left{};
  bool upgrading = false;  ///< a field upgrade is between start and its end
};

class Itpm {
 public:
  Itpm(const TpmConfig& config, const ItpmBoard& board);
  ~Itpm();
  Itpm(const Itpm&) = delete;
  Itpm& operator=(const Itpm&) = delete;

  /// The TPM partition as the factory (or the owner of the report) left it. A partition that holds
  /// nothing at power-on is filled with that of an unprovisioned TPM.
  static base::Bytes factory_contents(const TpmConfig& config, std::uint64_t seed);

  /// Power is applied, or the platform restarts: _TPM_Init, and the BIOS starts the TPM. A
  /// partition that cannot be read or is not a TPM's leaves a TPM whose self-test failed. Costs
  /// nothing until the first command, unless the BIOS was asked for something.
  void power_on();
  void power_off();
  /// The platform resets (LPC reset): as power_on(), and an update that is still staging
  /// is abandoned.
  void reset();
  /// The ME restarts by itself: no register answers until me_started(); the TPM's volatile state is
  /// kept, and an update that was fed through the TPM ends with its session.
  void me_stopped();
  void me_started(const protocol::FirmwareVersion& running);

  /// The TIS registers; offset 0 is FED40000, size 0x5000.
  base::Mmio& tis();
  static constexpr std::uint64_t kTisBase = 0xFED40000;
  static constexpr std::uint32_t kTisSize = 0x5000;
  void connect_interrupt(sim::InterruptLine& line);

  /// The same TPM without registers, for in-process clients and sockets. One command at a time,
  /// shared with TIS. False: no power, the ME restarts, or a command is running.
  bool submit(std::uint8_t locality, base::ByteView command);
  /// The whole response, once.
  std::optional<base::Bytes> take_response();
  /// Stops the submitted command if it still runs; what it would have done is not done.
  void cancel();
  /// submit() and wait in virtual time. Never from inside an event. Errors: busy, disconnected,
  /// timeout (cancelled).
  base::Result<base::Bytes> transmit(std::uint8_t locality, base::ByteView command,
                                     base::Duration limit);
  /// A command runs, whoever sent it.
  bool busy() const;

  /// Who starts the TPM from the next power-on or reset: a monitor that brings a BIOS of its own
  /// takes the board's place.
  void set_bios(Bios bios);

  // What a chipset does beside commands (a monitor's TIS device, over a socket).
  bool established();
  /// Errors: bad_locality unless 3 or 4.
  protocol::tpm::ReturnCode reset_established(std::uint8_t locality);
  /// The dynamic root of trust: cycles at locality 4 that hash into PCR 17.
  protocol::tpm::ReturnCode hash_start();
  protocol::tpm::ReturnCode hash_data(base::ByteView data);
  protocol::tpm::ReturnCode hash_end();

  // The TPM's state as a monitor carries it to another TPM. Sessions, PCRs and flags are the
  // volatile part; registers and a command in progress are in neither.
  base::Bytes permanent_state() const;
  /// In force from the next reset(). Errors: invalid (no such state), io (storage).
  base::Result<void> replace_permanent_state(base::ByteView state);
  /// Whether libtpms would keep these bytes as the permanent state of a TPM 1.2.
  static bool is_libtpms_state(base::ByteView bytes);
  /// Keys, owner and NV areas of a TPM that another libtpms kept; in force from the next reset().
  /// Errors: invalid (no such state), disconnected (no power, or the ME restarts), io (storage).
  base::Result<void> adopt(base::ByteView libtpms_state);
  /// Errors: io (no power), invalid.
  base::Result<base::Bytes> volatile_state();
  /// Right after reset(), instead of a start-up. Errors: io, invalid.
  base::Result<void> resume(base::ByteView volatile_state);

  /// Done at the next start-up, in the order given.
  void at_next_boot(BiosAction action);
  /// TPM return codes of the actions of the last start-up, in order.
  const std::vector<std::uint32_t>& bios_results() const;
  /// The board's presence jumper or button (counts only if hardware presence is enabled).
  void set_hardware_presence(sim::Level asserted);

  /// Puts the TPM into `state` as a profile would, and restarts it. For scenario steps. Errors: io
  /// (storage), disconnected (no power, or the ME restarts).
  base::Result<void> put_in_state(const TpmState& state);

  ItpmStatus status();
  /// Commands that reached the TPM since construction.
  std::uint64_t commands() const;

  void serialize(sim::Archive& a);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace emulator::tpm
