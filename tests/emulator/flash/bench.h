// SPDX-License-Identifier: BSD-3-Clause
// A NOR part on its own, with someone who starts operations and someone who is asked to cut the
// power.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "emulator/flash/nor_flash.h"

namespace emulator::flash {

/// 64 KiB with round times: 1 ms a page, 100 ms a sector.
inline constexpr Part kSmallPart = {
    .name = "SMALL",
    .jedec_id = 0,
    .geometry = {.size = 0x10000, .sector_size = kSectorSize, .page_size = kPageSize},
    .page_program = std::chrono::milliseconds(1),
    .sector_erase = std::chrono::milliseconds(100)};

class Bench : public FlashListener, public sim::PowerControl {
 public:
  explicit Bench(std::uint8_t fill = 0xFF)
      : flash(kSmallPart, base::Bytes(kSmallPart.geometry.size, fill), clock, trace, faults,
              *this) {}

  void flash_operation_ended(FlashEnd end) override {
    ended_at = clock.now();
    told = end;
  }
  void request_power_cut() override {
    cut_at = clock.now();
    ++cuts_asked;
  }
  void request_me_reset() override { ++resets_asked; }

  std::uint8_t at(std::uint32_t address) const { return flash.contents()[address]; }

  sim::Scheduler clock;
  sim::Trace trace{clock};
  sim::FaultPlan faults{trace};
  NorFlash flash;
  std::optional<FlashEnd> told;  ///< what the listener heard last
  base::TimePoint ended_at{};
  base::TimePoint cut_at{};
  int cuts_asked = 0;
  int resets_asked = 0;
};

}  // namespace emulator::flash
