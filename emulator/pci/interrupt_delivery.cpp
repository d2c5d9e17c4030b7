// SPDX-License-Identifier: BSD-3-Clause
// What the configuration registers switch: whether BAR0 answers, and how the device's level reaches
// the host.
#include <algorithm>

#include "emulator/pci/config_table.h"
#include "emulator/pci/heci_function.h"

namespace emulator::pci {
namespace {

constexpr sim::Level level(bool high) {
  return high ? sim::Level::high : sim::Level::low;
}

}  // namespace

std::uint32_t HeciFunction::MappedBar::read32(std::uint32_t offset) {
  return function_.decodes_ ? function_.registers_.read32(offset) : 0xFFFFFFFF;
}

void HeciFunction::MappedBar::write32(std::uint32_t offset, std::uint32_t value) {
  if (function_.decodes_) function_.registers_.write32(offset, value);
}

void HeciFunction::MappedBar::read32_each(std::uint32_t offset, std::span<std::uint32_t> out) {
  if (function_.decodes_) return function_.registers_.read32_each(offset, out);
  std::ranges::fill(out, 0xFFFFFFFF);
}

void HeciFunction::MappedBar::write32_each(std::uint32_t offset,
                                           std::span<const std::uint32_t> values) {
  if (function_.decodes_) function_.registers_.write32_each(offset, values);
}

void HeciFunction::set_level(sim::Level new_level) {
  line_ = new_level;
  update_interrupts();
}

void HeciFunction::update() {
  update_decoding();
  update_interrupts();
}

bool HeciFunction::in_d0() const {
  return (field(reg::kPmcs, 2) & kPmcsPowerState) == 0;
}

HeciFunction::Route HeciFunction::find_route() const {
  const std::uint32_t cmd = field(reg::kCmd, 2);
  if (!in_d0() || field(reg::kHidm, 1) != kHidmLegacy) return Route::blocked;
  if ((field(reg::kMc, 2) & kMcEnable) == 0) {
    return (cmd & kCmdIntxDisable) == 0 ? Route::pin : Route::status_only;
  }
  // An MSI is a memory write: it waits for bus mastering like any other.
  return (cmd & kCmdBusMaster) != 0 ? Route::message : Route::blocked;
}

void HeciFunction::update_decoding() {
  decodes_ = in_d0() && (field(reg::kCmd, 2) & kCmdMemorySpace) != 0;
  route_ = find_route();
}

void HeciFunction::update_interrupts() {
  const bool pending = line_ == sim::Level::high;
  const bool in_status = pending && (route_ == Route::pin || route_ == Route::status_only);
  const std::uint32_t sts = space_[reg::kSts] & ~kStsInterrupt;
  space_[reg::kSts] = static_cast<std::uint8_t>(in_status ? sts | kStsInterrupt : sts);
  drive_intx(level(pending && route_ == Route::pin));
  drive_msi(level(pending && route_ == Route::message));
}

void HeciFunction::drive_intx(sim::Level new_level) {
  if (new_level == intx_) return;
  intx_ = new_level;
  if (listener_ != nullptr) listener_->intx(new_level);
}

void HeciFunction::drive_msi(sim::Level new_level) {
  const bool rises = new_level == sim::Level::high && msi_ == sim::Level::low;
  msi_ = new_level;
  if (!rises || listener_ == nullptr) return;
  std::optional<sim::FaultRule> fault;
  if (faults_ != nullptr) fault = faults_->reach(sim::FaultPoint::msi);
  const bool is_lost = fault && sim::row_of(fault->action).blow == sim::Blow::silence;
  if (is_lost) return;
  send_msi();
  if (fault) send_msi();  // the other thing that can befall it
}

void HeciFunction::send_msi() {
  const std::uint64_t upper = field(reg::kMua, 4);
  listener_->msi(upper << 32 | field(reg::kMa, 4), static_cast<std::uint16_t>(field(reg::kMd, 2)));
}

}  // namespace emulator::pci
