// SPDX-License-Identifier: BSD-3-Clause
#include "tests/emulator/tpm/rig.h"

#include <gtest/gtest.h>

namespace emulator::tpm {

using base::Bytes;
using base::ByteView;
using firmware::SessionState;
using namespace protocol::tpm;

void ScriptedSession::start(firmware::Feeder, const firmware::SessionStart& start,
                            firmware::SessionListener& listener) {
  length = start.image_length;
  password = start.password;
  call(Call::start, listener);
}

void ScriptedSession::data(firmware::Feeder, ByteView bytes, firmware::SessionListener& listener) {
  block_.assign(bytes.begin(), bytes.end());
  call(Call::data, listener);
}

void ScriptedSession::end(firmware::Feeder, firmware::SessionListener& listener) {
  call(Call::end, listener);
}

void ScriptedSession::abandon(firmware::Feeder) {
  ++abandoned;
  timer_.stop();
  call_ = Call::none;
  current = SessionState::idle;
}

void ScriptedSession::commit() {
  current = SessionState::committed;
  listener_->session_committed();
}

void ScriptedSession::call(Call what, firmware::SessionListener& listener) {
  call_ = what;
  listener_ = &listener;
  if (silent) return;
  if (delay) return timer_.start(*delay);
  answer_now();
}

void ScriptedSession::answer_now() {
  std::uint32_t status = 0;
  if (!statuses.empty()) {
    status = statuses.front();
    statuses.pop_front();
  }
  const Call call = std::exchange(call_, Call::none);
  const bool good = status == 0;
  if (call == Call::start) {
    if (good) current = SessionState::staging;
    if (good) received.clear();
    return listener_->session_started(status);
  }
  if (call == Call::data) {
    if (good) received.insert(received.end(), block_.begin(), block_.end());
    return listener_->session_took_data(status);
  }
  current = good ? SessionState::committing : SessionState::failed;
  listener_->session_ended(status, good ? 1 : 0);
}

TpmConfig fitted() {
  TpmConfig config;
  config.version = {.major = 5, .minor = 0, .hotfix = 1, .build = 1111};
  config.fitted = true;
  return config;
}

TpmConfig owned() {
  TpmConfig config = fitted();
  config.state.ownership = Ownership::owned;
  return config;
}

Rig::Rig(const TpmConfig& config)
    : storage(Itpm::factory_contents(config, 1)),
      tpm(config, {.scheduler = clock,
                   .trace = trace,
                   .faults = faults,
                   .power = power,
                   .storage = storage,
                   .session = session,
                   .seed = 1}) {
  tpm.power_on();
}

Bytes Host::send(ByteView command) {
  const auto response = tpm_.transmit(0, command, std::chrono::minutes(10));
  return response ? *response : Bytes{};
}

ReturnCode Host::run(ByteView command) {
  const Bytes response = send(command);
  const auto decoded = decode_response(response);
  EXPECT_TRUE(decoded) << "no response";
  return decoded ? decoded->code : ReturnCode::io_error;
}

std::optional<HostSession> Host::oiap(const Secret& secret) {
  const auto reply = decode_oiap_reply(send(oiap_command()));
  if (!reply) return std::nullopt;
  return HostSession{.handle = reply->handle, .nonce_even = reply->nonce_even, .key = secret};
}

std::optional<HostSession> Host::osap(const Secret& owner) {
  return osap(owner, kEntityOwner, kHandleOwner);
}

std::optional<HostSession> Host::osap(const Secret& secret, std::uint16_t entity_type,
                                      std::uint32_t entity) {
  const OsapRequest request{
      .entity_type = entity_type, .entity_value = entity, .nonce_odd_osap = {++nonces_, 0x05}};
  Bytes command(OsapRequest::size);
  base::ByteWriter writer(command);
  encode(writer, request);
  const auto reply = decode_osap_reply(send(command));
  if (!reply) return std::nullopt;
  return HostSession{.handle = reply->handle,
                     .nonce_even = reply->nonce_even,
                     .key = osap_secret(secret, reply->nonce_even_osap, request.nonce_odd_osap)};
}

ReturnCode Host::authorised(HostSession& session, Ordinal ordinal, ByteView params, After after,
                            Bytes* out) {
  return authorised_on(session, ordinal, {}, params, 0, after, out);
}

ReturnCode Host::authorised_on(HostSession& session, Ordinal ordinal, ByteView handles,
                               ByteView params, std::size_t response_handles, After after,
                               Bytes* out) {
  AuthRequest auth{.handle = session.handle,
                   .nonce_odd = {++nonces_, 0x0D},
                   .continue_session = static_cast<std::uint8_t>(after == After::go_on ? 1 : 0),
                   .hmac = {}};
  auth.hmac = auth_value(session.key, command_digest(ordinal, params), session.nonce_even,
                         auth.nonce_odd, auth.continue_session);
  const Bytes response = send(to_bytes(
      AuthorisedCommand{.ordinal = ordinal, .handles = handles, .params = params, .auth = auth}));
  const auto header = decode_response(response);
  if (!header) return ReturnCode::io_error;
  if (header->code != ReturnCode::success) return header->code;
  const auto reply = decode_authorised_response(response, response_handles);
  EXPECT_TRUE(reply) << "success without a trailer";
  if (!reply) return ReturnCode::io_error;
  EXPECT_EQ(reply->auth.hmac,
            auth_value(session.key, response_digest(ordinal, reply->params), reply->auth.nonce_even,
                       auth.nonce_odd, reply->auth.continue_session))
      << "the TPM's own HMAC is wrong";
  EXPECT_NE(reply->auth.nonce_even, session.nonce_even) << "the nonce was not rolled";
  session.nonce_even = reply->auth.nonce_even;
  if (out == nullptr) return ReturnCode::success;
  out->assign(reply->handles.begin(), reply->handles.end());
  out->insert(out->end(), reply->params.begin(), reply->params.end());
  return ReturnCode::success;
}

ReturnCode Host::owner_command(const Secret& secret, Ordinal ordinal, ByteView params) {
  auto session = oiap(secret);
  if (!session) return ReturnCode::io_error;
  return authorised(*session, ordinal, params);
}

ReturnCode Host::prove_owner(const Secret& secret) {
  return owner_command(secret, Ordinal::owner_read_internal_pub,
                       owner_read_internal_pub_params(kHandleSrk));
}

ReturnCode Host::take_ownership(const Secret& secret) {
  const Nonce nonce{7};
  const auto ek = decode_pubek_reply(send(read_pubek_command(nonce)), nonce);
  if (!ek) return ReturnCode::no_endorsement;
  const Bytes params = to_bytes(
      TakeOwnershipParams{.encrypted_owner_secret = *encrypt_for_tpm(ek->modulus, secret),
                          .encrypted_srk_secret = *encrypt_for_tpm(ek->modulus, kWellKnownSecret)});
  return owner_command(secret, Ordinal::take_ownership, params);
}

Bytes Host::start_params(ByteView image, std::string_view password) {
  const Bytes block =
      to_bytes(UpgradeStart{.image_length = static_cast<std::uint32_t>(image.size()),
                            .image_digest = sha1({image}),
                            .oem_id = {},
                            .password = password});
  return to_bytes(UpgradeBody{.command = UpgradeCommand::start, .data = block});
}

ReturnCode Host::start_as_owner(HostSession session, ByteView image, Outcome* outcome) {
  Bytes out;
  const ReturnCode code =
      authorised(session, Ordinal::field_upgrade, start_params(image), After::end, &out);
  if (code != ReturnCode::success) return code;
  const auto decoded = decode_upgrade_outcome(out);
  EXPECT_TRUE(decoded);
  if (decoded && outcome != nullptr) *outcome = *decoded;
  return code;
}

ReturnCode Host::upgrade(UpgradeCommand command, ByteView data, Outcome* outcome) {
  const Bytes response = send(upgrade_command(command, data));
  const auto decoded = decode_response(response);
  if (!decoded) return ReturnCode::io_error;
  if (decoded->code != ReturnCode::success) return decoded->code;
  const auto reply = decode_upgrade_outcome(decoded->body);
  EXPECT_TRUE(reply);
  if (reply && outcome != nullptr) *outcome = *reply;
  return ReturnCode::success;
}

ReturnCode Host::start_unowned(ByteView image, Outcome* outcome) {
  const Bytes block =
      to_bytes(UpgradeStart{.image_length = static_cast<std::uint32_t>(image.size()),
                            .image_digest = sha1({image}),
                            .oem_id = {},
                            .password = {}});
  return upgrade(UpgradeCommand::start, block, outcome);
}

ReturnCode Host::data(ByteView block, Outcome* outcome) {
  return upgrade(UpgradeCommand::data, block, outcome);
}

ReturnCode Host::complete(Outcome* outcome) {
  const Bytes zero = {0};
  return upgrade(UpgradeCommand::complete, zero, outcome);
}

ReturnCode Host::abort(Outcome* outcome) {
  return upgrade(UpgradeCommand::abort, {}, outcome);
}

std::optional<UpgradeStatus> Host::status() {
  const Bytes response = send(upgrade_command(UpgradeCommand::status, {}));
  const auto decoded = decode_response(response);
  if (!decoded) return std::nullopt;
  return decode_upgrade_status(decoded->body);
}

std::optional<UpgradeInformation> Host::information() {
  const Bytes response = send(upgrade_command(UpgradeCommand::information, {}));
  const auto decoded = decode_response(response);
  if (!decoded) return std::nullopt;
  return decode_upgrade_information(decoded->body);
}

std::optional<DaInfo> Host::lockout() {
  const Bytes response = send(da_logic_command());
  const auto data = decode_capability_response(response);
  if (!data) return std::nullopt;
  return decode_da_info(*data);
}

}  // namespace emulator::tpm
