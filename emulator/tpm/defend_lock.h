// SPDX-License-Identifier: BSD-3-Clause
// Dictionary-attack mitigation in virtual time, with the parameters of the profile (TPM Main Part
// 1, section 20; the algorithm is the vendor's: docs/fidelity.md, rows tpm-lockout-...).
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "emulator/tpm/state_partition.h"
#include "emulator/tpm/tpm_config.h"

namespace emulator::tpm {

/// Counts failed authorisations. The `threshold`-th starts a lockout of `initial`; each further one
/// multiplies it. One failure is forgotten for every `fade_out` without another. Count and an
/// unserved lockout survive without power: the lockout then begins again, for the TPM cannot know
/// how long it was off.
class DefendLock {
 public:
  DefendLock(const Lockout& parameters, StatePartition& partition, sim::Scheduler& scheduler,
             sim::Trace& trace);

  void power_on();
  void power_off();
  /// TPM_Startup(CLEAR).
  void started_clear() { reset_refused_ = false; }

  void fail();
  /// As if the failures that bring a lockout had come all at once; nothing where there is none.
  void begin_by_fault();
  /// A wrong secret for TPM_ResetLockValue during a lockout: it is not offered again until the
  /// lockout ends.
  void refuse_reset() { reset_refused_ = running(); }
  /// TPM_ResetLockValue succeeded, or the secrets that were guessed at are gone.
  void clear();

  bool running() const { return end_.pending(); }
  bool reset_refused() const { return reset_refused_; }
  std::uint16_t count() const { return count_; }
  std::uint16_t threshold() const { return parameters_.threshold; }
  base::Duration left() const;
  /// Of the lockout that `failures` failures bring; zero below the threshold. At most kLongest.
  base::Duration length_after(std::uint16_t failures) const;
  static constexpr base::Duration kLongest = std::chrono::hours(24 * 7);

  /// Forgets what has faded by now. Call before anyone looks.
  void settle();

  void serialize(sim::Archive& a);

 private:
  void begin_lockout();
  void end_lockout();
  void keep();

  Lockout parameters_;
  StatePartition& partition_;
  sim::Scheduler& scheduler_;
  sim::Trace& trace_;
  sim::Timer end_;
  std::uint16_t count_ = 0;
  bool reset_refused_ = false;
  base::TimePoint fading_since_{};
};

}  // namespace emulator::tpm
