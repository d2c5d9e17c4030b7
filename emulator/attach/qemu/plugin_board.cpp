// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/plugin_board.h"

#include "emulator/attach/board_line.h"
#include "emulator/attach/qemu/fault_text.h"
#include "emulator/attach/qemu/split_text.h"
#include "emulator/tpm/itpm.h"

namespace emulator::attach::qemu {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using machine::Machine;

Result<void> arm(Machine& machine, const std::string& text) {
  const auto faults = read_faults(text);
  if (!faults) return faults.error();
  for (const sim::FaultRule& rule : *faults) machine.faults().arm(rule);
  return {};
}

}  // namespace

PluginBoard::PluginBoard(BoardHost& host, KeptBoard board)
    : host_(host),
      interrupts_(host),
      folder_(std::move(board.folder)),
      machine_(std::move(board.machine)) {}

PluginBoard::~PluginBoard() {
  machine_->trace().detach(trace_);
  if (const auto closed = trace_.close(); !closed) host_.complain(closed.error().doing);
}

Result<std::unique_ptr<PluginBoard>> PluginBoard::make(const BoardOptions& options, BoardHost& host,
                                                       base::TimePoint now) {
  if (options.machine.empty() && options.state.empty()) {
    return Error{Errc::invalid,
                 "no machine is given: say machine=NAME, such as machine=esprimo-e5730"};
  }
  // The program is QEMU, beside which no profiles are: names are looked for in a given folder, then
  // among those that ship.
  auto kept = open_kept_board({.machine = options.machine,
                               .set = entries_of(options.set),
                               .state_dir = options.state,
                               .profiles = options.machines,
                               .set_option = "set"});
  if (!kept) return kept.error();
  std::unique_ptr<FlashFile> flash_file;
  if (kept->folder) {
    auto followed = kept->follow_flash();
    if (!followed) return followed.error();
    flash_file = std::move(followed).value();
  }
  if (const auto armed = arm(*kept->machine, options.faults); !armed) return armed.error();
  std::unique_ptr<PluginBoard> board(new PluginBoard(host, std::move(kept).value()));
  board->flash_file_ = std::move(flash_file);
  if (const auto traced = board->trace_to(options.trace); !traced) return traced.error();
  board->start(now);
  return board;
}

Result<void> PluginBoard::trace_to(const std::string& path) {
  if (path.empty()) return {};
  if (auto opened = trace_.open(path, machine_->profile().name); !opened) return opened;
  machine_->trace().attach(trace_);
  return {};
}

void PluginBoard::start(base::TimePoint now) {
  machine_->pci().connect(interrupts_);
  machine_->power_on();
  ahead_ = machine_->clock().now() - now;
  let_bios_work();
}

void PluginBoard::let_bios_work() {
  ahead_ += kBiosTime;
  pass(kBiosTime);
}

void PluginBoard::run_until(base::TimePoint now) {
  const base::Duration due = now + ahead_ - machine_->clock().now();
  if (due >= base::Duration::zero()) pass(due);
}

void PluginBoard::pass(base::Duration time) {
  machine_->clock().sleep(time);
  notice_lost_file();
  notice_power_loss();
}

void PluginBoard::notice_power_loss() {
  if (machine_->powered() || power_ == Power::lost) return;
  power_ = Power::lost;
  host_.power_lost();
}

/// Once: nothing more is written until a snapshot is loaded.
void PluginBoard::notice_lost_file() {
  if (!flash_file_ || keeping_ == Keeping::failed) return;
  const auto& written = flash_file_->written();
  if (written) return;
  keeping_ = Keeping::failed;
  host_.complain(written.error().doing);
}

std::optional<base::TimePoint> PluginBoard::next_event() {
  const auto due = machine_->clock().next_due();
  if (!due) return std::nullopt;
  return *due - ahead_;
}

void PluginBoard::reset() {
  if (!machine_->powered()) return;
  machine_->reset_platform();
  let_bios_work();
}

Result<base::Bytes> PluginBoard::save() {
  base::Bytes saved(sizeof(std::uint64_t));
  base::ByteWriter(saved).u64(static_cast<std::uint64_t>(ahead_.count()));
  const base::Bytes machine = machine_->snapshot();
  saved.insert(saved.end(), machine.begin(), machine.end());
  return saved;
}

Result<void> PluginBoard::restore(base::ByteView saved) {
  base::ByteReader in(saved);
  const auto ahead = base::Duration(static_cast<std::int64_t>(in.u64()));
  if (!in.ok()) return Error{Errc::invalid, "this is not a saved board"};
  // Loading switches the machine off and on again: that is nothing the host is to see.
  machine_->pci().disconnect();
  const auto restored = machine_->restore(in.bytes(in.remaining()));
  machine_->pci().connect(interrupts_);
  if (!restored) return restored;
  ahead_ = ahead;
  power_ = machine_->powered() ? Power::on : Power::lost;
  keeping_ = Keeping::works;
  return flash_file_ ? flash_file_->replace(machine_->flash()) : Result<void>();
}

std::uint32_t PluginBoard::read_config(std::uint32_t offset, std::uint32_t size) {
  return machine_->pci().read(offset, size);
}
void PluginBoard::write_config(std::uint32_t offset, std::uint32_t value, std::uint32_t size) {
  machine_->pci().write(offset, size, value);
}
base::Mmio& PluginBoard::bar() {
  return machine_->pci().mapped_bar();
}
base::Mmio* PluginBoard::tis() {
  return machine_->itpm() == nullptr ? nullptr : &machine_->itpm()->tis();
}

std::string PluginBoard::tpm_acpi_id() const {
  return machine_->profile().tpm.tis.acpi_id;
}

std::uint32_t read(base::Mmio& registers, std::uint32_t offset, std::uint32_t size) {
  if (size == 4) return registers.read32(offset);
  std::uint32_t value = 0;
  for (std::uint32_t i = 0; i < size; ++i)
    value |= std::uint32_t{registers.read8(offset + i)} << 8 * i;
  return value;
}

void write(base::Mmio& registers, std::uint32_t offset, std::uint32_t value, std::uint32_t size) {
  if (size == 4) return registers.write32(offset, value);
  for (std::uint32_t i = 0; i < size; ++i)
    registers.write8(offset + i, static_cast<std::uint8_t>(value >> 8 * i));
}

}  // namespace emulator::attach::qemu
