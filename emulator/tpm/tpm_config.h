// SPDX-License-Identifier: BSD-3-Clause
// What a board's iTPM is and the state its owner left it in: the [tpm] table of a machine profile,
// member by member.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "protocol/firmware_version.h"

namespace emulator::tpm {

enum class Ownership : std::uint8_t {
  no_ek,    ///< nobody's, and not even an endorsement key: the ME was never provisioned
  unowned,  ///< endorsement key, no owner
  owned,    ///< endorsement key, storage root key (well-known secret) and an owner
};

/// What the owner's secret is. A real owner's is usually unknown to whoever tries to update.
enum class OwnerSecret : std::uint8_t {
  passphrase,  ///< SHA-1 of TpmState::owner_passphrase
  well_known,  ///< twenty zero bytes
  unknown,     ///< twenty random bytes that nobody has seen
};

enum class SelfTest : std::uint8_t { passed, failed };

/// The state before power is first applied ([tpm.state]); afterwards only commands and BIOS actions
/// change it.
struct TpmState {
  Ownership ownership = Ownership::unowned;
  OwnerSecret owner_secret = OwnerSecret::passphrase;
  std::string owner_passphrase = "owner";
  bool enabled = true;  ///< permanent flag disable is false
  bool active = true;   ///< permanent flag deactivated is false
  bool temporarily_deactivated =
      false;                  ///< TPM_SetTempDeactivated in every boot: the BIOS hides the TPM
  bool owner_install = true;  ///< TPM_TakeOwnership is allowed
  bool owner_clear = true;    ///< TPM_OwnerClear is allowed
  bool force_clear = true;    ///< false: the BIOS runs TPM_DisableForceClear in every boot
  std::uint16_t failed_attempts =
      0;  ///< at Lockout::threshold or above a lockout runs from power-on
  SelfTest self_test =
      SelfTest::passed;  ///< failed: at every power-on until put_in_state() says otherwise

  bool operator==(const TpmState&) const = default;
};

/// Dictionary-attack parameters ([tpm.lockout]); the defaults are those of the Esprimo's DOS log.
struct Lockout {
  std::uint16_t threshold = 10;  ///< failures until the first lockout; 0: never
  base::Duration initial = std::chrono::seconds(240);  ///< whole seconds, at most 65535
  std::uint16_t multiplier = 2;                        ///< of each further failure
  base::Duration fade_out =
      std::chrono::seconds(3600);  ///< one failure is forgotten after this long; 0: never
};

/// Physical presence ([tpm.presence]): the permanent flags, and what the BIOS does before it boots
/// a system.
struct Presence {
  bool lifetime_lock = false;
  bool command_enabled = true;
  bool hardware_enabled = false;
  bool bios_locks = true;  ///< TSC_PhysicalPresence(NOTPRESENT | LOCK) at the end of every start-up
};

/// What lets an unowned TPM be updated.
enum class UnownedUpgrade : std::uint8_t {
  presence,  ///< TCG's rule: physical presence now, or deferred presence of this boot's BIOS
  open,      ///< anybody may
  never,     ///< nobody may: take ownership first
};

/// Whether TPM_FieldUpgrade works in a TPM that is disabled or inactive.
enum class InactiveUpgrade : std::uint8_t { refused, allowed };

/// TPM_FieldUpgrade ([tpm.upgrade]).
struct Upgrade {
  UnownedUpgrade unowned = UnownedUpgrade::presence;
  InactiveUpgrade inactive = InactiveUpgrade::refused;
  std::uint16_t max_block = 1024;  ///< bytes of image in one data command, at most 4000
};

/// The register device ([tpm.tis]).
struct Tis {
  bool expect_flaw =
      true;  ///< STS.Expect is hard-wired 0: the erratum Linux works around as "itpm"
  std::uint16_t vendor_id = 0x8086;
  // Of the one iTPM whose registers somebody has published, in a GM45 (docs/fidelity.md).
  std::uint16_t device_id = 0x1020;
  std::uint8_t revision_id = 0x06;
  /// In the ACPI tables of the board's BIOS: three letters or four letters and digits, then four
  /// hexadecimal digits.
  std::string acpi_id = "INTC0102";
  /// Bytes a host may move before burstCount is used up; 0: burstCount is 0 for ever, and a host
  /// that heeds it never gets a command in.
  std::uint16_t fifo_size = 64;
  base::Duration fifo_refill = std::chrono::microseconds(20);  ///< until burstCount is whole again
};

/// How long commands take ([tpm.timing]); a cancelled command never happened.
struct Timing {
  base::Duration command = std::chrono::milliseconds(8);      ///< any that is not named below
  base::Duration authorised = std::chrono::milliseconds(25);  ///< with an authorisation session
  base::Duration rsa =
      std::chrono::milliseconds(600);  ///< private-key work: load, sign, unseal, quote ...
  base::Duration key_generation =
      std::chrono::seconds(12);  ///< TPM_CreateEndorsementKeyPair, TPM_TakeOwnership ...
  base::Duration self_test = std::chrono::milliseconds(900);  ///< TPM_SelfTestFull
  base::Duration upgrade_block =
      std::chrono::milliseconds(110);  ///< a field-upgrade data command, beside the flash
};

/// Who starts the TPM after a reset.
enum class Bios : std::uint8_t {
  starts_tpm,  ///< the board's own: TPM_Startup(CLEAR), pending BIOS actions, presence lock
  absent,      ///< nobody here: SeaBIOS in an attached QEMU, or a test, sends TPM_Startup itself
};

struct TpmConfig {
  bool fitted = false;                ///< whether the board has an iTPM at all
  std::string vendor = "INTC";        ///< four characters
  protocol::FirmwareVersion version;  ///< of the ME's firmware at the factory
  bool fips = false;
  /// Which of the stored TPMs (stored_states.h), and so which endorsement key, its factory gave it;
  /// nothing: the first.
  std::optional<std::uint8_t> endorsement_key;
  Bios bios = Bios::starts_tpm;
  TpmState state;
  Lockout lockout;
  Presence presence;
  Upgrade upgrade;
  Tis tis;
  Timing timing;
};

}  // namespace emulator::tpm
