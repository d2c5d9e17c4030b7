// SPDX-License-Identifier: BSD-3-Clause
// What an iTPM is made of, and how a command goes through the parts: the BIOS's first, then to the
// field upgrade or to the personality, and its answer once the storage has kept what it changed.
#pragma once

#include <optional>

#include "emulator/tpm/bios.h"
#include "emulator/tpm/command_unit.h"
#include "emulator/tpm/field_upgrade.h"
#include "emulator/tpm/itpm.h"
#include "emulator/tpm/libtpms_engine.h"
#include "emulator/tpm/personality.h"
#include "emulator/tpm/program_port.h"
#include "emulator/tpm/state_partition.h"
#include "emulator/tpm/tis_device.h"

namespace emulator::tpm {

/// How the BIOS of a board with a TPM in this state behaves at every start-up.
BiosHabits habits_of(const TpmConfig& config, const TpmState& state);

/// The partition of a TPM as `config` describes it; `seed` makes its keys.
StateRecord factory_record(const TpmConfig& config, std::uint64_t seed);

struct Itpm::Parts final : CommandTarget, StorageListener {
  Parts(const TpmConfig& c, const ItpmBoard& b);

  std::optional<base::Bytes> execute(std::uint8_t locality, base::ByteView command) override;
  void cancel() override;
  void evict_sessions() override;
  void lock_out() override;
  void storage_settled(const base::Result<void>& kept) override;

  std::optional<base::Bytes> run(std::uint8_t locality, base::ByteView command);
  void drop_command();
  void initialise();
  /// Lets the BIOS have done its part before anyone else's command, but not before the first unless
  /// a person asked it for something: it costs libtpms 60 ms.
  void boot();

  TpmConfig config;
  ItpmBoard board;
  StatePartition partition;
  LibtpmsEngine engine;
  Personality personality;
  BiosStart bios;
  CommandUnit unit;
  FieldUpgrade upgrade;
  TisDevice tis;
  ProgramPort port;

  bool powered = false;
  bool me_runs = false;
  bool boot_pending = false;
  bool self_test_fails = false;
  std::optional<base::Bytes> held;  ///< a response that waits for the storage
};

}  // namespace emulator::tpm
