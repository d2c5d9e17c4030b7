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

/// How often a board that is to go down looks whether its ME may lose its power.
constexpr base::Duration kLookWhetherIdle = std::chrono::milliseconds(1);

const char* text_of(firmware::Sleep state) {
  switch (state) {
    case firmware::Sleep::s3:
      return "host: S3";
    case firmware::Sleep::s4:
      return "host: S4";
    case firmware::Sleep::s5:
      return "host: S5";
  }
  return "host: asleep";
}

pci::PciConfig of_its_generation(pci::PciConfig config, const Profile& profile) {
  constexpr std::uint32_t later_bar = 4096;  // inferred: hosts touch 800h from ME 11 on
  if (status_words_of(profile) == protocol::heci::kMostStatusWords) config.bar_size = later_bar;
  return config;
}

}  // namespace

Board::Board(const Profile& made_from, const flash::Part& part, base::Bytes contents,
             std::uint64_t seed)
    : profile_(made_from),
      faults_(trace_, seed),
      flash_(part, std::move(contents), scheduler_, trace_, faults_, *this),
      firmware_(profile_.firmware, flash_, scheduler_, trace_, faults_, *this),
      heci_(of_its_generation(profile_), scheduler_, trace_, faults_, *this),
      pci_(of_its_generation(profile_.pci, profile_), heci_),
      firmware_clients_(firmware_, heci_.reply_port(), scheduler_, trace_),
      clients_(firmware_clients_.slots()),
      power_cut_(scheduler_, "board.power_cut", [this] { power_cut(); }),
      me_reset_(scheduler_, "board.me_reset", [this] { reset_me(); }),
      off_without_me_(scheduler_, "board.off_without_me", [this] { power_cut(); }),
      random_(seed),
      tpm_storage_(flash_, firmware_.flash_queue(), scheduler_, faults_, *this),
      going_down_(scheduler_, "board.going_down", [this] { go_down_in_order(); }) {
  if (profile_.tpm.fitted) {
    itpm_.emplace(profile_.tpm, tpm::ItpmBoard{.scheduler = scheduler_,
                                               .trace = trace_,
                                               .faults = faults_,
                                               .power = *this,
                                               .storage = tpm_storage_,
                                               .session = firmware_.update_session(),
                                               .seed = seed});
  }
  firmware_.set_listener(*this);
  heci_.connect_interrupt(pci_);
  pci_.stand_under(faults_);
  hide_firmware_status();
}

void Board::power_on() {
  if (sleep_) return wake();
  if (powered()) return;
  supply_ = Supply::on;
  platform_ = Platform::starting;
  note("power on");
  flash_.power_on();
  wake_pci();
  firmware_.power_on();
  show_firmware_status();
}

void Board::power_cut() {
  if (!powered()) return;
  note("power lost");
  supply_ = Supply::off;
  power_cut_.stop();
  sleep_.reset();
  me_reset_.stop();
  off_without_me_.stop();
  going_down_.stop();
  flash_.power_off();
  heci_.power_off();
  firmware_.power_off();
  firmware_.lose_standby_power();
  if (itpm_) itpm_->power_off();
  tpm_storage_.power_off();
  remove_clients();
  pci_.reset();
  hide_firmware_status();
}

void Board::reset_platform() {
  if (!powered() || sleep_) return;
  platform_ = Platform::starting;
  note("platform reset");
  me_reset_.stop();
  heci_.power_off();  // the host's registers and the link go; the flash keeps its power
  firmware_.reset(protocol::fwu::ResetReason::system_reset);
  wake_pci();
}

void Board::reset_me() {
  if (!powered()) return;
  note("ME reset");
  firmware_.reset(protocol::fwu::ResetReason::firmware_reset);
  show_firmware_status();
}

void Board::sleep(firmware::Sleep state) {
  if (!powered() || sleep_) return;
  sleep_ = state;
  note(text_of(state));
  heci_.host_power_lost();
  pci_.reset();
  hide_firmware_status();
  const bool stays = firmware::stays_on(profile_.firmware.surroundings.form,
                                        firmware_.settings().power_policy, state);
  if (!stays) going_down_.start(base::Duration::zero());
}

/// The ME hears that its power goes, and ends what must not be torn.
void Board::go_down_in_order() {
  if (!firmware_.may_lose_power()) return going_down_.start(kLookWhetherIdle);
  me_reset_.stop();
  heci_.power_off();
  firmware_.power_off();
  if (itpm_) itpm_->power_off();
  tpm_storage_.power_off();
  remove_clients();
}

/// The BIOS starts the TPM anew, from S3 too: no operating system has saved its state.
void Board::wake() {
  note("host: on");
  sleep_.reset();
  platform_ = Platform::starting;
  const bool was_going_down = going_down_.pending();
  going_down_.stop();
  const BootPath path = firmware_.boot_path();
  if (path == BootPath::off) {
    wake_pci();
    firmware_.power_on();
    return show_firmware_status();
  }
  if (was_going_down) return reset_platform();
  wake_pci();
  if (path == BootPath::booting) return;
  if (itpm_) itpm_->reset();
  platform_ = Platform::up;
}

void Board::wake_pci() {
  pci_.reset();
  show_firmware_status();
}

