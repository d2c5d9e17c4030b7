// SPDX-License-Identifier: BSD-3-Clause
// What host software holds of the simulated board: its registers and its clock. Between two of the
// host's accesses things can happen: a person stops the program, the power goes, another machine
// takes the board's place.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/mmio.h"
#include "emulator/machine/machine.h"
#include "scenarios/engine/armed_faults.h"
#include "scenarios/engine/bus_log.h"
#include "scenarios/engine/step.h"

namespace scenarios::engine {

class HostSide final : public base::Mmio, public base::Clock {
 public:
  HostSide(const BusLog& bus, ArmedFaults& armed) : bus_(bus), armed_(armed), tpm_(*this) {}

  /// The machine behind the registers from now on; it must outlive the next call here.
  void attach(emulator::machine::Machine& machine) { machine_ = &machine; }

  /// From now on these happen, each once, when its moment has come.
  void watch(const std::vector<During>& during);
  /// Those that never happened. Nothing happens any more.
  std::vector<During> stop_watching();
  /// Whether a person has asked the program to stop.
  bool stop_requested() const { return stop_requested_; }
  /// Whether the program was ended where it stood, without a word (SIGKILL).
  bool killed() const { return killed_; }
  /// By how much the host's clock has jumped ahead of the board's while this program runs.
  base::Duration ahead() const { return ahead_; }
  /// Whether the computer can still be at work: the board has its power, and was not reset under
  /// the program that is watched.
  bool is_up() const { return machine_->powered() && !platform_was_reset_; }

  /// Whether a program runs whose disturbances are watched for.
  bool program_runs() const { return program_runs_; }
  /// It befalls the program that runs at its next access. Ignored while none runs.
  void befall(Disturbance disturbance);
  /// From now on a program dies with its computer: when the power goes and when the platform
  /// resets, too. `after` is called where it stood, and need not come back.
  void when_a_program_dies(std::function<void()> after) { after_death_ = std::move(after); }

  std::uint32_t read32(std::uint32_t offset) override;
  void write32(std::uint32_t offset, std::uint32_t value) override;
  void read32_each(std::uint32_t offset, std::span<std::uint32_t> out) override;
  void write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) override;
  /// Whether nothing can happen between two accesses while the board's time stands still.
  bool is_quiet() const { return coming_.empty() && !killed_ && is_up(); }
  /// The TPM's registers; the bus floats where the machine has none.
  base::Mmio& tpm() { return tpm_; }
  base::TimePoint now() const override { return machine_->clock().now(); }
  void sleep(base::Duration amount) override;
  /// 0 while something may happen that the board knows nothing of.
  base::Duration quiet_for() const override;

  /// H_RST pulsed in two consecutive writes, as the era's driver does.
  void reset_link();

 private:
  /// FED40000 on the same bus.
  class TpmRegisters final : public base::Mmio {
   public:
    explicit TpmRegisters(HostSide& host) : host_(host) {}
    std::uint32_t read32(std::uint32_t offset) override;
    void write32(std::uint32_t offset, std::uint32_t value) override;
    std::uint8_t read8(std::uint32_t offset) override;
    void write8(std::uint32_t offset, std::uint8_t value) override;

   private:
    base::Mmio* registers();
    HostSide& host_;
  };

  bool has_come(const During& during) const;
  void strike(const During& during);
  void suspend(base::Duration lasts);
  void look_around() {
    if (!is_quiet()) see_what_has_come();
  }
  void see_what_has_come();
  void notice_death();

  const BusLog& bus_;
  ArmedFaults& armed_;
  TpmRegisters tpm_;
  emulator::machine::Machine* machine_ = nullptr;
  std::vector<During> coming_;
  std::uint64_t bytes_before_ = 0;
  base::TimePoint began_{};
  base::Duration ahead_{};
  bool stop_requested_ = false;
  bool killed_ = false;
  bool platform_was_reset_ = false;
  bool program_runs_ = false;
  std::function<void()> after_death_;
};

}  // namespace scenarios::engine
