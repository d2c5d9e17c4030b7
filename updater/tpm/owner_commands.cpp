// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/owner_commands.h"

#include <array>

#include "protocol/tpm/crypto.h"

namespace updater::tpm {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;

namespace {

Result<PublicKey> endorsement_key(Tpm12Link& link, Bytes (*command)(const Nonce&)) {
  const auto nonce = link.nonce();
  if (!nonce) return nonce.error();
  const auto answer = link.run(command(*nonce));
  if (!answer) return answer.error();
  auto key = decode_pubek_reply(*answer, *nonce);
  if (!key) return Error{Errc::protocol, "reading the TPM's endorsement key: it is malformed"};
  return std::move(*key);
}

Result<void> without_answer(const Result<Bytes>& answer) {
  if (!answer) return answer.error();
  return {};
}

}  // namespace

Result<Bytes> run_as_owner(Tpm12Link& link, const OwnerSecret& secret, Ordinal ordinal,
                           ByteView params, SessionKind kind) {
  auto session = AuthSession::open(link, kind, secret);
  if (!session) return session.error();
  return session->run(ordinal, params);
}

Result<PublicKey> read_endorsement_key(Tpm12Link& link) {
  return endorsement_key(link, read_pubek_command);
}

Result<PublicKey> create_endorsement_key(Tpm12Link& link) {
  return endorsement_key(link, create_endorsement_key_command);
}

Result<void> take_ownership(Tpm12Link& link, const OwnerSecret& secret) {
  const auto key = read_endorsement_key(link);
  if (!key) return key.error();
  auto owner = encrypt_for_tpm(key->modulus, secret.bytes());
  auto root = encrypt_for_tpm(key->modulus, kWellKnownSecret);
  if (!owner || !root) {
    return Error{Errc::protocol, "encrypting for the TPM: its endorsement key is no RSA key"};
  }
  return without_answer(
      run_as_owner(link, secret, Ordinal::take_ownership,
                   to_bytes(TakeOwnershipParams{.encrypted_owner_secret = std::move(*owner),
                                                .encrypted_srk_secret = std::move(*root)})));
}

Result<void> clear_owner(Tpm12Link& link, const OwnerSecret& secret) {
  return without_answer(run_as_owner(link, secret, Ordinal::owner_clear, {}));
}

Result<void> set_disabled(Tpm12Link& link, const OwnerSecret& secret, Setting disabled) {
  const std::array<std::uint8_t, 1> params = {static_cast<std::uint8_t>(disabled)};
  return without_answer(run_as_owner(link, secret, Ordinal::owner_set_disable, params));
}

}  // namespace updater::tpm
