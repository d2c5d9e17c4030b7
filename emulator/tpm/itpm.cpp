// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/itpm.h"

#include <algorithm>

#include "emulator/tpm/itpm_parts.h"
#include "emulator/tpm/libtpms_layout.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;

/// transmit() looks again after this, or after as many of these as pass before anything happens.
constexpr Duration kPoll = std::chrono::microseconds(100);

}  // namespace

Itpm::Itpm(const TpmConfig& config, const ItpmBoard& board)
    : parts_(std::make_unique<Parts>(config, board)) {
  parts_->self_test_fails = config.state.self_test == SelfTest::failed;
}

Itpm::~Itpm() = default;

Bytes Itpm::factory_contents(const TpmConfig& config, std::uint64_t seed) {
  return encode(factory_record(config, seed));
}

void Itpm::power_on() {
  parts_->initialise();
}

void Itpm::power_off() {
  Parts& p = *parts_;
  p.drop_command();
  p.upgrade.forget();
  p.personality.power_off();
  p.engine.power_off();
  p.tis.reset(BusPresence::absent);
  p.powered = false;
  p.me_runs = false;
  p.boot_pending = false;
}

void Itpm::reset() {
  if (!parts_->powered) return;
  parts_->upgrade.reset();
  parts_->initialise();
}

void Itpm::me_stopped() {
  Parts& p = *parts_;
  if (!p.powered) return;
  p.drop_command();
  p.upgrade.forget();
  p.tis.reset(BusPresence::absent);
  p.me_runs = false;
}

void Itpm::me_started(const protocol::FirmwareVersion& running) {
  Parts& p = *parts_;
  p.personality.set_version(running);
  if (!p.powered) return;
  p.tis.reset(BusPresence::present);
  p.me_runs = true;
}

base::Mmio& Itpm::tis() {
  return parts_->tis;
}

void Itpm::connect_interrupt(sim::InterruptLine& line) {
  parts_->tis.connect_interrupt(line);
}

bool Itpm::submit(std::uint8_t locality, ByteView command) {
  if (!parts_->me_runs || locality >= tis::kLocalities) return false;
  return parts_->port.submit(locality, command);
}

std::optional<Bytes> Itpm::take_response() {
  return parts_->port.take_response();
}

void Itpm::cancel() {
  parts_->port.cancel();
}

Result<Bytes> Itpm::transmit(std::uint8_t locality, ByteView command, Duration limit) {
  const Parts& p = *parts_;
  if (!p.me_runs) return Error{Errc::disconnected, "sending a TPM command"};
  if (!submit(locality, command)) return Error{Errc::busy, "sending a TPM command"};
  sim::Scheduler& clock = p.board.scheduler;
  const base::TimePoint end = clock.now() + limit;
  while (true) {
    if (auto response = take_response()) return std::move(*response);
    if (!p.me_runs) return Error{Errc::disconnected, "waiting for a TPM response"};
    if (clock.now() >= end) break;
    const Duration left = end - clock.now();
    const Duration quiet = std::min(clock.quiet_for(), left);
    const Duration looks = std::max((quiet + kPoll - Duration(1)) / kPoll * kPoll, kPoll);
    clock.sleep(std::min(looks, left));
  }
  cancel();
  return Error{Errc::timeout, "waiting for a TPM response"};
}

bool Itpm::busy() const {
  return parts_->unit.busy();
}

void Itpm::set_bios(Bios bios) {
  parts_->config.bios = bios;
}

bool Itpm::established() {
  parts_->boot();
  return parts_->engine.established();
}

ReturnCode Itpm::reset_established(std::uint8_t locality) {
  if (locality != 3 && locality != 4) return ReturnCode::bad_locality;
  parts_->boot();
  return parts_->engine.reset_established(locality);
}

ReturnCode Itpm::hash_start() {
  parts_->boot();
  return parts_->engine.hash_start();
}

ReturnCode Itpm::hash_data(ByteView data) {
  return parts_->engine.hash_data(data);
}

ReturnCode Itpm::hash_end() {
  return parts_->engine.hash_end();
}

Bytes Itpm::permanent_state() const {
  return encode(parts_->partition.record());
}

Result<void> Itpm::replace_permanent_state(ByteView state) {
  const auto record = decode_state_record(state);
  if (!record) return Error{Errc::invalid, "replacing the TPM's permanent state"};
  return parts_->partition.store(*record);
}

bool Itpm::is_libtpms_state(ByteView bytes) {
  return layout::is_permanent_state(bytes);
}

Result<void> Itpm::adopt(ByteView libtpms_state) {
  if (!is_libtpms_state(libtpms_state))
    return Error{Errc::invalid, "reading another TPM's permanent state"};
  if (!parts_->me_runs) return Error{Errc::disconnected, "giving a TPM that does not run a state"};
  return parts_->partition.store(
      {.permanent = Bytes(libtpms_state.begin(), libtpms_state.end()), .saved = {}});
}

Result<Bytes> Itpm::volatile_state() {
  parts_->boot();
  return parts_->engine.save_volatile();
}

Result<void> Itpm::resume(ByteView volatile_state) {
  parts_->boot_pending = false;
  return parts_->engine.load_volatile(volatile_state);
}

void Itpm::at_next_boot(BiosAction action) {
  parts_->boot();  // the present one is over
  parts_->bios.at_next_boot(action);
}

const std::vector<std::uint32_t>& Itpm::bios_results() const {
  parts_->boot();
  return parts_->bios.results();
}

void Itpm::set_hardware_presence(sim::Level asserted) {
  parts_->engine.set_physical_presence(asserted == sim::Level::high ? 1 : 0);
  parts_->upgrade.set_hardware_presence(asserted);
}

Result<void> Itpm::put_in_state(const TpmState& state) {
  Parts& p = *parts_;
  if (!p.me_runs) return Error{Errc::disconnected, "putting a TPM that does not run into a state"};
  p.config.state = state;
  p.self_test_fails = state.self_test == SelfTest::failed;
  p.bios.set_habits(habits_of(p.config, state));
  Result<void> stored = p.partition.store(factory_record(p.config, p.board.seed));
  reset();
  return stored;
}

std::uint64_t Itpm::commands() const {
  return parts_->unit.executed();
}

}  // namespace emulator::tpm
