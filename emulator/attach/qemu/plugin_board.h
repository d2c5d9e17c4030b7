// SPDX-License-Identifier: GPL-2.0-or-later
// A simulated board inside another program that has the processor and the time: QEMU. Whoever calls
// says how far time has come.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/mmio.h"
#include "base/result.h"
#include "emulator/attach/kept_board.h"
#include "emulator/attach/qemu/port_board.h"
#include "emulator/machine/machine.h"
#include "emulator/pci/heci_function.h"
#include "emulator/sim/interrupt_line.h"
#include "emulator/trace/trace_writer.h"

namespace emulator::attach::qemu {

/// Texts as the device's properties give them; empty: not given.
struct BoardOptions {
  std::string machine;   ///< a profile's name or path; with `state`, empty means the kept one
  std::string machines;  ///< the folder in which names are looked for first
  std::string set;       ///< KEY=VALUE;KEY=VALUE; a doubled semicolon is one of the value
  std::string state;     ///< folder
  std::string trace;     ///< file
  std::string faults;    ///< as read_faults() takes it
};

class PluginBoard final : public PortBoard {
 public:
  /// A powered board with its ME booted. Errors: invalid, not_found (profile, faults), busy (the
  /// state folder is in use), io; each names what and where.
  static base::Result<std::unique_ptr<PluginBoard>> make(const BoardOptions& options,
                                                         BoardHost& host, base::TimePoint now);
  ~PluginBoard() override;

  void run_until(base::TimePoint now) override;
  std::optional<base::TimePoint> next_event() override;

  /// QEMU's BIOS is done before the ME of a real board is, so the board gets the time that a
  /// board's own BIOS takes.
  void reset() override;

  /// All of the board, for snapshots and migration of the program it is in. Restored into a board
  /// made with the same options, once the caller's clock is back at where it was; the flash file of
  /// `state` then holds the snapshot's flash. Errors: invalid (no saved board, or another's), io.
  base::Result<base::Bytes> save() override;
  base::Result<void> restore(base::ByteView saved) override;

  std::uint32_t read_config(std::uint32_t offset, std::uint32_t size) override;
  void write_config(std::uint32_t offset, std::uint32_t value, std::uint32_t size) override;
  base::Mmio& bar() override;
  base::Mmio* tis() override;
  std::string tpm_acpi_id() const override;

 private:
  /// The interrupts of the PCI function on their way to the host. The TPM's is not wired.
  class Interrupts final : public pci::InterruptListener {
   public:
    explicit Interrupts(BoardHost& host) : host_(host) {}
    void intx(sim::Level level) override { host_.set_intx(level); }
    void msi(std::uint64_t address, std::uint16_t data) override {
      host_.send_message(address, data);
    }

   private:
    BoardHost& host_;
  };

  PluginBoard(BoardHost& host, KeptBoard board);
  base::Result<void> trace_to(const std::string& path);
  void start(base::TimePoint now);
  void let_bios_work();
  void pass(base::Duration time);
  void notice_power_loss();
  void notice_lost_file();

  BoardHost& host_;
  Interrupts interrupts_;
  trace::TraceWriter trace_;
  std::unique_ptr<StateFolder> folder_;    ///< null: nothing is kept
  std::unique_ptr<FlashFile> flash_file_;  ///< the same
  std::unique_ptr<machine::Machine> machine_;
  base::Duration ahead_{};  ///< of the caller's clock, by the time BIOSes have taken
  enum class Power : std::uint8_t { on, lost } power_ = Power::on;
  enum class Keeping : std::uint8_t { works, failed } keeping_ = Keeping::works;
};

/// One bus cycle of 1, 2 or 4 bytes.
std::uint32_t read(base::Mmio& registers, std::uint32_t offset, std::uint32_t size);
void write(base::Mmio& registers, std::uint32_t offset, std::uint32_t value, std::uint32_t size);

}  // namespace emulator::attach::qemu
