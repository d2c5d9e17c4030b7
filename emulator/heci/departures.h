// SPDX-License-Identifier: BSD-3-Clause
// What becomes of a message at the moment it leaves the ME: it goes, or a fault loses, damages,
// doubles or delays it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>

#include "base/clock.h"
#include "emulator/heci/me_client.h"
#include "emulator/heci/send_queue.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"

namespace emulator::heci {

enum class Fate : std::uint8_t {
  goes,     ///< as the queue holds it now, which may be damaged
  is_gone,  ///< it has left the queue and does not arrive, or not now
  stays,    ///< power or the ME is about to go: nothing more leaves
};

/// A message that a fault has taken out of its queue: it arrives later, behind others.
struct LateMessage {
  Connection to;
  base::TimePoint due{};
  SendQueue queue;  ///< this one message
};

class Departures {
 public:
  /// `wake` is called when a late message has become due.
  Departures(sim::Scheduler& scheduler, sim::FaultPlan& faults, sim::PowerControl& power,
             std::function<void()> wake);

  /// `queue`'s first message is about to leave; its first fragment would fit. Once a message.
  Fate leaving(SendQueue& queue, Connection to);

  bool any_late() const { return !late_.empty(); }
  /// A late message of which fragments have left, but not the last; null: none.
  LateMessage* under_way();
  /// The first late message whose time has come; null: none.
  LateMessage* due();
  void sent(const LateMessage& message);  ///< whole, or there is nobody for it any more
  void clear();

  void serialize(sim::Archive& a);

 private:
  class StruckDeparture;

  void keep(base::ByteView message, Connection to, base::Duration longer);
  void wait_for_next();

  sim::Scheduler& scheduler_;
  sim::FaultPlan& faults_;
  sim::PowerControl& power_;
  std::function<void()> wake_;
  std::deque<LateMessage> late_;  ///< in the order in which they would have left
  sim::Timer due_;
};

}  // namespace emulator::heci
