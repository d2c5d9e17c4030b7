// SPDX-License-Identifier: BSD-3-Clause
// TIS registers that misbehave in one way at a time, and the virtual time they live in.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/hex.h"
#include "base/mmio.h"
#include "protocol/tpm/tis_registers.h"

namespace test {

enum class Fault {
  none,
  no_tpm,          ///< the bus floats
  other_locality,  ///< somebody else has the TPM and keeps it
  never_ready,     ///< commandReady is not taken
  no_burst,        ///< burstCount stays 0
  never_valid,     ///< stsValid stays 0
  never_expects,   ///< the iTPM's flaw
  always_expects,  ///< Expect stays 1
  never_answers,   ///< executes for ever, until it is aborted
  hangs,           ///< executes for ever, whatever is written
  taken_away,      ///< another locality seizes it during the command
};

class ScriptedTis final : public base::Mmio, public base::Clock {
 public:
  explicit ScriptedTis(Fault fault = Fault::none) : fault_(fault) {}

  base::Bytes answer = base::from_hex("00c4 0000000a 00000000").value();
  std::uint16_t vendor = 0x1014;
  base::Bytes received;  ///< the last command that was started
  int started = 0;
  bool active = false;
  bool requested = false;

  base::TimePoint now() const override { return now_; }
  void sleep(base::Duration amount) override { now_ += amount; }

  std::uint8_t read8(std::uint32_t at) override;
  void write8(std::uint32_t at, std::uint8_t value) override;
  std::uint32_t read32(std::uint32_t at) override;
  void write32(std::uint32_t, std::uint32_t) override {}

 private:
  enum class State { idle, ready, reception, execution, completion };
  std::uint8_t access() const;
  std::uint8_t status() const;
  bool expects() const;
  std::uint32_t burst() const;
  void write_status(std::uint8_t value);

  Fault fault_;
  base::TimePoint now_{};
  State state_ = State::idle;
  base::Bytes fifo_;
  std::size_t read_at_ = 0;
};

}  // namespace test
