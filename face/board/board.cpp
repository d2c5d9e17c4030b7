// SPDX-License-Identifier: BSD-3-Clause
// The board of the public face: making one, its power, its registers, its state.
#include "face/board/parts.h"

#include <algorithm>
#include <utility>

#include "emulator/factory/later_image.h"
#include "emulator/factory/region.h"
#include "emulator/factory/update_image.h"
#include "emulator/machine/find_profile.h"
#include "emulator/machine/profile.h"
#include "emulator/pci/heci_function.h"
#include "emulator/tpm/itpm.h"
#include "face/convert.h"
#include "protocol/tpm/tis_registers.h"

namespace mebench {
namespace {

using emulator::firmware::BootPath;
using emulator::machine::Machine;
using face::shown;

constexpr std::uint8_t kFloating = 0xFF;

std::vector<emulator::machine::Override> overrides(const std::vector<Setting>& set) {
  std::vector<emulator::machine::Override> out;
  for (const Setting& setting : set)
    out.push_back({.key = setting.key, .value = setting.value, .where = "BoardOptions::set"});
  return out;
}

/// The firmware has come up or given up, and so has the TPM that runs on it.
bool has_booted(Machine& machine) {
  const BootPath path = machine.firmware().boot_path();
  if (path == BootPath::off || path == BootPath::booting) return false;
  if (path != BootPath::operational || machine.itpm() == nullptr) return true;
  return machine.itpm()->tis().read8(protocol::tpm::tis::kAccess) != kFloating;
}

}  // namespace

Board::Parts::Parts(std::unique_ptr<Machine> wired)
    : machine(std::move(wired)), clock(machine->clock()), me(*machine) {
  if (machine->itpm() != nullptr) tpm.emplace(*machine);
}

Board::Board(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Board::~Board() = default;
Board::Board(Board&&) noexcept = default;
Board& Board::operator=(Board&&) noexcept = default;

std::vector<std::string> Board::machines() {
  std::vector<std::string> names;
  for (const auto& built_in : emulator::machine::built_in_profiles())
    names.emplace_back(built_in.name);
  for (const auto& found : emulator::machine::find_profiles()) names.push_back(found.name);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Result<Board> Board::make(std::string_view machine, BoardOptions options) {
  const auto profile = emulator::machine::load_profile(machine, overrides(options.set));
  if (!profile) return shown(profile.error());
  auto built = Machine::build(*profile, {.seed = options.seed, .flash = std::move(options.flash)});
  if (!built) return shown(built.error());
  return Board(std::make_unique<Parts>(std::move(built).value()));
}

void Board::power_on() {
  parts_->machine->power_on();
}
void Board::power_cut() {
  parts_->machine->power_cut();
}
void Board::reset_platform() {
  parts_->machine->reset_platform();
}
void Board::reset_me() {
  parts_->machine->reset_me();
}
bool Board::powered() const {
  return parts_->machine->powered();
}

Result<void> Board::boot(Duration limit) {
  Machine& machine = *parts_->machine;
  auto& clock = machine.clock();
  const TimePoint end = clock.now() + limit;
  machine.power_on();
  while (!has_booted(machine)) {
    const auto next = clock.next_due();
    if (!next || *next > end) return Error{Errc::timeout, "booting the board: it still boots"};
    clock.run_next();
  }
  return {};
}

Clock& Board::clock() {
  return parts_->clock;
}

Host Board::host() {
  return {.me = me(), .clock = clock(), .tpm = tpm(), .tpm_is = TpmIs::of_this_board};
}
MeDevice& Board::me() {
  return parts_->me;
}
TpmTransport* Board::tpm() {
  return parts_->tpm ? &*parts_->tpm : nullptr;
}

std::uint32_t Board::read32(std::uint32_t offset) {
  return parts_->machine->bar0().read32(offset);
}
void Board::write32(std::uint32_t offset, std::uint32_t value) {
  parts_->machine->bar0().write32(offset, value);
}
std::uint32_t Board::config_read(std::uint32_t offset, std::uint32_t size) {
  return parts_->machine->pci().read(offset, size);
}
void Board::config_write(std::uint32_t offset, std::uint32_t size, std::uint32_t value) {
  parts_->machine->pci().write(offset, size, value);
}
std::uint8_t Board::tis_read8(std::uint32_t offset) {
  auto* itpm = parts_->machine->itpm();
  return itpm == nullptr ? kFloating : itpm->tis().read8(offset);
}
void Board::tis_write8(std::uint32_t offset, std::uint8_t value) {
  if (auto* itpm = parts_->machine->itpm()) itpm->tis().write8(offset, value);
}

Result<Bytes> Board::update_image(const FirmwareVersion& version) const {
  const auto& profile = parts_->machine->profile();
  emulator::firmware::Identity identity = profile.firmware.identity;
  const auto shape = emulator::factory::shape_of(identity, profile.flash.code_size, 0);
  if (shape.form == protocol::image::TableForm::v20) {
    identity.version = face::taken(version);
    return shown(
        emulator::factory::build_update_file(identity, shape.code_size, factory_key(profile)));
  }
  emulator::factory::ImageRecipe recipe;
  recipe.version = face::taken(version);
  recipe.sku = profile.firmware.identity.sku;
  recipe.size = profile.flash.code_size;
  recipe.private_key_pem = factory_key(profile);
  return shown(emulator::factory::build_update_image(recipe));
}

ByteView Board::flash() const {
  return parts_->machine->flash();
}

Bytes Board::snapshot() {
  return parts_->machine->snapshot();
}

Result<void> Board::restore(ByteView saved) {
  auto restored = parts_->machine->restore(saved);
  if (restored) parts_->me.start_over();
  return shown(restored);
}

}  // namespace mebench
