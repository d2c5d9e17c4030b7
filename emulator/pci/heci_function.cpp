// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/pci/heci_function.h"

#include <bit>

#include "base/promise.h"
#include "emulator/pci/config_table.h"

namespace emulator::pci {
namespace {

/// Whose low bits tell what the BAR is (PCI 3.0, 6.2.5.1).
constexpr std::uint32_t kSmallestBar = 16;

constexpr std::uint32_t all_ones(std::uint32_t size) {
  return size >= 4 ? 0xFFFFFFFF : (1u << 8 * size) - 1;
}

bool is_access(std::uint32_t offset, std::uint32_t size) {
  return (size == 1 || size == 2 || size == 4) && offset < 256 && size <= 256 - offset;
}

}  // namespace

HeciFunction::HeciFunction(const PciConfig& config, base::Mmio& registers)
    : config_(config), registers_(registers) {
  MEBENCH_PROMISE(config.bar_size >= kSmallestBar && std::has_single_bit(config.bar_size),
                  "a BAR's size is a power of two");
  set_to_board_values();
}

std::uint32_t HeciFunction::read(std::uint32_t offset, std::uint32_t size) const {
  return is_access(offset, size) ? field(offset, size) : all_ones(size);
}

void HeciFunction::write(std::uint32_t offset, std::uint32_t size, std::uint32_t value) {
  if (!is_access(offset, size)) return;
  const std::uint32_t old_power_state = field(reg::kPmcs, 2) & kPmcsPowerState;
  for (std::uint32_t i = 0; i < size; ++i) {
    write_byte(offset + i, static_cast<std::uint8_t>(value >> 8 * i));
  }
  for (std::uint32_t i = 0; i < size; ++i) locked_ |= kConfigMasks.once[offset + i];
  keep_power_state_legal(old_power_state);
  update();
}

void HeciFunction::reset() {
  set_to_board_values();
  update();
}

void HeciFunction::set_firmware_status(std::uint32_t hfs) {
  put(reg::kHfs, 4, hfs);
}

void HeciFunction::set_later_status(const std::array<std::uint32_t, 5>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) put(kLaterStatusAt[i], 4, words[i]);
}

std::uint64_t HeciFunction::bar_address() const {
  const std::uint64_t upper = field(reg::kMbar + 4, 4);
  return upper << 32 | (field(reg::kMbar, 4) & ~0xFu);
}

void HeciFunction::connect(InterruptListener& listener) {
  listener_ = &listener;
  if (intx_ == sim::Level::high) listener.intx(intx_);
}

std::uint32_t HeciFunction::field(std::uint32_t offset, std::uint32_t size) const {
  std::uint32_t value = 0;
  for (std::uint32_t i = 0; i < size; ++i) {
    value |= static_cast<std::uint32_t>(space_[offset + i]) << 8 * i;
  }
  return value;
}

void HeciFunction::put(std::uint32_t offset, std::uint32_t size, std::uint32_t value) {
  for (std::uint32_t i = 0; i < size; ++i) {
    space_[offset + i] = static_cast<std::uint8_t>(value >> 8 * i);
  }
}

/// A BAR's size is what of its address cannot be written.
std::uint8_t HeciFunction::writable(std::uint32_t offset) const {
  const bool is_bar = offset >= reg::kMbar && offset < reg::kMbar + 4u;
  const std::uint32_t unreachable =
      is_bar ? (config_.bar_size - 1) >> 8 * (offset - reg::kMbar) : 0;
  return static_cast<std::uint8_t>(kConfigMasks.writable[offset] & ~unreachable);
}

void HeciFunction::write_byte(std::uint32_t offset, std::uint8_t value) {
  if ((kConfigMasks.once[offset] & locked_) != 0) return;
  const std::uint8_t mask = writable(offset);
  std::uint32_t byte = (space_[offset] & ~mask) | (value & mask);
  byte &= ~(value & kConfigMasks.write_1_to_clear[offset]);
  space_[offset] = static_cast<std::uint8_t>(byte);
}

/// D1 and D2 are not there: a write that asks for one changes no power state.
void HeciFunction::keep_power_state_legal(std::uint32_t old_power_state) {
  const std::uint32_t pmcs = field(reg::kPmcs, 2);
  const std::uint32_t asked = pmcs & kPmcsPowerState;
  if (asked == 0 || asked == kPmcsD3Hot) return;
  put(reg::kPmcs, 2, (pmcs & ~kPmcsPowerState) | old_power_state);
}

void HeciFunction::set_to_board_values() {
  space_ = {};
  locked_ = 0;
  for (const ConfigRow& row : kConfigRows) put(row.offset, row.size, row.reset);
  put(reg::kDid, 2, config_.device_id);
  put(reg::kRid, 1, config_.revision);
  put(reg::kProgIf, 1, config_.prog_if);
  put(reg::kSvid, 2, config_.subsystem_vendor);
  put(reg::kSid, 2, config_.subsystem_id);
  put(reg::kHfs, 4, config_.firmware_status);
  set_later_status(config_.later_status);
}

void HeciFunction::serialize(sim::Archive& a) {
  a.section("pci.heci");
  a.value(base::MutableByteView(space_));
  a.value(locked_);
  a.value(line_);
  a.value(intx_);
  a.value(msi_);
  update_decoding();
}

}  // namespace emulator::pci
