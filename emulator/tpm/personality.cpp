// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/personality.h"

#include <algorithm>

#include "emulator/tpm/identity.h"
#include "protocol/tpm/authorisation.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;

/// libtpms locks itself, in the host's time, at its sixth failure. It must never count that far.
constexpr std::uint32_t kForgiveAt = 4;

std::uint16_t whole_seconds(base::Duration d) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(d).count();
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(seconds, 0, 0xFFFF));
}

LockoutRecord record_of(const Lockout& p) {
  return {.threshold = p.threshold,
          .initial_seconds = whole_seconds(p.initial),
          .multiplier = p.multiplier,
          .fade_out_seconds = whole_seconds(p.fade_out)};
}

VendorId vendor_of(std::string_view text) {
  VendorId id{};
  base::ByteWriter(id).text(text, id.size());
  return id;
}

ReturnCode code_of(ByteView response) {
  const auto decoded = decode_response(response);
  return decoded ? decoded->code : ReturnCode::fail;
}

bool clears_owner(Ordinal ordinal) {
  return ordinal == Ordinal::owner_clear || ordinal == Ordinal::force_clear;
}

}  // namespace

Personality::Personality(const TpmConfig& config, TpmEngine& engine, TpmMemory& memory,
                         StatePartition& partition, sim::Scheduler& scheduler, sim::Trace& trace)
    : vendor_(vendor_of(config.vendor)),
      lockout_record_(to_bytes(record_of(config.lockout))),
      engine_(engine),
      memory_(memory),
      scheduler_(scheduler),
      lock_(config.lockout, partition, scheduler, trace),
      version_(config.version) {}

void Personality::power_on() {
  engine_failures_ = 0;
  powered_at_ = scheduler_.now();
  lock_.power_on();
}

void Personality::power_off() {
  lock_.power_off();
}

Bytes Personality::execute(std::uint8_t locality, ByteView command) {
  const auto decoded = decode_command(command);
  if (decoded && decoded->ordinal == Ordinal::get_capability_owner) {
    return capability_owner(locality, command);
  }
  Bytes response = pass(locality, command);
  const IdentityFacts facts{.vendor = vendor_,
                            .version = version_,
                            .lockout = lockout_info(),
                            .since_power_on = scheduler_.now() - powered_at_};
  return as_itpm(facts, command, std::move(response));
}

/// The version in this answer is under the TPM's HMAC, which is made anew.
Bytes Personality::capability_owner(std::uint8_t locality, ByteView command) {
  const auto request = decode_authorised_command(command, 0);
  const auto session = request ? memory_.session(request->auth.handle) : std::nullopt;
  const Secret key = session ? session_key(*session, memory_) : Secret{};
  Bytes response = pass(locality, command);
  const auto answer = decode_authorised_response(response, 0);
  if (!session || !answer || answer->params.size() < 4) return response;
  Bytes params = to_bytes(tpm_version(version_));
  params.insert(params.end(), answer->params.begin() + 4, answer->params.end());
  AuthReply auth = answer->auth;
  auth.hmac = auth_value(key, response_digest(Ordinal::get_capability_owner, params),
                         auth.nonce_even, request->auth.nonce_odd, auth.continue_session);
  return to_bytes(AuthorisedResponse{.handles = {}, .params = params, .auth = auth});
}

Bytes Personality::pass(std::uint8_t locality, ByteView command) {
  lock_.settle();
  const auto decoded = decode_command(command);
  if (!decoded) return engine_.execute(locality, command);
  const bool authorised = is_authorised(decoded->tag);
  const bool resets = decoded->ordinal == Ordinal::reset_lock_value;
  if (authorised && lock_.running() && !resets)
    return error_response(ReturnCode::defend_lock_running);
  if (resets && lock_.reset_refused()) return error_response(ReturnCode::auth_fail);
  Bytes response = engine_.execute(locality, command);
  learn(*decoded, code_of(response));
  return response;
}

void Personality::learn(const Command& command, ReturnCode code) {
  if (code != ReturnCode::success) {
    if (is_authorised(command.tag)) count_failures(command.ordinal);
    return;
  }
  if (command.ordinal == Ordinal::startup) {
    lock_.started_clear();
    engine_failures_ = memory_.failed_attempts();
  }
  if (command.ordinal == Ordinal::reset_lock_value || clears_owner(command.ordinal)) lock_.clear();
}

void Personality::count_failures(Ordinal ordinal) {
  const std::uint32_t seen = memory_.failed_attempts();
  const std::uint32_t fresh = seen > engine_failures_ ? seen - engine_failures_ : 0;
  for (std::uint32_t i = 0; i < fresh; ++i) lock_.fail();
  engine_failures_ = seen;
  const bool reset_failed = ordinal == Ordinal::reset_lock_value && fresh > 0;
  if (reset_failed) lock_.refuse_reset();
  if (engine_failures_ < kForgiveAt && !reset_failed) return;
  if (memory_.clear_failed_attempts()) engine_failures_ = 0;
}

DaInfo Personality::lockout_info() const {
  const auto left = std::chrono::ceil<std::chrono::seconds>(lock_.left()).count();
  return {.active = lock_.running(),
          .current_count = lock_.count(),
          .threshold_count = lock_.threshold(),
          .actions = kDaActionTimeout,
          .action_depend_value = static_cast<std::uint32_t>(left),
          .vendor_data = lockout_record_};
}

Result<Bytes> Personality::capability(ByteView command) {
  const Bytes response = engine_.execute(0, command);
  const auto data = decode_capability_response(response);
  if (!data)
    return Error{Errc::refused, "asking the TPM for a capability", number(code_of(response))};
  return Bytes(data->begin(), data->end());
}

Result<Flags> Personality::flags() {
  const auto permanent = capability(capability_command(CapArea::flag, kCapFlagPermanent));
  if (!permanent) return permanent.error();
  const auto stclear = capability(capability_command(CapArea::flag, kCapFlagVolatile));
  if (!stclear) return stclear.error();
  const auto owner = capability(capability_command(CapArea::property, kCapPropOwner));
  if (!owner) return owner.error();
  const auto permanent_flags = decode_permanent_flags(*permanent);
  const auto stclear_flags = decode_stclear_flags(*stclear);
  if (!permanent_flags || !stclear_flags || owner->empty()) {
    return Error{Errc::protocol, "reading the TPM's flags"};
  }
  return Flags{
      .permanent = *permanent_flags, .stclear = *stclear_flags, .owned = owner->front() != 0};
}

void Personality::serialize(sim::Archive& a) {
  a.section("tpm.personality");
  lock_.serialize(a);
  a.value(version_.major);
  a.value(version_.minor);
  a.value(version_.hotfix);
  a.value(version_.build);
  a.value(engine_failures_);
  a.value(powered_at_);
}

}  // namespace emulator::tpm
