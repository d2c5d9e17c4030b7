// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/auth_session.h"

#include <array>
#include <utility>

#include "protocol/tpm/crypto.h"
#include "protocol/tpm/owner.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::tpm::AuthRequest;
using protocol::tpm::Digest;
using protocol::tpm::Ordinal;

namespace {

Error malformed(Ordinal ordinal, const char* how) {
  return {Errc::protocol, "TPM_" + std::string(name(ordinal)) + ": " + how};
}

}  // namespace

Result<AuthSession> AuthSession::open(Tpm12Link& link, SessionKind kind,
                                      const OwnerSecret& secret) {
  return kind == SessionKind::oiap ? open_oiap(link, secret) : open_osap(link, secret);
}

Result<AuthSession> AuthSession::open_oiap(Tpm12Link& link, const OwnerSecret& secret) {
  const auto answer = link.run(protocol::tpm::oiap_command());
  if (!answer) return answer.error();
  const auto reply = protocol::tpm::decode_oiap_reply(*answer);
  if (!reply) return malformed(Ordinal::oiap, "the answer is malformed");
  return AuthSession(link, reply->handle, reply->nonce_even, base::Secret::copy_of(secret.bytes()));
}

Result<AuthSession> AuthSession::open_osap(Tpm12Link& link, const OwnerSecret& secret) {
  const auto odd = link.nonce();
  if (!odd) return odd.error();
  const protocol::tpm::OsapRequest request{.nonce_odd_osap = *odd};
  std::array<std::uint8_t, protocol::tpm::OsapRequest::size> command{};
  base::ByteWriter writer(command);
  encode(writer, request);
  const auto answer = link.run(command);
  if (!answer) return answer.error();
  const auto reply = protocol::tpm::decode_osap_reply(*answer);
  if (!reply) return malformed(Ordinal::osap, "the answer is malformed");
  auto key = protocol::tpm::osap_secret(secret.bytes(), reply->nonce_even_osap, *odd);
  return AuthSession(link, reply->handle, reply->nonce_even, base::Secret::taken_from(key));
}

AuthSession::AuthSession(AuthSession&& other) noexcept
    : link_(other.link_),
      handle_(other.handle_),
      nonce_even_(other.nonce_even_),
      key_(std::move(other.key_)),
      open_(std::exchange(other.open_, false)) {}

AuthSession::~AuthSession() {
  flush();
}

Result<Bytes> AuthSession::run(Ordinal ordinal, ByteView params, After after) {
  if (!open_) return Error{Errc::disconnected, "authorising a command: the session is closed"};
  auto out = exchange(ordinal, params, after);
  if (!out) flush();
  return out;
}

Result<Bytes> AuthSession::exchange(Ordinal ordinal, ByteView params, After after) {
  const auto odd = link_.nonce();
  if (!odd) return odd.error();
  AuthRequest auth{.handle = handle_,
                   .nonce_odd = *odd,
                   .continue_session = static_cast<std::uint8_t>(after == After::go_on ? 1 : 0)};
  auth.hmac =
      protocol::tpm::auth_value(key_.bytes(), protocol::tpm::command_digest(ordinal, params),
                                nonce_even_, auth.nonce_odd, auth.continue_session);
  Bytes command = protocol::tpm::to_bytes(protocol::tpm::AuthorisedCommand{
      .ordinal = ordinal, .handles = {}, .params = params, .auth = auth});
  const auto answer = link_.run(command);
  base::wipe(command);  // An update's password may be among the parameters.
  if (!answer) return answer.error();
  return check(ordinal, auth, *answer);
}

Result<Bytes> AuthSession::check(Ordinal ordinal, const AuthRequest& auth, ByteView answer) {
  const auto reply = protocol::tpm::decode_authorised_response(answer, 0);
  if (!reply) return malformed(ordinal, "success without the TPM's own authorisation");
  const Digest expected = protocol::tpm::auth_value(
      key_.bytes(), protocol::tpm::response_digest(ordinal, reply->params), reply->auth.nonce_even,
      auth.nonce_odd, reply->auth.continue_session);
  if (!protocol::tpm::same_secret(expected, reply->auth.hmac)) {
    return malformed(ordinal, "the answer was not made by this TPM: its HMAC is wrong");
  }
  nonce_even_ = reply->auth.nonce_even;
  open_ = reply->auth.continue_session != 0;
  return Bytes(reply->params.begin(), reply->params.end());
}

/// The TPM has ended the session itself after most errors; then it refuses, which is as good.
void AuthSession::flush() {
  if (!std::exchange(open_, false)) return;
  (void)link_.run_once(protocol::tpm::flush_session_command(handle_), kFlushLimit);
}

}  // namespace updater::tpm