/// The status is the firmware's word: an ME that the straps keep off never says one. A function
/// whose host sleeps has no power to show it.
void Board::show_firmware_status() {
  if (sleep_) return;
  if (shows_later_words(profile_)) return show_later_words();
  const bool off = firmware::straps_disable_me(flash_);
  pci_.set_firmware_status(off ? 0 : profile_.pci.firmware_status);
}

void Board::hide_firmware_status() {
  pci_.set_firmware_status(0);
  pci_.set_later_status({});
}

/// Later firmware says what it does, and its ROM does before it.
void Board::show_later_words() {
  firmware::StatusWords words{profile_.pci.firmware_status};
  const auto& later = profile_.firmware.identity.engine.status;
  std::copy_n(later.begin(), status_words_of(profile_) - 1, words.begin() + 1);
  words = firmware_.shown_status(words);
  pci_.set_firmware_status(words[0]);
  std::array<std::uint32_t, 5> others{};
  std::copy(words.begin() + 1, words.end(), others.begin());
  pci_.set_later_status(others);
}

void Board::boot_ended(BootPath path) {
  MEBENCH_PROMISE(powered(), "only a board with power boots");
  show_firmware_status();
  watch_over(path);
  if (itpm_) boot_tpm(path);
  platform_ = Platform::up;
  if (path != BootPath::operational && path != BootPath::recovery) return;
  install_clients(path);
  heci_.set_ready();
}

/// The chipset's watchdog: code of the ME stops it, any code.
void Board::watch_over(BootPath path) {
  const auto major = profile_.firmware.identity.version.major;
  const std::chrono::minutes limit(protocol::nearest_generation(major).off_after.value);
  if (path != BootPath::halted || limit == limit.zero()) return off_without_me_.stop();
  if (!off_without_me_.pending()) off_without_me_.start(limit);
}

/// The TPM is part of the operational code. One that comes up after the BIOS has passed would never
/// be started: it stays away until the platform starts again.
void Board::boot_tpm(BootPath path) {
  if (path != BootPath::operational) return itpm_->power_off();
  tpm_storage_.locate(firmware_.tpm_partition());
  itpm_->me_started(firmware_.running_version());
  if (platform_ == Platform::starting) itpm_->power_on();
}

void Board::firmware_stopped() {
  if (itpm_) itpm_->me_stopped();
  if (heci_.link_state() != heci::LinkState::down) heci_.set_not_ready();
  remove_clients();
}

void Board::install_clients(BootPath path) {
  MEBENCH_PROMISE(heci_.link_state() == heci::LinkState::down,
                  "clients come before the link is up");
  for (const ClientSlot& slot : clients_) {
    if (slot.brought == Brought::by_operational_code && path != BootPath::operational) continue;
    if (slot.addresses != Addresses::fixed_alone) heci_.add_client(*slot.client);
    if (slot.fixed_address) heci_.add_fixed_client(*slot.fixed_address, *slot.client);
  }
}

void Board::remove_clients() {
  if (heci_.bus().channels().empty()) return;  // they have stopped
  heci_.remove_all_clients();
  for (const ClientSlot& slot : clients_) slot.client->stopped();
}

void Board::add_client(heci::MeClient& client) {
  clients_.push_back({.client = &client, .brought = Brought::by_operational_code});
}

void Board::provision(protocol::amthi::ProvisioningMode mode) {
  if (firmware_.provision(mode)) reset_platform();
}

void Board::begin_provisioning() {
  if (firmware_.begin_provisioning()) reset_platform();
}

void Board::unprovision() {
  if (firmware_.unprovision()) reset_platform();
}

void Board::open_local_update() {
  if (firmware_.open_local_update()) reset_platform();
}

void Board::bios_setup(std::span<const tpm::BiosAction> actions) {
  if (!itpm_) return;
  for (const tpm::BiosAction action : actions) itpm_->at_next_boot(action);
  reset_platform();
}

void Board::serialize(sim::Archive& a) {
  a.section("board");
  scheduler_.serialize(a);
  faults_.serialize(a);
  random_.serialize(a);
  a.value(supply_);
  if (supply_ > Supply::on) a.fail("the power supply is in an unknown state");
  power_cut_.serialize(a);
  me_reset_.serialize(a);
  going_down_.serialize(a);
  serialize_sleep(a);
  if (shows_later_words(profile_)) off_without_me_.serialize(a);
  flash_.serialize(a);
  firmware_.serialize(a);
  if (a.is_loading()) {
    heci_.power_off();
    remove_clients();
    const BootPath path = firmware_.boot_path();
    if (path == BootPath::operational || path == BootPath::recovery) install_clients(path);
  }
  heci_.serialize(a);
  pci_.serialize(a);
  for (const ClientSlot& slot : clients_) slot.client->serialize(a);
  serialize_tpm(a);
}

void Board::serialize_sleep(sim::Archive& a) {
  auto state = static_cast<std::uint8_t>(sleep_ ? static_cast<std::uint8_t>(*sleep_) + 1 : 0);
  a.value(state);
  if (state > static_cast<std::uint8_t>(firmware::Sleep::s5) + 1)
    return a.fail("the host is in an unknown sleeping state");
  sleep_.reset();
  if (state > 0) sleep_ = static_cast<firmware::Sleep>(state - 1);
}

void Board::serialize_tpm(sim::Archive& a) {
  a.value(platform_);
  if (platform_ > Platform::up) a.fail("the platform is in an unknown state");
  tpm_storage_.serialize(a);
  if (itpm_) itpm_->serialize(a);
}

}  // namespace emulator::machine
