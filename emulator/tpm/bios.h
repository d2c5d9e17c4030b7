// SPDX-License-Identifier: BSD-3-Clause
// What the board's BIOS does with the TPM between reset and the operating system: starts it, does
// what set-up asked for with physical presence asserted, and locks presence. Every step is a real
// command.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "emulator/sim/archive.h"
#include "emulator/tpm/itpm.h"
#include "emulator/tpm/personality.h"
#include "emulator/tpm/tpm_config.h"
#include "emulator/tpm/tpm_engine.h"

namespace emulator::tpm {

/// Set-up choices that the BIOS repeats in every boot, for they do not last.
struct BiosHabits {
  bool deactivates_temporarily = false;
  bool forbids_force_clear = false;
  bool locks_presence = true;
};

class BiosStart {
 public:
  BiosStart(TpmEngine& engine, Personality& personality);

  void set_habits(const BiosHabits& habits) { habits_ = habits; }
  void at_next_boot(BiosAction action) { wanted_.push_back(action); }
  /// TPM return codes of the last start-up's actions.
  const std::vector<std::uint32_t>& results() const { return results_; }

  void run();
  bool has_work() const { return !wanted_.empty(); }

  void serialize(sim::Archive& a);

 private:
  protocol::tpm::ReturnCode send(base::ByteView command);
  void start_tpm();
  void assert_presence();

  TpmEngine& engine_;
  Personality& personality_;
  BiosHabits habits_;
  std::vector<BiosAction> wanted_;
  std::vector<std::uint32_t> results_;
};

}  // namespace emulator::tpm
