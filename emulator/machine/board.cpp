// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/board.h"

#include <algorithm>

#include "base/promise.h"
#include "protocol/heci/firmware_status.h"

namespace emulator::machine {

using firmware::BootPath;

namespace {

std::size_t status_words_of(const Profile& profile) {
  return protocol::nearest_generation(profile.firmware.identity.version.major).status_words;
}
bool shows_later_words(const Profile& profile) {
  return status_words_of(profile) > 1;
}

heci::HeciConfig of_its_generation(const Profile& profile) {
  heci::HeciConfig config = profile.heci;
  const auto& generation = protocol::nearest_generation(profile.firmware.identity.version.major);
  config.hbm = generation.hbm.value;
  if (generation.manifest > protocol::image::ManifestForm::mn2)
    config.later_registers = heci::LaterRegisters::d0i3;
  if (generation.manifest == protocol::image::ManifestForm::cpd_r2)
    config.later_registers = heci::LaterRegisters::d0i3_and_trc;
  return config;
}

pci::PciConfig of_its_generation(pci::PciConfig config, const Profile& profile) {
  constexpr std::uint32_t later_bar = 4096;  // inferred: hosts touch 800h from ME 11 on
  if (status_words_of(profile) == protocol::heci::kMostStatusWords) config.bar_size = later_bar;
  return config;
}

}  // namespace

Board::Board(const Profile& board_profile, const flash::Part& part, base::Bytes contents,
             std::uint64_t seed)
    : profile(board_profile),
      flash(part, std::move(contents), scheduler, trace, faults, *this),
      firmware(profile.firmware, flash, scheduler, trace, faults, *this),
      heci(of_its_generation(profile), scheduler, trace, faults, *this),
      pci(of_its_generation(profile.pci, profile), heci),
      firmware_clients_(firmware, heci.reply_port(), scheduler, trace),
      clients_(firmware_clients_.slots()),
      power_cut_(scheduler, "board.power_cut", [this] { power_cut(); }),
      me_reset_(scheduler, "board.me_reset", [this] { reset_me(); }),
      off_without_me_(scheduler, "board.off_without_me", [this] { power_cut(); }),
      random_(seed),
      tpm_storage_(flash, firmware.flash_queue(), scheduler) {
  if (profile.tpm.fitted) {
    itpm_.emplace(profile.tpm, tpm::ItpmBoard{.scheduler = scheduler,
                                              .trace = trace,
                                              .faults = faults,
                                              .power = *this,
                                              .storage = tpm_storage_,
                                              .session = firmware.update_session(),
                                              .seed = seed});
  }
  firmware.set_listener(*this);
  heci.connect_interrupt(pci);
  hide_firmware_status();
}

void Board::power_on() {
  if (powered()) return;
  supply_ = Supply::on;
  platform_ = Platform::starting;
  note("power on");
  wake_pci();
  firmware.power_on();
  show_firmware_status();
}

void Board::power_cut() {
  if (!powered()) return;
  note("power lost");
  supply_ = Supply::off;
  power_cut_.stop();
  me_reset_.stop();
  off_without_me_.stop();
  flash.power_off();
  heci.power_off();
  firmware.power_off();
  if (itpm_) itpm_->power_off();
  tpm_storage_.power_off();
  remove_clients();
  pci.reset();
  hide_firmware_status();
}

void Board::reset_platform() {
  if (!powered()) return;
  platform_ = Platform::starting;
  note("platform reset");
  me_reset_.stop();
  heci.power_off();  // the host's registers and the link go with the platform; the flash keeps its
                     // power
  firmware.reset(protocol::fwu::ResetReason::system_reset);
  wake_pci();
}

void Board::reset_me() {
  if (!powered()) return;
  note("ME reset");
  firmware.reset(protocol::fwu::ResetReason::firmware_reset);
  show_firmware_status();
}

void Board::wake_pci() {
  pci.reset();
  show_firmware_status();
}

/// The status is the firmware's word: an ME that the straps keep off never says one.
void Board::show_firmware_status() {
  if (shows_later_words(profile)) return show_later_words();
  const bool off = firmware::straps_disable_me(flash);
  pci.set_firmware_status(off ? 0 : profile.pci.firmware_status);
}

void Board::hide_firmware_status() {
  pci.set_firmware_status(0);
  pci.set_later_status({});
}

/// Later firmware says what it does, and its ROM does before it.
void Board::show_later_words() {
  firmware::StatusWords words{profile.pci.firmware_status};
  const auto& later = profile.firmware.identity.engine.status;
  std::copy_n(later.begin(), status_words_of(profile) - 1, words.begin() + 1);
  words = firmware.shown_status(words);
  pci.set_firmware_status(words[0]);
  std::array<std::uint32_t, 5> others{};
  std::copy(words.begin() + 1, words.end(), others.begin());
  pci.set_later_status(others);
}

void Board::boot_ended(BootPath path) {
  MEBENCH_PROMISE(powered(), "only a board with power boots");
  show_firmware_status();
  watch_over(path);
  if (itpm_) boot_tpm(path);
  platform_ = Platform::up;
  if (path != BootPath::operational && path != BootPath::recovery) return;
  install_clients(path);
  heci.set_ready();
}

/// The chipset's watchdog: code of the ME stops it, any code.
void Board::watch_over(BootPath path) {
  const auto major = profile.firmware.identity.version.major;
  const std::chrono::minutes limit(protocol::nearest_generation(major).off_after.value);
  if (path != BootPath::halted || limit == limit.zero()) return off_without_me_.stop();
  if (!off_without_me_.pending()) off_without_me_.start(limit);
}

/// The TPM is part of the operational code. One that comes up after the BIOS has passed would never
/// be started: it stays away until the platform starts again.
void Board::boot_tpm(BootPath path) {
  if (path != BootPath::operational) return itpm_->power_off();
  tpm_storage_.locate(firmware.tpm_partition());
  itpm_->me_started(firmware.running_version());
  if (platform_ == Platform::starting) itpm_->power_on();
}

void Board::firmware_stopped() {
  if (itpm_) itpm_->me_stopped();
  if (heci.link_state() != heci::LinkState::down) heci.set_not_ready();
  remove_clients();
}

void Board::install_clients(BootPath path) {
  MEBENCH_PROMISE(heci.link_state() == heci::LinkState::down, "clients come before the link is up");
  for (const ClientSlot& slot : clients_) {
    if (slot.brought == Brought::by_operational_code && path != BootPath::operational) continue;
    if (slot.addresses != Addresses::fixed_alone) heci.add_client(*slot.client);
    if (slot.fixed_address) heci.add_fixed_client(*slot.fixed_address, *slot.client);
  }
}

void Board::remove_clients() {
  if (heci.bus().channels().empty()) return;  // they have stopped
  heci.remove_all_clients();
  for (const ClientSlot& slot : clients_) slot.client->stopped();
}

void Board::serialize(sim::Archive& a) {
  a.section("board");
  scheduler.serialize(a);
  faults.serialize(a);
  random_.serialize(a);
  a.value(supply_);
  if (supply_ > Supply::on) a.fail("the power supply is in an unknown state");
  power_cut_.serialize(a);
  me_reset_.serialize(a);
  if (shows_later_words(profile)) off_without_me_.serialize(a);
  flash.serialize(a);
  firmware.serialize(a);
  if (a.is_loading()) {
    heci.power_off();
    remove_clients();
    const BootPath path = firmware.boot_path();
    if (path == BootPath::operational || path == BootPath::recovery) install_clients(path);
  }
  heci.serialize(a);
  pci.serialize(a);
  for (const ClientSlot& slot : clients_) slot.client->serialize(a);
  serialize_tpm(a);
}

void Board::serialize_tpm(sim::Archive& a) {
  a.value(platform_);
  if (platform_ > Platform::up) a.fail("the platform is in an unknown state");
  tpm_storage_.serialize(a);
  if (itpm_) itpm_->serialize(a);
}

}  // namespace emulator::machine
