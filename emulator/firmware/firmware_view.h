// SPDX-License-Identifier: BSD-3-Clause
// The running firmware as its clients see it: what it is, how it is set up, and what it will do
// when asked.
#pragma once

#include "emulator/firmware/firmware_config.h"
#include "emulator/firmware/update_session.h"

namespace emulator::firmware {

enum class BootPath : std::uint8_t {
  off,          ///< no power
  booting,      ///< ROM and start-up; no client answers, ME_RDY is 0
  operational,  ///< the operational code verified and runs
  recovery,     ///< it did not; the recovery code runs and still takes an update
  halted,       ///< neither verified: ME_RDY stays 0
  disabled,     ///< the descriptor's straps keep the ME off: ME_RDY stays 0
};
const char* name(BootPath path);

class FirmwareView {
 public:
  virtual ~FirmwareView() = default;
  virtual BootPath boot_path() const = 0;
  /// Of the code that runs: the operational manifest's, or the recovery manifest's on the
  /// recovery path.
  virtual protocol::FirmwareVersion running_version() const = 0;
  virtual protocol::FirmwareVersion recovery_version() const = 0;
  /// SVN of the code that runs, from ME 9 on.
  virtual std::uint32_t security_version() const { return 0; }
  /// Of the partitions with code, together; from ME 6 on.
  virtual std::uint32_t code_bytes() const { return 0; }
  virtual const Identity& identity() const = 0;
  virtual const Settings& settings() const = 0;
  virtual const Surroundings& surroundings() const = 0;
  virtual const UpdatePolicy& update_policy() const = 0;
  virtual protocol::fwu::ResetReason reset_reason() const = 0;

  virtual UpdateSession& update_session() = 0;

  /// Un-provisions: state pre, mode none, TLS and remote connectivity off, power policy default.
  /// What an update needs (interfaces, rule 7, override counter) stays. False when refused (an
  /// update is committing).
  virtual bool unprovision() = 0;
};

}  // namespace emulator::firmware
