// SPDX-License-Identifier: BSD-3-Clause
// PCI function 00:03.0: the HECI controller's 256 bytes of configuration space, and its way to
// interrupt the host.
#pragma once

#include <array>
#include <cstdint>

#include "base/mmio.h"
#include "emulator/pci/pci_config.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/interrupt_line.h"

namespace emulator::pci {

/// The host's interrupt controller, as the attachments implement it.
class InterruptListener {
 public:
  virtual ~InterruptListener() = default;
  virtual void intx(sim::Level level) = 0;  ///< INTA# changed; high is asserted
  virtual void msi(std::uint64_t address, std::uint16_t data) = 0;  ///< one message
};

class HeciFunction final : public sim::InterruptLine {
 public:
  /// `registers` is what BAR0 leads to.
  HeciFunction(const PciConfig& config, base::Mmio& registers);

  /// Reads `size` (1, 2 or 4) bytes at `offset`, little-endian. Beyond byte 255 the bus answers
  /// all ones.
  std::uint32_t read(std::uint32_t offset, std::uint32_t size) const;
  /// Writes `size` (1, 2 or 4) bytes; read-only bits keep their value. Beyond byte 255
  /// nothing happens.
  void write(std::uint32_t offset, std::uint32_t size, std::uint32_t value);

  /// Platform reset: every register back to the board's values, write-once registers open again.
  void reset();

  /// HFS at 40h, which the ME's firmware writes and the host reads.
  void set_firmware_status(std::uint32_t hfs);
  /// 48h, 60h, 64h, 68h, 6Ch of generations that have them.
  void set_later_status(const std::array<std::uint32_t, 5>& words);

  /// BAR0 as the bus decodes it: FFFFFFFFh and ignored writes while memory space is disabled or
  /// in D3hot.
  base::Mmio& mapped_bar() { return bar_; }
  std::uint32_t bar_size() const { return config_.bar_size; }  ///< bytes
  /// The address the host gave BAR0.
  std::uint64_t bar_address() const;

  /// The device's interrupt output.
  void set_level(sim::Level new_level) override;

  /// INTA# is taken to be deasserted; the listener hears at once if it is not.
  void connect(InterruptListener& listener);
  /// Nobody hears of interrupts until the next connect().
  void disconnect() { listener_ = nullptr; }
  /// Asked from now on about each MSI (FaultPoint::msi).
  void stand_under(sim::FaultPlan& faults) { faults_ = &faults; }
  sim::Level intx_level() const { return intx_; }

  void serialize(sim::Archive& a);

 private:
  class MappedBar final : public base::Mmio {
   public:
    explicit MappedBar(HeciFunction& function) : function_(function) {}
    std::uint32_t read32(std::uint32_t offset) override;
    void write32(std::uint32_t offset, std::uint32_t value) override;
    void read32_each(std::uint32_t offset, std::span<std::uint32_t> out) override;
    void write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) override;

   private:
    HeciFunction& function_;
  };

  std::uint32_t field(std::uint32_t offset, std::uint32_t size) const;
  void put(std::uint32_t offset, std::uint32_t size, std::uint32_t value);
  std::uint8_t writable(std::uint32_t offset) const;
  void write_byte(std::uint32_t offset, std::uint8_t value);
  void keep_power_state_legal(std::uint32_t old_power_state);
  void set_to_board_values();

  /// Where the registers send the device's interrupt.
  enum class Route : std::uint8_t {
    blocked,      ///< nowhere: D3hot, delivered otherwise (HIDM), or an MSI without bus mastering
    status_only,  ///< INTx disabled: STS shows it
    pin,
    message,
  };

  // What the registers switch (interrupt_delivery.cpp).
  void update();
  bool in_d0() const;
  Route find_route() const;
  void update_decoding();
  void update_interrupts();
  void drive_intx(sim::Level new_level);
  void drive_msi(sim::Level new_level);
  void send_msi();

  PciConfig config_;
  base::Mmio& registers_;
  InterruptListener* listener_ = nullptr;
  sim::FaultPlan* faults_ = nullptr;
  MappedBar bar_{*this};
  std::array<std::uint8_t, 256> space_{};
  std::uint32_t locked_ = 0;  ///< bit n: the n-th write-once register has been written
  bool decodes_ = false;      ///< BAR0 answers; follows from space_
  Route route_ = Route::pin;  ///< likewise
  sim::Level line_ = sim::Level::low;
  sim::Level intx_ = sim::Level::low;
  sim::Level msi_ = sim::Level::low;  ///< high: the message for this assertion was sent
};

}  // namespace emulator::pci
