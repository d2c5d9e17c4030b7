// SPDX-License-Identifier: BSD-3-Clause
// The TIS register device: five localities that compete for one TPM, its command state machine,
// FIFO and interrupts. With TpmConfig::tis.expect_flaw it has the iTPM's defect: STS.Expect always
// reads 0, everything else is as specified.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/mmio.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/interrupt_line.h"
#include "emulator/sim/scheduler.h"
#include "emulator/tpm/command_unit.h"
#include "emulator/tpm/tpm_config.h"
#include "protocol/tpm/tis_registers.h"

namespace emulator::tpm {

namespace tis = protocol::tpm::tis;

enum class TisState : std::uint8_t {
  idle,        ///< nothing asked
  ready,       ///< waits for the first byte of a command
  reception,   ///< bytes of a command are in the FIFO
  execution,   ///< tpmGo was given
  completion,  ///< a response is in the FIFO
};
const char* name(TisState state);

constexpr bool is_fifo(std::uint32_t at) {
  return at >= tis::kDataFifo && at < tis::kDataFifo + 4;
}

/// Whether the ME answers on the bus at all.
enum class BusPresence : std::uint8_t { absent, present };

class TisDevice final : public base::Mmio, public ResponseTaker {
 public:
  TisDevice(const Tis& config, CommandUnit& unit, sim::Scheduler& scheduler);

  std::uint8_t read8(std::uint32_t offset) override;
  void write8(std::uint32_t offset, std::uint8_t value) override;
  /// Of the FIFO: four of its bytes. Of the others: the register.
  std::uint32_t read32(std::uint32_t offset) override;
  void write32(std::uint32_t offset, std::uint32_t value) override;
  void read8_each(std::uint32_t offset, std::span<std::uint8_t> out) override;
  void write8_each(std::uint32_t offset, std::span<const std::uint8_t> values) override;

  /// Power or LPC reset: no locality is active, nothing is pending. `absent`: every read floats.
  void reset(BusPresence presence);
  void connect_interrupt(sim::InterruptLine& line) { line_ = &line; }
  void take(base::Bytes response) override;

  TisState state() const { return state_; }
  std::uint64_t bad_accesses() const { return bad_accesses_; }

  void serialize(sim::Archive& a);

 private:
  static constexpr std::uint8_t kNobody = 0xFF;

  struct Locality {
    bool requested = false;
    bool been_seized = false;
    std::uint32_t int_enable = tis::kIntPolarityLevelLow;
    std::uint32_t int_status = 0;
    std::uint8_t int_vector = 0;
  };

  std::uint8_t read_register(std::uint8_t locality, std::uint32_t at);
  void write_register(std::uint8_t locality, std::uint32_t at, std::uint8_t value);

  // tis_locality.cpp
  std::uint8_t read_access(std::uint8_t locality) const;
  void write_access(std::uint8_t locality, std::uint8_t value);
  void request(std::uint8_t locality);
  void seize(std::uint8_t locality);
  void relinquish(std::uint8_t locality);
  void give_to(std::uint8_t locality);
  bool others_wait(std::uint8_t locality) const;

  std::uint8_t read_sts() const;
  std::uint16_t burst_count() const;
  void write_sts(std::uint8_t value);
  void command_ready();
  void go();
  void retry_response();
  // tis_fifo.cpp
  bool reaches_fifo(std::uint32_t offset) const;
  std::uint8_t read_fifo();
  void write_fifo(std::uint8_t value);
  std::size_t take_run(base::ByteView values);
  std::size_t give_run(base::MutableByteView out);
  bool expects_more() const;
  void learn_size();
  void use_credit(std::size_t bytes);
  void enter(TisState next);
  void abandon_command();

  void raise(std::uint8_t locality, std::uint32_t kind);
  void update_line();
  void ignore() { ++bad_accesses_; }

  Tis config_;
  CommandUnit& unit_;
  sim::InterruptLine* line_ = nullptr;
  sim::Timer refill_;

  BusPresence presence_ = BusPresence::absent;
  std::array<Locality, tis::kLocalities> localities_{};
  std::uint8_t active_ = kNobody;
  TisState state_ = TisState::idle;
  base::Bytes fifo_;             ///< the command so far, or the response
  std::uint32_t announced_ = 0;  ///< by the command in the FIFO; follows from its first bytes
  base::Bytes started_;          ///< a command on its way to the unit; empty but for that
  std::uint32_t read_at_ = 0;
  std::uint16_t credit_ = 0;  ///< FIFO bytes until the device needs a pause
  std::uint64_t bad_accesses_ = 0;
};

}  // namespace emulator::tpm
