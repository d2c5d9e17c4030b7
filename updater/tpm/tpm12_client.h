// SPDX-License-Identifier: BSD-3-Clause
// What this project asks of a TPM 1.2: what it is, the state it is in, and its owner's few
// commands.
#pragma once

#include <array>
#include <optional>

#include "protocol/tpm/capability.h"
#include "protocol/tpm/owner.h"
#include "updater/tpm/auth_session.h"
#include "updater/tpm/tpm12_link.h"

namespace updater::tpm {

/// How far the TPM is after power-on.
enum class StartUp : std::uint8_t {
  running,
  not_started,    ///< nobody, not even the BIOS, has sent TPM_Startup
  self_test_due,  ///< some functions are tested when they are first used
  self_test_runs,
  self_test_failed,  ///< it has shut down; only who made it may be asked
};
const char* name(StartUp state);

/// The dictionary-attack logic as far as the TPM tells. A TPM whose owner hides the details tells
/// only `active`.
struct LockoutState {
  bool active = false;
  std::optional<std::uint16_t> failures;
  std::optional<std::uint16_t> threshold;     ///< failures that start a lockout; 0: never
  std::optional<std::uint32_t> seconds_left;  ///< of the one that runs
  base::Bytes vendor_data;

  bool operator==(const LockoutState&) const = default;
  /// Wrong secrets that are left before a lockout may start; nothing when the TPM does not tell or
  /// never locks.
  std::optional<std::uint16_t> tries_left() const;
};

/// A, B, C, D of the register interface; zero: the TPM leaves the specification's default.
struct InterfaceTimeouts {
  std::array<base::Duration, 4> abcd{};
  bool operator==(const InterfaceTimeouts&) const = default;
};

/// How long a short, a medium and a long command may take, as the TPM says.
struct CommandDurations {
  std::array<base::Duration, 3> short_medium_long{};
  bool operator==(const CommandDurations&) const = default;
};

/// All of it changes nothing, and none of it is authorised. Errors: Tpm12Link's; protocol for an
/// answer of another form.
class Tpm12Client {
 public:
  explicit Tpm12Client(Tpm12Link& link) : link_(link) {}

  base::Result<protocol::tpm::VendorId> manufacturer();
  base::Result<protocol::tpm::VersionInfo> version();
  base::Result<protocol::tpm::PermanentFlags> permanent_flags();
  base::Result<protocol::tpm::StclearFlags> volatile_flags();
  enum class Owner : std::uint8_t { none, installed };
  base::Result<Owner> owner();
  base::Result<LockoutState> lockout();
  base::Result<InterfaceTimeouts> timeouts();
  base::Result<CommandDurations> durations();
  /// Whether the TPM knows `ordinal` at all.
  enum class Support : std::uint8_t { no, yes };
  base::Result<Support> support_of(protocol::tpm::Ordinal ordinal);

  /// Which served board's TPM it is. Errors beside the others: refused, protocol (it is none's).
  base::Result<protocol::BoardId> board_id();

  base::Result<StartUp> start_up();
  /// TPM_SelfTestFull, to its end. Errors beside the others: refused failed_self_test.
  base::Result<void> self_test();
  /// The maker's own bytes about the last self-test.
  base::Result<base::Bytes> self_test_result();

  Tpm12Link& link() { return link_; }

 private:
  base::Result<base::Bytes> capability(base::ByteView command);

  Tpm12Link& link_;
};

}  // namespace updater::tpm
