// SPDX-License-Identifier: BSD-3-Clause
// Virtual time, and the only thing that moves it. Events run in (time, sequence) order on the one
// thread there is.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "emulator/sim/archive.h"

namespace emulator::sim {

class Scheduler;

/// One thing that one chip may have pending, e.g. "heci.reset_done". Owned by the chip; starting
/// and firing allocate nothing.
class Timer {
 public:
  /// `name` must be unique in its machine: saved state finds the timer by it.
  Timer(Scheduler& scheduler, std::string name, std::function<void()> fire);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  /// Fires once, `delay` from now; never, where that is beyond the end of time. Starting a pending
  /// timer moves it.
  void start(base::Duration delay);
  void stop();
  bool pending() const { return pending_; }
  base::TimePoint due() const { return due_; }
  const std::string& name() const { return name_; }

  void serialize(Archive& a);

 private:
  friend class Scheduler;
  Scheduler& scheduler_;
  std::string name_;
  std::function<void()> fire_;
  base::TimePoint due_{};
  std::uint64_t sequence_ = 0;
  bool pending_ = false;
};

class Scheduler final : public base::Clock {
 public:
  base::TimePoint now() const override { return now_; }

  /// Runs everything due within `amount`, then stands at now() + amount. Never call it from inside
  /// an event.
  void sleep(base::Duration amount) override;

  /// Until the next event; the longest there is when none will ever be due.
  base::Duration quiet_for() const override;

  /// Runs the next pending event, moving time to it. False when none will ever be due.
  bool run_next();

  /// When the next event is due; nothing when none ever is.
  std::optional<base::TimePoint> next_due() const;

  /// Events fired since construction: what a fuzzer or a bench counts.
  std::uint64_t events_fired() const { return fired_; }

  /// Time and sequence; the timers save themselves.
  void serialize(Archive& a);

 private:
  friend class Timer;
  Timer* earliest() const;  ///< of those that will be due
  void fire(Timer& timer);

  base::TimePoint now_{};
  std::uint64_t next_sequence_ = 0;
  std::uint64_t fired_ = 0;
  bool firing_ = false;
  std::vector<Timer*> pending_;  ///< few (one a chip or so): a scan beats a heap here
};

}  // namespace emulator::sim
