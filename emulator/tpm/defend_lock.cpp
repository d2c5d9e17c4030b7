// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/defend_lock.h"

#include <algorithm>
#include <limits>

#include "base/planted.h"
#include "base/reached.h"

namespace emulator::tpm {

using base::Duration;

DefendLock::DefendLock(const Lockout& parameters, StatePartition& partition,
                       sim::Scheduler& scheduler, sim::Trace& trace)
    : parameters_(parameters),
      partition_(partition),
      scheduler_(scheduler),
      trace_(trace),
      end_(scheduler, "tpm.lockout", [this] { end_lockout(); }) {}

void DefendLock::power_on() {
  count_ = partition_.record().failed_attempts;
  reset_refused_ = false;
  fading_since_ = scheduler_.now();
  if (!partition_.record().lockout) return;
  base::reached(base::Place::lockout_survives);
  begin_lockout();
}

void DefendLock::power_off() {
  end_.stop();
  count_ = 0;
}

void DefendLock::fail() {
  settle();
  if (count_ < std::numeric_limits<std::uint16_t>::max()) ++count_;
  fading_since_ = scheduler_.now();
  if (length_after(count_) > Duration::zero()) begin_lockout();
  keep();
}

void DefendLock::begin_by_fault() {
  settle();
  count_ = std::max(count_, parameters_.threshold);
  fading_since_ = scheduler_.now();
  begin_lockout();
  keep();
}

void DefendLock::clear() {
  if (running()) base::reached(base::Place::lockout_lifted);
  end_.stop();
  count_ = 0;
  reset_refused_ = false;
  keep();
}

Duration DefendLock::left() const {
  return running() ? end_.due() - scheduler_.now() : Duration::zero();
}

Duration DefendLock::length_after(std::uint16_t failures) const {
  if (parameters_.threshold == 0 || failures < parameters_.threshold) return Duration::zero();
  Duration length = std::min(parameters_.initial, kLongest);
  for (int i = parameters_.threshold; i < failures && length < kLongest; ++i) {
    if (parameters_.multiplier <= 1) break;
    length =
        length > kLongest / parameters_.multiplier ? kLongest : length * parameters_.multiplier;
  }
  return length;
}

void DefendLock::settle() {
  if (parameters_.fade_out <= Duration::zero() || count_ == 0 || running()) return;
  const std::int64_t faded = (scheduler_.now() - fading_since_) / parameters_.fade_out;
  if (faded <= 0) return;
  fading_since_ += faded * parameters_.fade_out;
  count_ = static_cast<std::uint16_t>(count_ - std::min<std::int64_t>(faded, count_));
  keep();
}

void DefendLock::begin_lockout() {
  const Duration length = length_after(count_);
  if (length <= Duration::zero()) return;
  end_.start(length);
  base::reached(base::Place::lockout_begins);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
  trace_.record({.kind = sim::TraceKind::tpm,
                 .a = count_,
                 .b = static_cast<std::uint32_t>(seconds),
                 .text = "lockout begins"});
}

void DefendLock::end_lockout() {
  base::reached(base::Place::lockout_ends);
  reset_refused_ = false;
  fading_since_ = scheduler_.now();
  keep();
  trace_.record({.kind = sim::TraceKind::tpm, .a = count_, .text = "lockout ends"});
}

/// A partition that cannot be written does not stop the defence: the count goes on in RAM.
void DefendLock::keep() {
  if (base::planted(base::PlantedBug::failed_tries_not_persisted)) return;
  StateRecord record = partition_.record();
  if (record.failed_attempts == count_ && record.lockout == running()) return;
  record.failed_attempts = count_;
  record.lockout = running();
  (void)partition_.store(record);
}

void DefendLock::serialize(sim::Archive& a) {
  a.section("tpm.defend_lock");
  end_.serialize(a);
  a.value(count_);
  a.value(reset_refused_);
  a.value(fading_since_);
}

}  // namespace emulator::tpm
