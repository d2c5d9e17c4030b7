// SPDX-License-Identifier: BSD-3-Clause
// One SPI NOR part over bytes in memory: data-sheet rules and times, and operations that are torn
// when power goes.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "emulator/flash/flash.h"
#include "emulator/flash/parts.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::flash {

/// Sees each change of the array, before anybody is told that the operation has ended.
class FlashMirror {
 public:
  virtual ~FlashMirror() = default;
  /// `now` is what is in the array from `address` on.
  virtual void flash_changed(std::uint32_t address, base::ByteView now) = 0;
};

/// Faults (FaultPoint::flash_program, flash_erase, flash_operation): a power cut before, in the
/// middle of or after the operation; `fail` leaves it half done and reports an error; `ignore`
/// loses the command: nothing is written and nobody is told; `delay` makes it longer; `me_reset`
/// resets the ME while the part goes on by itself; `lie` tells of it as done when nothing was;
/// `power_cut_nearly` leaves its last four bytes as they were, `power_cut_garbled` whatever its
/// cells can hold, `power_cut_unstable` cells that read differently each time until their sector is
/// erased; `stick_bit` leaves one bit as it was and tells of it as done. FaultPoint::power_on: bits
/// have flipped while the part was at rest.
class NorFlash final : public Flash {
 public:
  /// `contents` must be exactly as large as the part.
  NorFlash(const Part& part, base::Bytes contents, sim::Scheduler& scheduler, sim::Trace& trace,
           sim::FaultPlan& faults, sim::PowerControl& power);

  Geometry geometry() const override { return part_.geometry; }
  void read(std::uint32_t address, base::MutableByteView out) const override;
  base::ByteView view(std::uint32_t address, std::uint32_t size) const override;
  std::uint64_t last_change(std::uint32_t address, std::uint32_t size) const override;
  void program(std::uint32_t address, base::ByteView data, FlashListener& listener) override;
  void erase(std::uint32_t address, FlashListener& listener) override;
  bool busy() const override { return operation_ != Operation::none; }
  void resume(FlashListener& listener) override { listener_ = &listener; }

  /// Power is gone: an operation in progress is torn in proportion to the time it has had.
  void power_off();
  /// Power is there again: what has become of the cells meanwhile.
  void power_on();

  const Part& part() const { return part_; }
  base::ByteView contents() const { return contents_; }
  /// Whether there are cells of which contents() tells only what they were left as.
  bool has_unstable_cells() const { return unstable_length_ != 0; }
  std::uint64_t programs() const { return programs_; }  ///< operations begun since construction
  std::uint64_t erases() const { return erases_; }
  std::uint64_t operations() const { return programs_ + erases_; }

  /// What a restored snapshot changes is not among what it sees.
  void set_mirror(FlashMirror& mirror) { mirror_ = &mirror; }

  void serialize(sim::Archive& a);

 private:
  class StruckWork;
  class StruckRest;
  enum class Operation : std::uint8_t { none, program, erase };
  /// How the operation in progress is going to end.
  enum class Ending : std::uint8_t {
    done,
    failed,
    lost,
    cut_before,
    cut_inside,
    cut_after,
    cut_nearly,
    cut_garbled,
    untrue,  ///< told of as done
    cut_unstable,
    one_bit_stuck,  ///< likewise
  };

  /// Progress is counted in 1/65536 of an operation.
  static constexpr std::uint32_t kWhole = 0x10000;
  static constexpr std::uint32_t kHalf = kWhole / 2;

  void begin(Operation operation, sim::FaultPoint point, base::Duration duration);
  void end();
  void tell(FlashEnd end);
  void apply();
  void tear(std::uint32_t done);
  void tear_last_word();
  void garble();
  void unsettle();
  void apply_but_one_bit();
  void flip(const sim::FaultRule& rule);
  void flip_bit(std::uint64_t bit);
  void read_unstable(std::uint32_t address, base::MutableByteView out) const;
  void settle_erased();
  bool is_unstable(std::uint32_t address, std::uint32_t size) const {
    return address < unstable_at_ + unstable_length_ && address + size > unstable_at_;
  }
  std::uint32_t tear_program(std::uint32_t done);  ///< bytes wholly programmed
  std::uint32_t tear_erase(std::uint32_t done);    ///< bytes wholly erased
  base::MutableByteView to_change();  ///< what the operation covers, counted as a change of it
  void show_change();
  void serialize_contents(sim::Archive& a);

  const Part& part_;
  sim::Scheduler& scheduler_;
  sim::Trace& trace_;
  sim::FaultPlan& faults_;
  sim::PowerControl& power_;
  FlashListener* listener_ = nullptr;  ///< not saved: whoever waits calls resume() after loading
  FlashMirror* mirror_ = nullptr;
  base::Bytes contents_;
  std::uint64_t changes_ = 0;
  std::vector<std::uint64_t> last_changes_;  ///< of each sector
  sim::Timer timer_;

  Operation operation_ = Operation::none;
  Ending ending_ = Ending::done;
  std::uint32_t address_ = 0;
  std::array<std::uint8_t, kPageSize> page_{};  ///< data of the program operation in progress
  std::uint32_t length_ = 0;                    ///< bytes the operation covers
  base::TimePoint began_{};
  base::Duration duration_{};
  std::uint64_t programs_ = 0;
  std::uint64_t erases_ = 0;
  std::uint32_t unstable_at_ = 0;
  std::uint32_t unstable_length_ = 0;  ///< 0: each cell reads as one thing
  mutable base::Bytes seen_;           ///< what view() read of unstable cells last; not saved
  mutable std::uint64_t unstable_reads_ = 0;  ///< how often such cells were read
};

}  // namespace emulator::flash
