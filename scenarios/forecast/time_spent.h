// SPDX-License-Identifier: BSD-3-Clause
// Where the time of an update goes: every moment of it belongs to one of a few kinds of work.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"
#include "emulator/machine/board.h"
#include "emulator/sim/trace.h"

namespace scenarios::forecast {

enum class Work : std::uint8_t {
  transfer,  ///< the image on its way: slots, turns of the ME, TPM commands
  erase,     ///< the flash erases a sector
  program,   ///< the flash programs a page
  verify,    ///< hash and signature of what was staged
  restart,   ///< the ME boots the new code
  looking,   ///< done, and the host has yet to look
};
inline constexpr std::size_t kWorks = 6;
const char* name(Work work);

using Shares = std::array<base::Duration, kWorks>;

/// Listens to a machine from its construction to finish(). The flash's work counts as such whoever
/// waits for it, and all other moments as what the update is at.
class TimeSpent final : private emulator::sim::TraceSink {
 public:
  explicit TimeSpent(emulator::machine::Board& board);
  ~TimeSpent() override;
  TimeSpent(const TimeSpent&) = delete;
  TimeSpent& operator=(const TimeSpent&) = delete;

  /// The shares until now; they add up to the time since construction.
  Shares finish();

 private:
  void record(const emulator::sim::TraceRecord& record) override;
  void advance();
  void charge(Work work, base::TimePoint until);
  Work at_work() const;

  emulator::machine::Board& board_;
  base::Duration page_program_;
  base::Duration sector_erase_;
  Shares shares_{};
  base::TimePoint began_;
  base::TimePoint from_;  ///< what lies before is charged
  Work rest_ = Work::transfer;
  Work flash_work_ = Work::program;
  base::TimePoint flash_until_{};
};

}  // namespace scenarios::forecast
