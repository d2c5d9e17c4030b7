// SPDX-License-Identifier: GPL-2.0-or-later
// What QEMU's devices need of a board, wherever it is: in this process (board.h), or in the process
// of a story (remote_board.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mmio.h"
#include "base/result.h"
#include "emulator/sim/interrupt_line.h"

namespace emulator::attach::qemu {

/// What a board asks of the computer around it. Called from inside calls to the board only.
class BoardHost {
 public:
  virtual ~BoardHost() = default;
  virtual void set_intx(sim::Level level) = 0;
  virtual void send_message(std::uint64_t address, std::uint32_t data) = 0;
  virtual void power_lost() = 0;
  virtual void complain(const std::string& text) = 0;
};

class PortBoard {
 public:
  virtual ~PortBoard() = default;

  /// Runs everything due by `now` of the caller's clock. Time never goes back: an earlier `now`
  /// runs nothing.
  virtual void run_until(base::TimePoint now) = 0;
  /// On the caller's clock.
  virtual std::optional<base::TimePoint> next_event() = 0;
  /// A file that is readable when the board wants run_until() and next_event() called before any
  /// event is due; -1: there is none.
  virtual int wakes() const { return -1; }

  /// The platform restarts.
  virtual void reset() = 0;

  /// All of the board, for snapshots and migration of the program it is seen from, and back. Time
  /// does not move: what is due by then is due after restoring.
  /// Errors: unsupported (the board is another program's), and the board's own.
  virtual base::Result<base::Bytes> save() = 0;
  virtual base::Result<void> restore(base::ByteView saved) = 0;

  virtual std::uint32_t read_config(std::uint32_t offset, std::uint32_t size) = 0;
  virtual void write_config(std::uint32_t offset, std::uint32_t value, std::uint32_t size) = 0;
  virtual base::Mmio& bar() = 0;
  virtual base::Mmio* tis() = 0;  ///< null without a TPM
  /// The TPM's ACPI hardware ID as the board's BIOS has it; empty: not known here.
  virtual std::string tpm_acpi_id() const { return {}; }
};

}  // namespace emulator::attach::qemu
