// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/itpm.h"

#include <algorithm>

#include "emulator/tpm/bios.h"
#include "emulator/tpm/command_unit.h"
#include "emulator/tpm/field_upgrade.h"
#include "emulator/tpm/libtpms_engine.h"
#include "emulator/tpm/personality.h"
#include "emulator/tpm/program_port.h"
#include "emulator/tpm/state_partition.h"
#include "emulator/tpm/stored_states.h"
#include "emulator/tpm/tis_device.h"
#include "protocol/tpm/owner.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;

/// How long transmit() lets the machine run before it looks again.
constexpr Duration kPoll = std::chrono::microseconds(100);

BiosHabits habits_of(const TpmConfig& config, const TpmState& state) {
  return {.deactivates_temporarily = state.temporarily_deactivated,
          .forbids_force_clear = !state.force_clear,
          .locks_presence = config.presence.bios_locks};
}

StateRecord factory_record(const TpmConfig& config, std::uint64_t seed) {
  const std::uint16_t failures = config.state.failed_attempts;
  const std::uint16_t threshold = config.lockout.threshold;
  return {.permanent = permanent_state(config, seed),
          .saved = {},
          .failed_attempts = failures,
          .lockout = threshold != 0 && failures >= threshold};
}

/// Of a TPM whose partition was erased: keys and owner are gone, the board's settings are not.
TpmConfig unprovisioned(TpmConfig config) {
  config.state.ownership = Ownership::no_ek;
  config.state.failed_attempts = 0;
  return config;
}

}  // namespace

struct Itpm::Parts final : CommandTarget, StorageListener {
  Parts(const TpmConfig& c, const ItpmBoard& b)
      : config(c),
        board(b),
        partition(b.storage),
        engine(partition, b.seed),
        personality(c, engine, engine, partition, b.scheduler, b.trace),
        bios(engine, personality),
        unit(c.timing, *this, b.scheduler, b.trace, b.faults, b.power),
        upgrade(c.upgrade, personality, engine, b.session, unit, b.trace),
        tis(c.tis, unit, b.scheduler),
        port(unit) {
    unit.connect(Submitter::registers, tis);
    unit.connect(Submitter::program, port);
    bios.set_habits(habits_of(config, config.state));
    b.storage.set_listener(*this);
  }

  std::optional<Bytes> execute(std::uint8_t locality, ByteView command) override;
  void cancel() override;
  void storage_settled(const Result<void>& kept) override;

  std::optional<Bytes> run(std::uint8_t locality, ByteView command);
  void drop_command();
  void initialise();
  /// Lets the BIOS have done its part before anyone else's command, but not before the first unless
  /// a person asked it for something: it costs libtpms 60 ms.
  void boot();

  TpmConfig config;
  ItpmBoard board;
  StatePartition partition;
  LibtpmsEngine engine;
  Personality personality;
  BiosStart bios;
  CommandUnit unit;
  FieldUpgrade upgrade;
  TisDevice tis;
  ProgramPort port;

  bool powered = false;
  bool me_runs = false;
  bool boot_pending = false;
  bool self_test_fails = false;
  std::optional<Bytes> held;  ///< a response that waits for the storage
};

void Itpm::Parts::initialise() {
  drop_command();
  // A partition that cannot be read shows as a failed self-test, which is all a host ever learns of
  // it.
  Result<void> on = partition.load();
  if (!on && on.error().code == Errc::not_found) {
    (void)partition.store(factory_record(unprovisioned(config), board.seed));
  }
  on = engine.power_on();
  if (!on)
    board.trace.record({.kind = sim::TraceKind::tpm, .text = "the TPM's partition is unusable"});
  if (self_test_fails) (void)engine.fail_self_test();
  personality.power_on();
  powered = true;
  me_runs = true;
  boot_pending = config.bios == Bios::starts_tpm;
  tis.reset(BusPresence::present);
  if (bios.has_work()) boot();
}

void Itpm::Parts::boot() {
  if (!boot_pending) return;
  boot_pending = false;
  bios.run();
}

