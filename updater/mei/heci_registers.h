// SPDX-License-Identifier: BSD-3-Clause
// The host's control and status registers, and the reset and ready handshake (Linux
// drivers/misc/mei/hw-me.c; the pulsed form after the 2008 driver's heci_init.c).
#pragma once

#include <span>

#include "base/clock.h"
#include "base/mmio.h"
#include "base/result.h"
#include "protocol/heci/registers.h"

namespace updater::mei {

/// How H_RST is used. Both were shipped, and firmware exists that was only ever tried with one
/// of them.
enum class ResetHabit : std::uint8_t {
  held,    ///< until ME_RDY, as Linux does
  pulsed,  ///< 1 and at once 0, as the 2008 driver did
};

class HeciRegisters {
 public:
  explicit HeciRegisters(base::Mmio& bar) : bar_(bar) {}

  /// Errors: disconnected (all ones: the function is gone, asleep or its memory space is off).
  base::Result<protocol::heci::HCsrValue> host();
  base::Result<protocol::heci::MeCsrHaValue> me();

  /// Resets the link and sets H_RDY, with the interrupt off. Errors: timeout (no ME_RDY within
  /// kReadyLimit), disconnected (gone, or ME_RDY dropped again at once).
  base::Result<void> reset(ResetHabit habit, base::Clock& clock);

  /// Tells the ME that slots were written or read, and clears H_IS.
  base::Result<void> ring_doorbell();

  std::uint32_t read_slot() { return bar_.read32(protocol::heci::kMeCbRw); }
  void read_slots(std::span<std::uint32_t> out) { bar_.read32_each(protocol::heci::kMeCbRw, out); }
  void write_slots(std::span<const std::uint32_t> slots) {
    bar_.write32_each(protocol::heci::kHCbWw, slots);
  }

 private:
  void write_host(protocol::heci::HCsrValue value);
  base::Result<void> assert_reset(protocol::heci::HCsrValue before);
  base::Result<void> release_reset();
  base::Result<void> wait_for_me(base::Clock& clock);
  base::Result<void> set_host_ready();

  base::Mmio& bar_;
};

}  // namespace updater::mei
