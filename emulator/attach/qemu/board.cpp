// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/board.h"

#include <fmt/format.h>

#include <filesystem>

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
using machine::Override;
using machine::Profile;

/// The program is QEMU, beside which no profiles are: names are looked for in a given folder.
std::string place_of(const std::string& machine, const std::string& folder) {
  const bool is_path = machine.find('/') != std::string::npos || machine.ends_with(".toml");
  if (is_path || folder.empty()) return machine;
  const std::filesystem::path place = std::filesystem::path(folder) / (machine + ".toml");
  return place.string();
}

Result<std::vector<Override>> overrides(const std::vector<std::string>& set) {
  std::vector<Override> all;
  for (const std::string& entry : set) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error{Errc::invalid, fmt::format("set \"{}\": must be KEY=VALUE, such as "
                                              "settings.enabled_update_interfaces=1",
                                              entry)};
    }
    all.push_back({entry.substr(0, equals), entry.substr(equals + 1), "set"});
  }
  return all;
}

Result<std::unique_ptr<Machine>> build(const KeptBoard& kept, const std::string& folder) {
  const auto changes = overrides(kept.set);
  if (!changes) return changes.error();
  const auto profile = machine::load_profile(place_of(kept.machine, folder), *changes);
  if (!profile) return profile.error();
  machine::MachineOptions options;
  if (!kept.flash.empty()) options.flash = kept.flash;
  return Machine::build(*profile, options);
}

Result<void> arm(Machine& machine, const std::string& text) {
  const auto faults = read_faults(text);
  if (!faults) return faults.error();
  for (const sim::FaultRule& rule : *faults) machine.faults().arm(rule);
  return {};
}

}  // namespace

Board::Board(BoardHost& host, std::unique_ptr<StateFiles> files, std::unique_ptr<Machine> machine)
    : host_(host), interrupts_(host), files_(std::move(files)), machine_(std::move(machine)) {}

Board::~Board() {
  machine_->trace().detach(trace_);
  if (const auto closed = trace_.close(); !closed) host_.complain(closed.error().doing);
}

Result<std::unique_ptr<Board>> Board::make(const BoardOptions& options, BoardHost& host,
                                           base::TimePoint now) {
  KeptBoard kept{.machine = options.machine, .set = split(options.set, ';'), .flash = {}};
  std::unique_ptr<StateFiles> files;
  if (!options.state.empty()) {
    auto opened = StateFiles::open(options.state);
    if (!opened) return opened.error();
    files = std::move(opened).value();
    auto found = files->load(kept);
    if (!found) return found.error();
    kept = std::move(found).value();
  }
  if (kept.machine.empty()) {
    return Error{Errc::invalid,
                 "no machine is given: say machine=NAME, such as machine=esprimo-e5730"};
  }
  auto machine = build(kept, options.machines);
  if (!machine) return machine.error();
  if (files) {
    if (const auto begun = files->begin(kept, (*machine)->flash()); !begun) return begun.error();
    (*machine)->mirror_flash(files->flash_file());
  }
  if (const auto armed = arm(**machine, options.faults); !armed) return armed.error();
  std::unique_ptr<Board> board(new Board(host, std::move(files), std::move(machine).value()));
  if (const auto traced = board->trace_to(options.trace); !traced) return traced.error();
  board->start(now);
  return board;
}

Result<void> Board::trace_to(const std::string& path) {
  if (path.empty()) return {};
  if (auto opened = trace_.open(path, machine_->profile().name); !opened) return opened;
  machine_->trace().attach(trace_);
  return {};
}

void Board::start(base::TimePoint now) {
  machine_->pci().connect(interrupts_);
  machine_->power_on();
  ahead_ = machine_->clock().now() - now;
  let_bios_work();
}

void Board::let_bios_work() {
  ahead_ += kBiosTime;
  pass(kBiosTime);
}

void Board::run_until(base::TimePoint now) {
  const base::Duration due = now + ahead_ - machine_->clock().now();
  if (due >= base::Duration::zero()) pass(due);
}

void Board::pass(base::Duration time) {
  machine_->clock().sleep(time);
  notice_lost_file();
  notice_power_loss();
}

void Board::notice_power_loss() {
  if (machine_->powered() || power_ == Power::lost) return;
  power_ = Power::lost;
  host_.power_lost();
}

/// Once: nothing more is written until a snapshot is loaded.
void Board::notice_lost_file() {
  if (!files_ || keeping_ == Keeping::failed) return;
  const auto& written = files_->flash_file().written();
  if (written) return;
  keeping_ = Keeping::failed;
  host_.complain(written.error().doing);
}

std::optional<base::TimePoint> Board::next_event() {
  const auto due = machine_->clock().next_due();
  if (!due) return std::nullopt;
  return *due - ahead_;
}

void Board::reset() {
  if (!machine_->powered()) return;
  machine_->reset_platform();
  let_bios_work();
}

Result<base::Bytes> Board::save() {
  base::Bytes saved(sizeof(std::uint64_t));
  base::ByteWriter(saved).u64(static_cast<std::uint64_t>(ahead_.count()));
  const base::Bytes machine = machine_->snapshot();
  saved.insert(saved.end(), machine.begin(), machine.end());
  return saved;
}

Result<void> Board::restore(base::ByteView saved) {
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
  return files_ ? files_->flash_file().replace(machine_->flash()) : Result<void>();
}

std::uint32_t Board::read_config(std::uint32_t offset, std::uint32_t size) {
  return machine_->pci().read(offset, size);
}
void Board::write_config(std::uint32_t offset, std::uint32_t value, std::uint32_t size) {
  machine_->pci().write(offset, size, value);
}
base::Mmio& Board::bar() {
  return machine_->pci().mapped_bar();
}
base::Mmio* Board::tis() {
  return machine_->itpm() == nullptr ? nullptr : &machine_->itpm()->tis();
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
