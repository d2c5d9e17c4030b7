// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/itpm_parts.h"
#include "base/reached.h"

#include "emulator/tpm/stored_states.h"
#include "protocol/tpm/capability.h"
#include "protocol/tpm/owner.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Result;
using namespace protocol::tpm;

/// Of a TPM whose partition was erased: keys and owner are gone, the board's settings are not.
TpmConfig unprovisioned(TpmConfig config) {
  config.state.ownership = Ownership::no_ek;
  config.state.failed_attempts = 0;
  return config;
}

/// Boards whose factories gave them different keys make different ones, too.
std::uint64_t engine_seed(const TpmConfig& config, std::uint64_t seed) {
  return seed ^ std::uint64_t{config.endorsement_key.value_or(0)} << 32;
}

}  // namespace

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

Itpm::Parts::Parts(const TpmConfig& c, const ItpmBoard& b)
    : config(c),
      board(b),
      partition(b.storage),
      engine(partition, engine_seed(c, b.seed)),
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

void Itpm::Parts::initialise() {
  drop_command();
  // A partition that cannot be read shows as a failed self-test, which is all a host ever learns
  // of it.
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

/// As another resource manager would do it, with commands (TPM Main Part 3, 21.1 and 22.1).
void Itpm::Parts::evict_sessions() {
  const Bytes answer = engine.execute(0, capability_command(CapArea::handle, kResourceAuth));
  const auto listed = decode_response(answer);
  if (!listed || listed->code != ReturnCode::success) return;
  base::ByteReader in(listed->body);
  in.be32();
  for (std::uint16_t left = in.be16(); left > 0 && in.ok(); --left) {
    (void)engine.execute(0, flush_session_command(in.be32()));
    base::reached(base::Place::tpm_session_evicted);
  }
}

void Itpm::Parts::lock_out() {
  personality.lock().begin_by_fault();
  if (upgrade.uploading() && personality.lock().running())
    base::reached(base::Place::lockout_during_upload);
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
  if (upgrade.uploading() && personality.lock().running())
    base::reached(base::Place::lockout_during_upload);
  const auto answer = decode_response(response);
  const bool clears = decoded && (decoded->ordinal == Ordinal::owner_clear ||
                                  decoded->ordinal == Ordinal::force_clear);
  if (clears && answer && answer->code == ReturnCode::success) upgrade.owner_cleared();
  return response;
}

}  // namespace emulator::tpm
