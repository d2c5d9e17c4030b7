// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include <memory>

#include "base/promise.h"
#include "base/secret.h"
#include "base/utf8.h"

namespace protocol::tpm {
namespace {

using base::Bytes;
using base::ByteView;

constexpr std::string_view kOaepLabel = "TCPA";
constexpr unsigned long kExponent = 65537;

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* p) const {
    Free(p);
  }
};
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;

Bytes joined(std::initializer_list<ByteView> parts) {
  std::size_t size = 0;
  for (const ByteView part : parts) size += part.size();
  Bytes all;
  all.reserve(size);
  for (const ByteView part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Key public_key(ByteView modulus) {
  const Number n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
  const Number e(BN_new());
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || BN_set_word(e.get(), kExponent) != 1) return nullptr;
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1) return nullptr;
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) return nullptr;
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return nullptr;
  return Key(key);
}

bool choose_oaep(EVP_PKEY_CTX* context) {
  if (EVP_PKEY_encrypt_init(context) != 1) return false;
  if (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) != 1) return false;
  if (EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha1()) != 1) return false;
  if (EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha1()) != 1) return false;
  void* label = OPENSSL_memdup(kOaepLabel.data(), kOaepLabel.size());
  if (EVP_PKEY_CTX_set0_rsa_oaep_label(context, label, static_cast<int>(kOaepLabel.size())) == 1) {
    return true;
  }
  OPENSSL_free(label);
  return false;
}

void append_utf16(Bytes& out, char32_t point) {
  const auto unit = [&out](char32_t u) {
    out.push_back(static_cast<std::uint8_t>(u));
    out.push_back(static_cast<std::uint8_t>(u >> 8));
  };
  if (point < 0x10000) return unit(point);
  unit(0xD800 + ((point - 0x10000) >> 10));
  unit(0xDC00 + ((point - 0x10000) & 0x3FF));
}

}  // namespace

Digest sha1(std::initializer_list<ByteView> parts) {
  const Bytes all = joined(parts);
  Digest out{};
  SHA1(all.data(), all.size(), out.data());
  return out;
}

Digest hmac_sha1(ByteView key, std::initializer_list<ByteView> parts) {
  const Bytes all = joined(parts);
  Digest out{};
  unsigned int size = 0;
  HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), all.data(), all.size(), out.data(),
       &size);
  MEBENCH_PROMISE(size == out.size(), "a digest is as long as its buffer");
  return out;
}

bool same_secret(const Digest& a, const Digest& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Secret secret_from_passphrase(std::string_view passphrase) {
  return sha1({base::as_bytes(passphrase)});
}

std::optional<Secret> secret_from_passphrase_utf16(std::string_view utf8_passphrase) {
  Bytes units;
  units.reserve(utf8_passphrase.size() * 2);
  for (std::size_t at = 0; at < utf8_passphrase.size();) {
    const base::CodePoint point = base::code_point_at(utf8_passphrase, at);
    if (point.length == 0) {
      base::wipe(units);
      return std::nullopt;
    }
    append_utf16(units, point.value);
    at += point.length;
  }
  const Secret secret = sha1({units});
  base::wipe(units);
  return secret;
}

std::optional<Bytes> encrypt_for_tpm(ByteView modulus, ByteView plain) {
  const Key key = public_key(modulus);
  if (!key) return std::nullopt;
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  if (!context || !choose_oaep(context.get())) return std::nullopt;
  Bytes out(modulus.size());
  std::size_t size = out.size();
  if (EVP_PKEY_encrypt(context.get(), out.data(), &size, plain.data(), plain.size()) != 1) {
    return std::nullopt;
  }
  out.resize(size);
  return out;
}

}  // namespace protocol::tpm
