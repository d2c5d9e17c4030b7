// SPDX-License-Identifier: BSD-3-Clause
// The HECI registers: every bit, access rule and side effect the host can see. What they lead
// to is HeciDevice's.
#pragma once

#include <cstdint>
#include <span>

#include "emulator/heci/bad_input.h"
#include "emulator/heci/heci_config.h"
#include "emulator/heci/ring.h"
#include "emulator/sim/interrupt_line.h"
#include "protocol/heci/registers.h"

namespace emulator::heci {

/// What a host write asks of the ME; `power_gate`: D0i3 is to be entered or left. A reset and a
/// doorbell in one write are a reset.
enum class HostAction : std::uint8_t { none, doorbell, reset, power_gate };

class RegisterFile {
 public:
  /// `depth` of both rings, in slots. It can be read before the first reset, as hosts do.
  RegisterFile(const HeciConfig& config, BadInputLog& bad_input);

  /// The line is taken to be low; it hears at once if it is not.
  void connect_interrupt(sim::InterruptLine& line);

  // The host's side.
  std::uint32_t read(std::uint32_t offset) {
    if (offset == protocol::heci::kHCsr) return csr_value(h_csr_, from_host_);
    if (offset == protocol::heci::kMeCsrHa) return csr_value(me_csr_, to_host_);
    return read_other(offset);
  }
  std::uint32_t peek(std::uint32_t offset) const;  ///< read() without its side effects
  HostAction write(std::uint32_t offset, std::uint32_t value) {
    return offset == protocol::heci::kHCsr ? write_h_csr(value) : write_other(offset, value);
  }
  /// read(kMeCbRw) and write(kHCbWw, ...), each as often as there are slots.
  void read_slots(std::span<std::uint32_t> out);
  void write_slots(std::span<const std::uint32_t> slots);

  // The ME's side.
  bool me_ready() const;
  bool host_ready() const;  ///< H_RDY, and not held in reset
  void set_me_ready();      ///< ME_RDY; who sets it interrupts the host
  void drop_link();         ///< both RDY bits and all pointers go to 0; H_RST, H_IS and H_IE stay
  void refuse_reset();      ///< H_RST falls, and nothing else changes
  void power_off();         ///< everything but the depth goes to 0
  void interrupt_host();    ///< ME_IG: sets H_IS
  void acknowledge_doorbell();  ///< clears ME_IS
  void end_power_gate();        ///< H_D0I3C: CIP falls, and interrupts where IR asked for it

  Ring& from_host() { return from_host_; }
  const Ring& from_host() const { return from_host_; }
  Ring& to_host() { return to_host_; }
  /// Whether the host wrote to a full ring or read from an empty one.
  bool overrun() const { return from_host_.overrun() || to_host_.overrun(); }

  void serialize(sim::Archive& a);

 private:
  /// Depth and pointers of `ring` in the places both CSRs have them.
  template <class Csr>
  static std::uint32_t csr_value(base::Register32<Csr> control, const Ring& ring) {
    return control.with(Csr::cbd, ring.depth())
        .with(Csr::cbwp, ring.write_pointer())
        .with(Csr::cbrp, ring.read_pointer())
        .bits();
  }
  std::uint32_t read_other(std::uint32_t offset);
  HostAction write_other(std::uint32_t offset, std::uint32_t value);
  std::uint32_t read_window();
  void write_window(std::uint32_t slot);
  HostAction write_h_csr(std::uint32_t value) {
    const std::uint32_t old = h_csr_.bits();
    const std::uint32_t bits =
        ((old & ~h_csr_writable_) | (value & h_csr_writable_)) & ~(value & h_csr_write_1_to_clear_);
    const bool rings = protocol::heci::HCsrValue(value)[protocol::heci::HCsr::ig] != 0;
    if (bits == old && !rings) return HostAction::none;
    return change_h_csr(protocol::heci::HCsrValue(bits), rings);
  }
  HostAction change_h_csr(protocol::heci::HCsrValue value, bool rings);
  HostAction write_d0i3c(std::uint32_t value);
  bool has_d0i3() const { return later_ != LaterRegisters::none; }
  bool is_later(std::uint32_t offset) const;
  std::uint32_t later_value(std::uint32_t offset) const;
  void update_line();

  LaterRegisters later_;
  std::uint32_t h_csr_writable_;
  std::uint32_t h_csr_write_1_to_clear_;
  BadInputLog& bad_input_;
  sim::InterruptLine* line_ = nullptr;
  Ring from_host_;
  Ring to_host_;
  protocol::heci::HD0i3cValue d0i3c_;
  protocol::heci::HCsrValue h_csr_;      ///< bits 6:0; depth and pointers live in the ring
  protocol::heci::MeCsrHaValue me_csr_;  ///< likewise
  sim::Level level_ = sim::Level::low;
};

}  // namespace emulator::heci
