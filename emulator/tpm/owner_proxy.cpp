// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/owner_proxy.h"

#include "protocol/tpm/crypto.h"

namespace emulator::tpm {

using base::Bytes;
using base::ByteView;
using namespace protocol::tpm;

OwnerVerdict OwnerProxy::check(std::uint8_t locality, const AuthorisedCommand& command,
                               InactiveUpgrade inactive) {
  const OpenSession session = memory_.session(command.auth.handle).value_or(OpenSession{});
  // A delegation would have to name TPM_DELEGATE_FieldUpgrade, which the stand-in cannot check.
  if (session.protocol == SessionProtocol::dsap) return {.code = ReturnCode::auth_fail, .seal = {}};
  const Secret key = session_key(session, memory_);
  const Bytes answer = personality_.pass(locality, stand_in(command, session, key, inactive));
  const auto header = decode_response(answer);
  if (!header) return {.code = ReturnCode::fail, .seal = {}};
  if (header->code != ReturnCode::success) return {.code = header->code, .seal = {}};
  const auto sealed = decode_authorised_response(answer, 0);
  if (!sealed) return {.code = ReturnCode::fail, .seal = {}};
  return {.code = ReturnCode::success,
          .seal = {.key = key,
                   .nonce_even = sealed->auth.nonce_even,
                   .nonce_odd = command.auth.nonce_odd,
                   .continue_session = command.auth.continue_session}};
}

/// TPM_GetCapabilityOwner changes nothing and is refused in a disabled or inactive TPM;
/// TPM_OwnerSetDisable with the present value changes nothing either and is not.
Bytes OwnerProxy::stand_in(const AuthorisedCommand& command, const OpenSession& session,
                           const Secret& key, InactiveUpgrade inactive) {
  const Digest expected =
      auth_value(key, command_digest(command.ordinal, command.params), session.nonce_even,
                 command.auth.nonce_odd, command.auth.continue_session);
  Ordinal ordinal = Ordinal::get_capability_owner;
  Bytes params;
  if (inactive == InactiveUpgrade::allowed) {
    const auto flags = personality_.flags();
    ordinal = Ordinal::owner_set_disable;
    params = {static_cast<std::uint8_t>(flags && flags->permanent.disable ? 1 : 0)};
  }
  AuthRequest auth{.handle = command.auth.handle,
                   .nonce_odd = sha1({command.auth.nonce_odd}),
                   .continue_session = command.auth.continue_session,
                   .hmac = {}};
  auth.hmac = auth_value(key, command_digest(ordinal, params), session.nonce_even, auth.nonce_odd,
                         auth.continue_session);
  if (!same_secret(expected, command.auth.hmac)) auth.hmac[0] ^= 0xFF;
  return to_bytes(
      AuthorisedCommand{.ordinal = ordinal, .handles = {}, .params = params, .auth = auth});
}

Bytes OwnerProxy::seal(const AnswerSeal& seal, Ordinal ordinal, ByteView out_params) {
  AuthReply auth{
      .nonce_even = seal.nonce_even, .continue_session = seal.continue_session, .hmac = {}};
  auth.hmac = auth_value(seal.key, response_digest(ordinal, out_params), seal.nonce_even,
                         seal.nonce_odd, seal.continue_session);
  return to_bytes(AuthorisedResponse{.handles = {}, .params = out_params, .auth = auth});
}

}  // namespace emulator::tpm
