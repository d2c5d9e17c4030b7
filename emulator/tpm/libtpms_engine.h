// SPDX-License-Identifier: BSD-3-Clause
// TpmEngine over libtpms in TPM 1.2 mode, and the only file that includes its headers. libtpms
// keeps one TPM in its globals, and _TPM_Init costs it about 60 ms of key generation for a
// self-test. Therefore an engine takes the library when its first command comes and not before, and
// gives it up - its volatile state kept aside - when another engine of the process needs it. Not
// thread-safe, as libtpms is not.
#pragma once

#include <cstdint>
#include <functional>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/random.h"
#include "emulator/tpm/state_partition.h"
#include "emulator/tpm/tpm_engine.h"
#include "emulator/tpm/tpm_memory.h"
#include "protocol/tpm/return_codes.h"

namespace emulator::tpm {

class LibtpmsEngine final : public TpmEngine, public TpmMemory {
 public:
  /// `seed` of the nonces and keys it makes.
  LibtpmsEngine(StatePartition& partition, std::uint64_t seed);
  ~LibtpmsEngine() override;
  LibtpmsEngine(const LibtpmsEngine&) = delete;
  LibtpmsEngine& operator=(const LibtpmsEngine&) = delete;

  /// An empty partition makes a blank TPM. On an error the TPM is powered all the same, on a blank
  /// state, in failure mode, and the partition is not written.
  base::Result<void> power_on() override;
  void power_off() override;
  base::Bytes execute(std::uint8_t locality, base::ByteView command) override;
  void set_physical_presence(std::uint8_t asserted) override { presence_ = asserted; }
  base::Result<base::Bytes> save_volatile() override;
  base::Result<void> load_volatile(base::ByteView saved) override;

  protocol::tpm::Secret owner_secret() override;
  bool has_endorsement_key() override;
  std::optional<OpenSession> session(protocol::tpm::Handle handle) override;
  bool unowned_field_upgrade() override;
  bool started() override;
  std::uint32_t failed_attempts() override;
  base::Result<void> clear_failed_attempts() override;
  base::Result<void> deactivate_until_startup() override;
  /// Takes effect before the next command.
  base::Result<void> fail_self_test() override;

  // What the chipset does without a command; the library knows it beside TPM_Process.
  bool established();
  protocol::tpm::ReturnCode reset_established(std::uint8_t locality);
  protocol::tpm::ReturnCode hash_start();
  protocol::tpm::ReturnCode hash_data(base::ByteView data);
  protocol::tpm::ReturnCode hash_end();

  /// The partition is not part of it.
  void serialize(sim::Archive& a);

 private:
  friend struct LibtpmsCallbacks;
  enum class Phase : std::uint8_t {
    off,
    parked,   ///< powered; its volatile state is here, or there is none since _TPM_Init
    running,  ///< powered, and libtpms holds it
  };

  /// Makes libtpms hold this TPM. False when libtpms cannot take its state.
  bool take_library();
  bool initialise();
  void park();
  void leave_library();
  base::Bytes volatile_now() const;
  base::Result<void> change_volatile(const std::function<bool(base::Bytes&)>& change);

  StatePartition& partition_;
  sim::Random random_;
  Phase phase_ = Phase::off;
  base::Bytes volatile_;  ///< while parked; empty: as after _TPM_Init
  std::uint8_t presence_ = 0;
  std::uint8_t locality_ = 0;  ///< of the command that runs; none does while it is saved
  bool failure_pending_ = false;
  bool detached_ = false;  ///< the partition holds no TPM's state and is left as evidence
};

}  // namespace emulator::tpm
