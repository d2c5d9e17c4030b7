// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/sim/scheduler.h"

#include <algorithm>

#include "base/promise.h"

namespace emulator::sim {
namespace {

/// The end of time, which never comes: what is due then is never due.
constexpr base::TimePoint kNever = base::TimePoint::max();

/// Time ends; it does not begin anew.
base::TimePoint later(base::TimePoint now, base::Duration amount) {
  return amount > kNever - now ? kNever : now + amount;
}

}  // namespace

Timer::Timer(Scheduler& scheduler, std::string name, std::function<void()> fire)
    : scheduler_(scheduler), name_(std::move(name)), fire_(std::move(fire)) {}

Timer::~Timer() {
  stop();
}

void Timer::start(base::Duration delay) {
  MEBENCH_PROMISE(delay >= base::Duration::zero(), "nothing is scheduled in the past");
  if (!pending_) scheduler_.pending_.push_back(this);
  pending_ = true;
  due_ = later(scheduler_.now(), delay);
  sequence_ = scheduler_.next_sequence_++;
}

void Timer::stop() {
  if (!pending_) return;
  std::erase(scheduler_.pending_, this);
  pending_ = false;
}

void Timer::serialize(Archive& a) {
  a.section(name_);
  bool pending = pending_;
  a.value(pending);
  a.value(due_);
  a.value(sequence_);
  if (!a.is_loading() || pending == pending_) return;
  stop();
  if (pending) scheduler_.pending_.push_back(this);
  pending_ = pending;
}

void Scheduler::sleep(base::Duration amount) {
  MEBENCH_PROMISE(!firing_, "waiting inside an event would run time inside time");
  const base::TimePoint end = later(now_, amount);
  for (Timer* next = earliest(); next != nullptr && next->due_ <= end; next = earliest())
    fire(*next);
  now_ = end;
}

base::Duration Scheduler::quiet_for() const {
  const Timer* next = earliest();
  return next == nullptr ? base::Duration::max() : std::max(next->due_ - now_, {});
}

bool Scheduler::run_next() {
  MEBENCH_PROMISE(!firing_, "time is run by one caller at a time");
  Timer* next = earliest();
  if (next == nullptr) return false;
  fire(*next);
  return true;
}

std::optional<base::TimePoint> Scheduler::next_due() const {
  const Timer* next = earliest();
  if (next == nullptr) return std::nullopt;
  return next->due_;
}

void Scheduler::serialize(Archive& a) {
  a.section("scheduler");
  a.value(now_);
  a.value(next_sequence_);
}

Timer* Scheduler::earliest() const {
  const auto earlier = [](const Timer* a, const Timer* b) {
    return a->due_ != b->due_ ? a->due_ < b->due_ : a->sequence_ < b->sequence_;
  };
  const auto at = std::min_element(pending_.begin(), pending_.end(), earlier);
  return at == pending_.end() || (*at)->due_ == kNever ? nullptr : *at;
}

void Scheduler::fire(Timer& timer) {
  now_ = std::max(now_, timer.due_);
  timer.stop();
  ++fired_;
  firing_ = true;
  timer.fire_();
  firing_ = false;
}

}  // namespace emulator::sim
