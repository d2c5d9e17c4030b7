// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/field_upgrade.h"

#include <cassert>

#include "protocol/mei/fwu.h"
#include "protocol/tpm/authorisation.h"
#include "protocol/update/tool_errors.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using firmware::Feeder;
using firmware::SessionState;
using protocol::update::ToolError;
using namespace protocol::tpm;

std::uint32_t status_of(ToolError error) {
  return protocol::update::number(error);
}

UpgradeState wire_state(SessionState state) {
  switch (state) {
    case SessionState::idle:
      return UpgradeState::idle;
    case SessionState::staging:
      return UpgradeState::staging;
    case SessionState::verifying:
      return UpgradeState::verifying;
    case SessionState::committing:
      return UpgradeState::committing;
    case SessionState::committed:
      return UpgradeState::committed;
    case SessionState::failed:
      break;
  }
  return UpgradeState::failed;
}

bool is_query(UpgradeCommand command) {
  return command == UpgradeCommand::information || command == UpgradeCommand::status;
}

/// What stands between header and authorisation trailer.
std::optional<ByteView> body_of(ByteView frame) {
  const auto command = decode_command(frame);
  if (!command) return std::nullopt;
  if (command->tag == Tag::request) return command->body;
  const auto authorised = decode_authorised_command(frame, 0);
  if (!authorised) return std::nullopt;
  return authorised->params;
}

ReturnCode fault_code(BodyFault fault) {
  return fault == BodyFault::length ? ReturnCode::bad_param_size : ReturnCode::bad_parameter;
}

}  // namespace

FieldUpgrade::FieldUpgrade(const Upgrade& policy, Personality& personality, TpmMemory& memory,
                           firmware::UpdateSession& session, LateAnswer& late, sim::Trace& trace)
    : policy_(policy),
      personality_(personality),
      memory_(memory),
      session_(session),
      late_(late),
      trace_(trace),
      owner_(personality, memory) {}

std::optional<Bytes> FieldUpgrade::execute(std::uint8_t locality, ByteView command) {
  const auto bytes = body_of(command);
  if (!bytes) return error_response(ReturnCode::bad_param_size);
  const DecodedBody decoded = decode_upgrade_body(*bytes);
  if (decoded.fault != BodyFault::none) return error_response(fault_code(decoded.fault));
  const UpgradeBody& body = decoded.body;
  const bool authorised = decode_command(command)->tag != Tag::request;
  if (authorised && body.command != UpgradeCommand::start)
    return error_response(ReturnCode::bad_tag);
  seal_.reset();
  if (is_query(body.command))
    return body.command == UpgradeCommand::status ? status() : information();
  if (const ReturnCode code = readiness(); code != ReturnCode::success) return error_response(code);
  if (body.command == UpgradeCommand::abort) return abort();
  // A cancelled command left the session at work; only an abort may come between.
  if (owed_ != Owed::nothing) return error_response(ReturnCode::retry);
  switch (body.command) {
    case UpgradeCommand::start:
      return start(locality, command, body);
    case UpgradeCommand::data:
      return data(body);
    default:
      return complete();
  }
}

void FieldUpgrade::cancel() {
  host_waits_ = false;
}

void FieldUpgrade::owner_cleared() {
  if (!upload_.active || upload_.authority != Authority::owner) return;
  note("field upgrade abandoned: its owner is gone");
  reset();
}

void FieldUpgrade::reset() {
  if (upload_.active || owed_ != Owed::nothing) session_.abandon(Feeder::tpm);
  forget();
}

void FieldUpgrade::forget() {
  upload_ = {};
  owed_ = Owed::nothing;
  host_waits_ = false;
  seal_.reset();
  block_.clear();
}

Bytes FieldUpgrade::information() {
  const auto flags = personality_.flags();
  const UpgradeInformation m{.owner_set = flags && flags->owned,
                             .unowned_allowed = flags && !flags->owned && unowned_allowed(*flags),
                             .deferred_presence = memory_.unowned_field_upgrade(),
                             .works_inactive = policy_.inactive == InactiveUpgrade::allowed,
                             .max_block = policy_.max_block,
                             .state = wire_state(session_.state()),
                             .version = personality_.version(),
                             .last_status = session_.last_status()};
  return to_bytes(Response{.body = to_bytes(m)});
}

