// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/host_side.h"

#include <algorithm>
#include <utility>

#include "base/promise.h"
#include "emulator/tpm/itpm.h"
#include "protocol/heci/registers.h"

namespace scenarios::engine {

using protocol::heci::HCsr;
using protocol::heci::HCsrValue;

namespace {
/// How finely a sleeping host is watched for the moment of a disturbance.
constexpr base::Duration kWatchSlice = std::chrono::milliseconds(1);
/// Of a clock that befall() lets jump: more than any wait of a program.
constexpr base::Duration kJump = std::chrono::hours(1);
}  // namespace

void HostSide::watch(const std::vector<During>& during) {
  MEBENCH_PROMISE(machine_ != nullptr, "a program runs beside a board");
  coming_ = during;
  bytes_before_ = bus_.image_bytes();
  began_ = now();
  ahead_ = {};
  stop_requested_ = false;
  killed_ = false;
  platform_was_reset_ = false;
  program_runs_ = true;
}

void HostSide::befall(Disturbance disturbance) {
  if (!program_runs_) return;
  During& now = coming_.emplace_back();
  now.disturbance = disturbance;
  if (disturbance == Disturbance::jump_clock) now.lasts = kJump;
}

std::vector<During> HostSide::stop_watching() {
  program_runs_ = false;
  platform_was_reset_ = false;
  killed_ = false;
  return std::exchange(coming_, {});
}

std::uint32_t HostSide::read32(std::uint32_t offset) {
  look_around();
  return machine_->bar0().read32(offset);
}

void HostSide::write32(std::uint32_t offset, std::uint32_t value) {
  look_around();
  machine_->bar0().write32(offset, value);
}

void HostSide::read32_each(std::uint32_t offset, std::span<std::uint32_t> out) {
  if (!is_quiet()) return Mmio::read32_each(offset, out);
  machine_->bar0().read32_each(offset, out);
}

void HostSide::write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) {
  if (!is_quiet()) return Mmio::write32_each(offset, values);
  machine_->bar0().write32_each(offset, values);
}

base::Mmio* HostSide::TpmRegisters::registers() {
  host_.look_around();
  emulator::tpm::Itpm* itpm = host_.machine_->itpm();
  return itpm == nullptr ? nullptr : &itpm->tis();
}

std::uint32_t HostSide::TpmRegisters::read32(std::uint32_t offset) {
  base::Mmio* tis = registers();
  return tis == nullptr ? 0xFFFFFFFF : tis->read32(offset);
}

void HostSide::TpmRegisters::write32(std::uint32_t offset, std::uint32_t value) {
  if (base::Mmio* tis = registers()) tis->write32(offset, value);
}

std::uint8_t HostSide::TpmRegisters::read8(std::uint32_t offset) {
  base::Mmio* tis = registers();
  return tis == nullptr ? 0xFF : tis->read8(offset);
}

void HostSide::TpmRegisters::write8(std::uint32_t offset, std::uint8_t value) {
  if (base::Mmio* tis = registers()) tis->write8(offset, value);
}

void HostSide::sleep(base::Duration amount) {
  const base::TimePoint end = now() + amount;
  while (!coming_.empty() && now() < end) {
    look_around();
    machine_->clock().sleep(std::min<base::Duration>(kWatchSlice, end - now()));
  }
  look_around();
  machine_->clock().sleep(std::max<base::Duration>(end - now(), {}));
}

base::Duration HostSide::quiet_for() const {
  return coming_.empty() ? machine_->clock().quiet_for() : base::Duration::zero();
}

void HostSide::reset_link() {
  const HCsrValue csr(machine_->bar0().read32(protocol::heci::kHCsr));
  machine_->bar0().write32(protocol::heci::kHCsr, csr.with(HCsr::rst, 1).with(HCsr::ig, 1).bits());
  machine_->bar0().write32(protocol::heci::kHCsr,
                           csr.with(HCsr::rst, 0).with(HCsr::rdy, 0).with(HCsr::ig, 1).bits());
}

bool HostSide::has_come(const During& during) const {
  if (during.after_bytes && bus_.image_bytes() - bytes_before_ < *during.after_bytes) return false;
  if (during.after && now() - began_ < *during.after) return false;
  return !during.session || machine_->firmware().update_session().state() == *during.session;
}

void HostSide::strike(const During& during) {
  switch (during.disturbance) {
    case Disturbance::stop:
      stop_requested_ = true;
      return;
    case Disturbance::kill:
      killed_ = true;
      return;
    case Disturbance::reset_link:
      return reset_link();
    case Disturbance::reset_me:
      return machine_->reset_me();
    case Disturbance::reset_platform:
      platform_was_reset_ = true;
      return machine_->reset_platform();
    case Disturbance::power_cut:
      return machine_->power_cut();
    case Disturbance::suspend:
      return suspend(during.lasts);
    case Disturbance::jump_clock:
      ahead_ += during.lasts;
      return;
    case Disturbance::fault:
      return armed_.arm(machine_->faults(), during.fault, during.place);
  }
}

/// The program sleeps with its computer and goes on where it was.
void HostSide::suspend(base::Duration lasts) {
  machine_->sleep(emulator::firmware::Sleep::s3);
  machine_->clock().sleep(lasts);
  machine_->power_on();
}

void HostSide::see_what_has_come() {
  for (std::size_t i = 0; i < coming_.size();) {
    if (!has_come(coming_[i])) {
      ++i;
      continue;
    }
    const During now = coming_[i];
    coming_.erase(coming_.begin() + static_cast<std::ptrdiff_t>(i));
    strike(now);
  }
  notice_death();
}

void HostSide::notice_death() {
  if (!after_death_ || !program_runs_ || (!killed_ && is_up())) return;
  program_runs_ = false;
  killed_ = true;
  after_death_();
}

}  // namespace scenarios::engine
