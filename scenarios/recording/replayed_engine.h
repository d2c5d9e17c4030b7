// SPDX-License-Identifier: BSD-3-Clause
// An engine that is nothing but its recording: the registers, the bus and the PCI function of its
// generation, and clients that answer as recorded. There is no firmware, no flash and no TPM.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "emulator/clients/recorded_client.h"
#include "emulator/heci/heci_device.h"
#include "emulator/pci/heci_function.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "protocol/generation.h"
#include "scenarios/recording/recording.h"

namespace scenarios::recording {

/// Whose firmware it was, by its device id. Errors: not_found (no device id is recorded, or none of
/// a generation that is modelled).
base::Result<const protocol::Generation*> generation_of(const Recording& recording);

/// The clients are those that were spoken to, in that order. Faults strike what passes over the
/// bus; one that takes power away leaves a dead function, until reset().
class ReplayedEngine final : private emulator::sim::PowerControl {
 public:
  ReplayedEngine(const Recording& recording, const protocol::Generation& generation);

  /// Power comes, or the platform restarts: the engine gets ready, its clients begin their
  /// recordings anew.
  void reset();

  emulator::sim::Scheduler& clock() { return scheduler_; }
  emulator::sim::FaultPlan& faults() { return faults_; }
  emulator::sim::Trace& trace() { return trace_; }
  emulator::pci::HeciFunction& pci() { return pci_; }
  base::Mmio& bar0() { return heci_; }
  /// Messages that the recording has no answer to.
  std::uint32_t unknown() const;

 private:
  void request_power_cut() override { power_cut_.start(base::Duration::zero()); }
  void request_me_reset() override { engine_reset_.start(base::Duration::zero()); }
  void lose_power();
  void reset_engine();
  void forget_clients();
  void come_up();
  void show_status();

  const Function function_;
  emulator::sim::Scheduler scheduler_;
  emulator::sim::Trace trace_{scheduler_};
  emulator::sim::FaultPlan faults_;
  emulator::heci::HeciDevice heci_;
  emulator::pci::HeciFunction pci_;
  std::vector<std::unique_ptr<emulator::clients::RecordedClient>> clients_;
  emulator::sim::Timer power_cut_;
  emulator::sim::Timer engine_reset_;
  emulator::sim::Timer boot_;
};

}  // namespace scenarios::recording
