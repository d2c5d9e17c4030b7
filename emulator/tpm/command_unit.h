// SPDX-License-Identifier: BSD-3-Clause
// One command at a time: takes it from the registers or from an in-process client, lets its time
// pass, has it executed and hands the response back. A command that is aborted before its time has
// passed never happened.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "emulator/tpm/field_upgrade.h"
#include "emulator/tpm/tpm_config.h"

namespace emulator::tpm {

/// Who sent the command.
enum class Submitter : std::uint8_t { nobody, registers, program };

/// Gets the response of its command, once, unless it aborted it.
class ResponseTaker {
 public:
  virtual ~ResponseTaker() = default;
  virtual void take(base::Bytes response) = 0;
};

/// What stands behind the unit: the TPM, started if the BIOS has not been asked for it yet.
class CommandTarget {
 public:
  virtual ~CommandTarget() = default;
  /// The response, or nothing: it comes through CommandUnit::answer.
  virtual std::optional<base::Bytes> execute(std::uint8_t locality, base::ByteView command) = 0;
  /// The command whose answer is still to come was aborted.
  virtual void cancel() = 0;
  /// Faults, before the command that is at work is executed: all its sessions are gone; a lockout
  /// begins, where the TPM knows one.
  virtual void evict_sessions() = 0;
  virtual void lock_out() = 0;
};

class CommandUnit final : public LateAnswer {
 public:
  CommandUnit(const Timing& timing, CommandTarget& target, sim::Scheduler& scheduler,
              sim::Trace& trace, sim::FaultPlan& faults, sim::PowerControl& power);

  void connect(Submitter submitter, ResponseTaker& taker);

  /// False when a command is running. `command` is copied.
  bool start(Submitter submitter, std::uint8_t locality, base::ByteView command);
  /// Nothing happens unless `submitter`'s command is running.
  void abort(Submitter submitter);
  /// Drops everything: power is gone, or the TPM resets.
  void drop();

  bool busy() const { return phase_ != Phase::idle; }
  std::uint64_t executed() const { return executed_; }

  void answer(base::Bytes response) override;

  /// How long the TPM works on `command`, beside what the update session takes.
  base::Duration duration_of(base::ByteView command) const;

  void serialize(sim::Archive& a);

 private:
  class StruckCommand;
  enum class Phase : std::uint8_t {
    idle,
    working,  ///< its time passes
    waiting,  ///< executed; the update session has not answered
    silent,   ///< a fault swallowed it: no answer until it is aborted
  };

  void work_done();
  void fall_silent() { phase_ = Phase::silent; }
  void respond(base::Bytes response);

  Timing timing_;
  CommandTarget& target_;
  sim::Trace& trace_;
  sim::FaultPlan& faults_;
  sim::PowerControl& power_;
  ResponseTaker* takers_[3] = {};
  sim::Timer timer_;

  Phase phase_ = Phase::idle;
  Submitter submitter_ = Submitter::nobody;
  std::uint8_t locality_ = 0;
  base::Bytes command_;
  bool struck_ = false;          ///< the fault plan has been asked about this command
  bool cut_afterwards_ = false;  ///< a fault cuts the power before the answer is given
  std::uint64_t executed_ = 0;
};

}  // namespace emulator::tpm
