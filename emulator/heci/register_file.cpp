// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/register_file.h"

#include <algorithm>

namespace emulator::heci {
namespace {

using protocol::heci::HCsr;
using protocol::heci::MeCsrHa;

constexpr std::uint32_t kFloating = 0xFFFFFFFF;

}  // namespace

RegisterFile::RegisterFile(const HeciConfig& config, BadInputLog& bad_input)
    : later_(config.later_registers),
      h_csr_writable_(has_d0i3() ? protocol::heci::kHCsrWritableD0i3
                                 : protocol::heci::kHCsrWritable),
      h_csr_write_1_to_clear_(has_d0i3() ? protocol::heci::kHCsrWrite1ToClearD0i3
                                         : protocol::heci::kHCsrWrite1ToClear),
      bad_input_(bad_input),
      from_host_(config.depth),
      to_host_(config.depth) {}

void RegisterFile::connect_interrupt(sim::InterruptLine& line) {
  line_ = &line;
  if (level_ == sim::Level::high) line_->set_level(level_);
}

std::uint32_t RegisterFile::read_other(std::uint32_t offset) {
  switch (offset) {
    case protocol::heci::kHCbWw:
      bad_input_.count(&BadInput::read_of_write_only);
      return kFloating;
    case protocol::heci::kMeCbRw:
      return read_window();
    default:
      if (is_later(offset)) return later_value(offset);
      bad_input_.count(&BadInput::bad_offset);
      return kFloating;
  }
}

bool RegisterFile::is_later(std::uint32_t offset) const {
  if (offset == protocol::heci::kHD0i3c) return has_d0i3();
  return offset == protocol::heci::kMeTrc && later_ == LaterRegisters::d0i3_and_trc;
}

/// Nothing public tells what a TRC holds: it reads 0 here.
std::uint32_t RegisterFile::later_value(std::uint32_t offset) const {
  return offset == protocol::heci::kHD0i3c ? d0i3c_.bits() : 0;
}

std::uint32_t RegisterFile::peek(std::uint32_t offset) const {
  switch (offset) {
    case protocol::heci::kHCsr:
      return csr_value(h_csr_, from_host_);
    case protocol::heci::kMeCbRw:
      return me_ready() ? to_host_.front() : kFloating;
    case protocol::heci::kMeCsrHa:
      return csr_value(me_csr_, to_host_);
    default:
      return is_later(offset) ? later_value(offset) : kFloating;
  }
}

HostAction RegisterFile::write_other(std::uint32_t offset, std::uint32_t value) {
  switch (offset) {
    case protocol::heci::kHCbWw:
      write_window(value);
      return HostAction::none;
    case protocol::heci::kMeCbRw:
    case protocol::heci::kMeCsrHa:
      bad_input_.count(&BadInput::write_to_read_only);
      return HostAction::none;
    default:
      if (offset == protocol::heci::kHD0i3c && has_d0i3()) return write_d0i3c(value);
      bad_input_.count(&BadInput::bad_offset);
      return HostAction::none;
  }
}

// Where nothing is to be counted, nothing has to be looked at slot by slot.
void RegisterFile::read_slots(std::span<std::uint32_t> out) {
  if (me_ready()) {
    const std::size_t there = std::min<std::size_t>(out.size(), to_host_.filled());
    to_host_.pop_each(out.first(there));
    out = out.subspan(there);
  }
  for (std::uint32_t& slot : out) slot = read_window();
}

void RegisterFile::write_slots(std::span<const std::uint32_t> slots) {
  if (me_ready()) {
    const std::size_t fitting = std::min<std::size_t>(slots.size(), from_host_.free());
    from_host_.push_each(slots.first(fitting));
    slots = slots.subspan(fitting);
  }
  for (const std::uint32_t slot : slots) write_window(slot);
}

bool RegisterFile::me_ready() const {
  return me_csr_[MeCsrHa::rdy] != 0;
}

bool RegisterFile::host_ready() const {
  return h_csr_[HCsr::rdy] != 0 && h_csr_[HCsr::rst] == 0;
}

void RegisterFile::set_me_ready() {
  me_csr_ = me_csr_.with(MeCsrHa::rdy, 1).with(MeCsrHa::ie, 1).with(MeCsrHa::is, 0);
}

void RegisterFile::drop_link() {
  h_csr_ = h_csr_.with(HCsr::rdy, 0);
  me_csr_ = {};
  from_host_.clear();
  to_host_.clear();
}

void RegisterFile::refuse_reset() {
  h_csr_ = h_csr_.with(HCsr::rst, 0);
}

void RegisterFile::power_off() {
  drop_link();
  h_csr_ = {};
  d0i3c_ = {};
  update_line();
}

HostAction RegisterFile::write_d0i3c(std::uint32_t value) {
  using protocol::heci::HD0i3c;
  const protocol::heci::HD0i3cValue old = d0i3c_;
  const protocol::heci::HD0i3cValue written(value & protocol::heci::kHD0i3cWritable);
  const bool changes = old[HD0i3c::i3] != written[HD0i3c::i3];
  d0i3c_ = written.with(HD0i3c::cip, changes ? 1 : old[HD0i3c::cip]);
  return changes ? HostAction::power_gate : HostAction::none;
}

void RegisterFile::end_power_gate() {
  using protocol::heci::HD0i3c;
  const bool tells = d0i3c_[HD0i3c::ir] != 0;
  d0i3c_ = d0i3c_.with(HD0i3c::cip, 0).with(HD0i3c::ir, 0);
  if (tells) h_csr_ = h_csr_.with(HCsr::d0i3_is, 1);
  update_line();
}

void RegisterFile::interrupt_host() {
  h_csr_ = h_csr_.with(HCsr::is, 1);
  update_line();
}

void RegisterFile::acknowledge_doorbell() {
  me_csr_ = me_csr_.with(MeCsrHa::is, 0);
}

std::uint32_t RegisterFile::read_window() {
  if (!me_ready()) {
    bad_input_.count(&BadInput::read_while_not_ready);
    return kFloating;
  }
  if (to_host_.filled() == 0) bad_input_.count(&BadInput::read_from_empty_ring);
  return to_host_.pop();
}

void RegisterFile::write_window(std::uint32_t slot) {
  if (!me_ready()) {
    bad_input_.count(&BadInput::write_while_not_ready);
    return;
  }
  if (from_host_.free() == 0) bad_input_.count(&BadInput::write_to_full_ring);
  from_host_.push(slot);
}

HostAction RegisterFile::change_h_csr(protocol::heci::HCsrValue value, bool rings) {
  const bool was_in_reset = h_csr_[HCsr::rst] != 0;
  h_csr_ = value;
  update_line();
  if (!was_in_reset && h_csr_[HCsr::rst] != 0) return HostAction::reset;
  if (!rings) return HostAction::none;
  me_csr_ = me_csr_.with(MeCsrHa::is, 1);
  return HostAction::doorbell;
}

void RegisterFile::update_line() {
  const bool high = (h_csr_[HCsr::is] != 0 && h_csr_[HCsr::ie] != 0) ||
                    (h_csr_[HCsr::d0i3_is] != 0 && h_csr_[HCsr::d0i3_ie] != 0);
  const sim::Level level = high ? sim::Level::high : sim::Level::low;
  if (level == level_) return;
  level_ = level;
  if (line_ != nullptr) line_->set_level(level);
}

void RegisterFile::serialize(sim::Archive& a) {
  a.section("heci.registers");
  std::uint32_t h_csr = h_csr_.bits();
  std::uint32_t me_csr = me_csr_.bits();
  a.value(h_csr);
  a.value(me_csr);
  a.value(level_);
  from_host_.serialize(a);
  to_host_.serialize(a);
  if (has_d0i3()) {
    std::uint32_t d0i3c = d0i3c_.bits();
    a.value(d0i3c);
    d0i3c_ = protocol::heci::HD0i3cValue(d0i3c);
  }
  h_csr_ = protocol::heci::HCsrValue(h_csr);
  me_csr_ = protocol::heci::MeCsrHaValue(me_csr);
}

}  // namespace emulator::heci