Bytes FieldUpgrade::status() {
  const SessionState state = session_.state();
  const UpgradeFeeder other = session_is_open() ? UpgradeFeeder::none : UpgradeFeeder::heci;
  const UpgradeStatus m{.state = wire_state(state),
                        .feeder = upload_.active ? UpgradeFeeder::tpm : other,
                        .announced = upload_.announced,
                        .received = upload_.received,
                        .last_status = session_.last_status(),
                        .reset_type = state == SessionState::committed ? reset_type_ : 0};
  return to_bytes(Response{.body = to_bytes(m)});
}

/// Whatever can be refused without the owner is refused before the owner's session is touched.
std::optional<Bytes> FieldUpgrade::start(std::uint8_t locality, ByteView frame,
                                         const UpgradeBody& body) {
  const auto request = decode_upgrade_start(body.data);
  if (!request) return error_response(ReturnCode::bad_parameter);
  const auto flags = personality_.flags();
  if (!flags) return error_response(static_cast<ReturnCode>(flags.error().status));
  const auto authorised = decode_authorised_command(frame, 0);
  if (authorised) {
    const OwnerVerdict verdict = owner_.check(locality, *authorised, policy_.inactive);
    if (verdict.code != ReturnCode::success) return error_response(verdict.code);
    seal_ = verdict.seal;
  } else {
    const ReturnCode code = flags->owned ? ReturnCode::auth_fail : unowned_permission(*flags);
    if (code != ReturnCode::success) return error_response(code);
  }
  if (upload_.active && !session_is_open()) {
    return outcome(status_of(ToolError::update_in_progress));
  }
  upload_ = {.active = true,
             .authority = authorised ? Authority::owner : Authority::nobody,
             .announced = request->image_length,
             .received = 0,
             .authorised_digest = request->image_digest,
             .digest = {}};
  note("field upgrade starts", request->image_length);
  owed_ = Owed::start;
  calling_ = true;
  session_.start(Feeder::tpm,
                 {.image_length = request->image_length,
                  .password = request->password,
                  .oem_id = request->oem_id},
                 *this);
  return await(Owed::start);
}

std::optional<Bytes> FieldUpgrade::data(const UpgradeBody& body) {
  if (!upload_.active) return outcome(status_of(ToolError::no_update_in_progress));
  if (body.data.empty() || body.data.size() > policy_.max_block) {
    return outcome(status_of(ToolError::invalid_length));
  }
  block_.assign(body.data.begin(), body.data.end());
  owed_ = Owed::data;
  calling_ = true;
  session_.data(Feeder::tpm, block_, *this);
  return await(Owed::data);
}

std::optional<Bytes> FieldUpgrade::complete() {
  if (!upload_.active) return outcome(status_of(ToolError::no_update_in_progress));
  const bool whole = upload_.received == upload_.announced;
  if (whole && upload_.digest.value() != upload_.authorised_digest) {
    note("field upgrade refused: not the image that was authorised");
    reset();
    return outcome(status_of(ToolError::invalid_image));
  }
  owed_ = Owed::end;
  calling_ = true;
  session_.end(Feeder::tpm, *this);
  return await(Owed::end);
}

Bytes FieldUpgrade::abort() {
  if (!upload_.active) return outcome(status_of(ToolError::no_update_in_progress));
  const bool staging = session_.state() == SessionState::staging;
  if (!staging && !session_is_open()) return outcome(status_of(ToolError::update_in_progress));
  note("field upgrade aborted by the host", upload_.received);
  reset();
  return outcome(status_of(ToolError::success));
}

ReturnCode FieldUpgrade::readiness() {
  const auto flags = personality_.flags();
  if (!flags) return static_cast<ReturnCode>(flags.error().status);
  return ReturnCode::success;
}

bool FieldUpgrade::session_is_open() const {
  const SessionState state = session_.state();
  return state == SessionState::idle || state == SessionState::failed;
}

ReturnCode FieldUpgrade::unowned_permission(const Flags& flags) {
  const bool inactive_too = policy_.inactive == InactiveUpgrade::allowed;
  if (flags.permanent.disable && !inactive_too) return ReturnCode::disabled;
  if (flags.stclear.deactivated && !inactive_too) return ReturnCode::deactivated;
  return unowned_allowed(flags) ? ReturnCode::success : ReturnCode::bad_presence;
}

