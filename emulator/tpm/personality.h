// SPDX-License-Identifier: BSD-3-Clause
// The iTPM around the engine: the engine decides what a command does and what a failed
// authorisation is; the personality decides what failures lead to, and what the TPM says of itself.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "emulator/tpm/defend_lock.h"
#include "emulator/tpm/state_partition.h"
#include "emulator/tpm/tpm_config.h"
#include "emulator/tpm/tpm_engine.h"
#include "emulator/tpm/tpm_memory.h"
#include "protocol/firmware_version.h"
#include "protocol/tpm/capability.h"
#include "protocol/tpm/frame.h"

namespace emulator::tpm {

/// The TPM's state as its own flags tell it.
struct Flags {
  protocol::tpm::PermanentFlags permanent;
  protocol::tpm::StclearFlags stclear;
  bool owned = false;
};

class Personality {
 public:
  Personality(const TpmConfig& config, TpmEngine& engine, TpmMemory& memory,
              StatePartition& partition, sim::Scheduler& scheduler, sim::Trace& trace);

  void power_on();
  void power_off();
  void set_version(const protocol::FirmwareVersion& version) { version_ = version; }
  const protocol::FirmwareVersion& version() const { return version_; }

  /// A command as the host sends it, and the answer as the host gets it. TPM_FieldUpgrade is not
  /// among them.
  base::Bytes execute(std::uint8_t locality, base::ByteView command);

  /// The same without the host: the lockout holds, failures count, nothing is rewritten.
  base::Bytes pass(std::uint8_t locality, base::ByteView command);

  /// Errors: refused, with the TPM's return code (0x26 before TPM_Startup, 0x1C in failure mode).
  base::Result<Flags> flags();

  DefendLock& lock() { return lock_; }

  void serialize(sim::Archive& a);

 private:
  base::Bytes capability_owner(std::uint8_t locality, base::ByteView command);
  void learn(const protocol::tpm::Command& command, protocol::tpm::ReturnCode code);
  void count_failures(protocol::tpm::Ordinal ordinal);
  protocol::tpm::DaInfo lockout_info() const;
  base::Result<base::Bytes> capability(base::ByteView command);

  protocol::tpm::VendorId vendor_{};
  base::Bytes lockout_record_;
  TpmEngine& engine_;
  TpmMemory& memory_;
  sim::Scheduler& scheduler_;
  DefendLock lock_;
  protocol::FirmwareVersion version_;
  std::uint32_t engine_failures_ = 0;  ///< the engine's own count, as last seen
  base::TimePoint powered_at_{};
};

}  // namespace emulator::tpm
