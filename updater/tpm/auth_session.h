// SPDX-License-Identifier: BSD-3-Clause
// An authorisation session with the TPM's owner, OIAP or OSAP (TPM Main Part 1, section 13): proves
// the secret to the TPM and has the TPM prove that it knows it too.
#pragma once

#include "protocol/tpm/authorisation.h"
#include "updater/tpm/owner_secret.h"
#include "updater/tpm/tpm12_link.h"

namespace updater::tpm {

enum class SessionKind : std::uint8_t { oiap, osap };
/// What becomes of the session when its command has succeeded.
enum class After : std::uint8_t { end, go_on };

class AuthSession {
 public:
  /// Opens it; `link` must outlive it. Nothing is proved yet. Errors: Tpm12Link's; refused
  /// resources: too many sessions are open.
  static base::Result<AuthSession> open(Tpm12Link& link, SessionKind kind,
                                        const OwnerSecret& secret);
  /// Flushes it if it is open, without a word about how that went.
  ~AuthSession();
  AuthSession(AuthSession&& other) noexcept;
  AuthSession& operator=(AuthSession&&) = delete;

  /// Runs `ordinal` with one authorisation and answers its parameters, once the TPM's HMAC has been
  /// checked. `params` are covered by the HMAC. After any error the session is flushed. Errors:
  /// Tpm12Link's, protocol (the answer's HMAC or form is wrong), disconnected (the session is
  /// closed already).
  base::Result<base::Bytes> run(protocol::tpm::Ordinal ordinal, base::ByteView params,
                                After after = After::end);

  bool is_open() const { return open_; }

 private:
  AuthSession(Tpm12Link& link, protocol::tpm::Handle handle, const protocol::tpm::Nonce& even,
              base::Secret key)
      : link_(link), handle_(handle), nonce_even_(even), key_(std::move(key)), open_(true) {}
  static base::Result<AuthSession> open_oiap(Tpm12Link& link, const OwnerSecret& secret);
  static base::Result<AuthSession> open_osap(Tpm12Link& link, const OwnerSecret& secret);

  base::Result<base::Bytes> exchange(protocol::tpm::Ordinal ordinal, base::ByteView params,
                                     After after);
  base::Result<base::Bytes> check(protocol::tpm::Ordinal ordinal,
                                  const protocol::tpm::AuthRequest& auth, base::ByteView answer);
  void flush();

  Tpm12Link& link_;
  protocol::tpm::Handle handle_ = 0;
  protocol::tpm::Nonce nonce_even_{};
  base::Secret key_;
  bool open_ = false;
};

}  // namespace updater::tpm
