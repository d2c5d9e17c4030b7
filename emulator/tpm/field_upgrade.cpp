// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/field_upgrade.h"

#include "base/reached.h"
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
  notice_what_was_lost();
  const bool authorised = decode_command(command)->tag != Tag::request;
  if (authorised && body.command != UpgradeCommand::start)
    return error_response(ReturnCode::bad_tag);
  seal_.reset();
  if (is_query(body.command))
    return body.command == UpgradeCommand::status ? status() : information();
  if (const ReturnCode code = readiness(); code != ReturnCode::success) return error_response(code);
  if (body.command == UpgradeCommand::abort) return abort();
  // A cancelled command left the session at work; only an abort may come between, and complete
  // once more.
  const bool again = body.command == UpgradeCommand::complete && owed_ == Owed::end;
  if (owed_ != Owed::nothing && !again) return error_response(ReturnCode::retry);
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
  if (host_waits_) base::reached(base::Place::upload_cancelled);
  host_waits_ = false;
}

void FieldUpgrade::owner_cleared() {
  if (!upload_.active || upload_.authority != Authority::owner) return;
  note("field upgrade abandoned: its owner is gone");
  base::reached(base::Place::upload_loses_owner);
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

/// The session dropped a call without a word: nothing is at work any more.
void FieldUpgrade::notice_what_was_lost() {
  if (owed_ == Owed::nothing || session_.owes(Feeder::tpm)) return;
  if (owed_ == Owed::start) upload_ = {};
  owed_ = Owed::nothing;
  host_waits_ = false;
  block_.clear();
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
  base::reached(authorised ? base::Place::upload_by_owner : base::Place::upload_by_presence);
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

/// Taken again as long as the session has not restarted: a host whose answer was lost gives it once
/// more, and is told what became of the first.
std::optional<Bytes> FieldUpgrade::complete() {
  if (owed_ == Owed::end) {
    host_waits_ = true;
    return std::nullopt;
  }
  if (!upload_.active) return outcome(status_of(ToolError::no_update_in_progress));
  const bool whole = upload_.received == upload_.announced;
  if (whole && upload_.digest.value() != upload_.authorised_digest) {
    note("field upgrade refused: not the image that was authorised");
    base::reached(base::Place::upload_of_another_image);
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
  base::reached(base::Place::upload_aborted);
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

}  // namespace emulator::tpm