void Itpm::Parts::drop_command() {
  unit.drop();
  held.reset();
}

void Itpm::Parts::cancel() {
  upgrade.cancel();
  held.reset();
}

/// The answer to a command that changed something waits until the change is kept.
std::optional<Bytes> Itpm::Parts::execute(std::uint8_t locality, ByteView command) {
  boot();
  std::optional<Bytes> response = run(locality, command);
  if (!response || board.storage.settled()) return response;
  held = std::move(response);
  return std::nullopt;
}

void Itpm::Parts::storage_settled(const Result<void>& kept) {
  if (!kept) {
    board.trace.record({.kind = sim::TraceKind::tpm, .text = "the TPM's partition is not written"});
    (void)engine.fail_self_test();
  }
  if (!held) return;
  Bytes response = kept ? std::move(*held) : error_response(ReturnCode::fail);
  held.reset();
  unit.answer(std::move(response));
}

std::optional<Bytes> Itpm::Parts::run(std::uint8_t locality, ByteView command) {
  const auto decoded = decode_command(command);
  if (decoded && decoded->ordinal == Ordinal::field_upgrade)
    return upgrade.execute(locality, command);
  Bytes response = personality.execute(locality, command);
  const auto answer = decode_response(response);
  const bool clears = decoded && (decoded->ordinal == Ordinal::owner_clear ||
                                  decoded->ordinal == Ordinal::force_clear);
  if (clears && answer && answer->code == ReturnCode::success) upgrade.owner_cleared();
  return response;
}

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
    clock.sleep(std::min(kPoll, end - clock.now()));
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

ItpmStatus Itpm::status() {
  Parts& p = *parts_;
  ItpmStatus s{.powered = p.powered, .answers = p.me_runs, .version = p.personality.version()};
  if (!p.powered) return s;
  p.boot();
  DefendLock& lock = p.personality.lock();
  lock.settle();
  s.lockout = lock.running();
  s.failed_attempts = lock.count();
  s.lockout_left = lock.left();
  s.upgrading = p.upgrade.uploading();
  s.started = p.engine.started();
  s.unowned_upgrade_allowed = p.engine.unowned_field_upgrade();
  const auto flags = p.personality.flags();
  if (!flags) {
    s.self_test_failed = flags.error().status == number(ReturnCode::failed_self_test);
    return s;
  }
  s.owned = flags->owned;
  s.has_ek = p.engine.has_endorsement_key();
  s.enabled = !flags->permanent.disable;
  s.active = !flags->stclear.deactivated;
  s.active_after_reset = !flags->permanent.deactivated;
  s.owner_install = flags->permanent.ownership;
  s.owner_clear = !flags->permanent.disable_owner_clear;
  s.force_clear = !flags->stclear.disable_force_clear;
  s.presence = flags->stclear.physical_presence;
  s.presence_locked = flags->stclear.physical_presence_lock;
  s.presence_lifetime_lock = flags->permanent.physical_presence_lifetime_lock;
  s.presence_command_enabled = flags->permanent.physical_presence_cmd_enable;
  s.presence_hardware_enabled = flags->permanent.physical_presence_hw_enable;
  return s;
}

std::uint64_t Itpm::commands() const {
  return parts_->unit.executed();
}

void Itpm::serialize(sim::Archive& a) {
  Parts& p = *parts_;
  a.section("tpm");
  p.partition.serialize(a);
  p.engine.serialize(a);
  p.personality.serialize(a);
  p.bios.serialize(a);
  p.unit.serialize(a);
  p.upgrade.serialize(a);
  p.tis.serialize(a);
  p.port.serialize(a);
  a.value(p.powered);
  a.value(p.me_runs);
  a.value(p.boot_pending);
  a.value(p.self_test_fails);
  bool holds = p.held.has_value();
  a.value(holds);
  if (a.is_loading()) p.held = holds ? std::optional<Bytes>(Bytes{}) : std::nullopt;
  if (p.held) a.value(*p.held);
}

}  // namespace emulator::tpm