bool FieldUpgrade::unowned_allowed(const Flags& flags) {
  if (policy_.unowned != UnownedUpgrade::presence) return policy_.unowned == UnownedUpgrade::open;
  const bool by_command =
      flags.permanent.physical_presence_cmd_enable && flags.stclear.physical_presence;
  const bool by_hardware =
      flags.permanent.physical_presence_hw_enable && hardware_presence_ == sim::Level::high;
  return by_command || by_hardware || memory_.unowned_field_upgrade();
}

void FieldUpgrade::session_started(std::uint32_t status) {
  if (owed_ != Owed::start) return;
  if (status != status_of(ToolError::success)) upload_ = {};
  settle(Owed::start, {.status = status});
}

void FieldUpgrade::session_took_data(std::uint32_t status) {
  if (owed_ != Owed::data) return;
  if (status == status_of(ToolError::success)) {
    upload_.digest.add(block_);
    upload_.received += static_cast<std::uint32_t>(block_.size());
    note(kUpgradeBlockTaken, upload_.received, static_cast<std::uint32_t>(block_.size()));
  } else if (session_.state() != SessionState::staging) {
    upload_ = {};
  }
  block_.clear();
  settle(Owed::data, {.status = status});
}

void FieldUpgrade::session_ended(std::uint32_t status, std::uint32_t reset_type) {
  if (owed_ != Owed::end) return;
  if (status == status_of(ToolError::success)) {
    reset_type_ = reset_type;
    note("field upgrade complete", upload_.received);
    // Part 3: after an upgrade the TPM is inactive until it is started anew.
    (void)memory_.deactivate_until_startup();
  }
  if (session_is_open()) upload_.active = false;
  settle(Owed::end, {.status = status, .reset_type = reset_type});
}

/// The session has been asked. Its answer, if it came at once.
std::optional<Bytes> FieldUpgrade::await(Owed what) {
  calling_ = false;
  host_waits_ = owed_ == what;
  std::optional<Bytes> answer = std::move(early_);
  early_.reset();
  assert(answer.has_value() != host_waits_);
  return answer;
}

void FieldUpgrade::settle([[maybe_unused]] Owed what, const UpgradeOutcome& m) {
  assert(owed_ == what);
  owed_ = Owed::nothing;
  Bytes response = outcome(m.status, m.reset_type);
  if (calling_) {
    early_ = std::move(response);
    return;
  }
  if (!host_waits_) return;  // cancelled: what was done is done, and nobody listens
  host_waits_ = false;
  late_.answer(std::move(response));
}

Bytes FieldUpgrade::outcome(std::uint32_t status, std::uint32_t reset_type) const {
  return sealed(to_bytes(UpgradeOutcome{.status = status, .reset_type = reset_type}));
}

Bytes FieldUpgrade::sealed(ByteView out_params) const {
  if (!seal_) return to_bytes(Response{.body = out_params});
  return OwnerProxy::seal(*seal_, Ordinal::field_upgrade, out_params);
}

void FieldUpgrade::note(const char* text, std::uint32_t a, std::uint32_t b) {
  trace_.record({.kind = sim::TraceKind::tpm, .a = a, .b = b, .text = text});
}

void FieldUpgrade::serialize(sim::Archive& a) {
  a.section("tpm.field_upgrade");
  a.value(upload_.active);
  a.value(upload_.authority);
  a.value(upload_.announced);
  a.value(upload_.received);
  a.value(base::MutableByteView(upload_.authorised_digest));
  upload_.digest.serialize(a);
  a.value(reset_type_);
  a.value(owed_);
  if (owed_ > Owed::end) a.fail("the TPM waits for an unknown answer of the update session");
  a.value(host_waits_);
  bool has_seal = seal_.has_value();
  a.value(has_seal);
  if (a.is_loading()) seal_ = has_seal ? std::optional<AnswerSeal>(AnswerSeal{}) : std::nullopt;
  if (seal_) {
    a.value(base::MutableByteView(seal_->key));
    a.value(base::MutableByteView(seal_->nonce_even));
    a.value(base::MutableByteView(seal_->nonce_odd));
    a.value(seal_->continue_session);
  }
  a.value(block_);
  if (a.is_loading() && owed_ != Owed::nothing) session_.resume(Feeder::tpm, *this);
}

}  // namespace emulator::tpm
