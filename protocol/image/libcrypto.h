// SPDX-License-Identifier: BSD-3-Clause
// libcrypto's objects with their owners, and RSA keys as manifests store them. For this room alone.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/bytes.h"

namespace protocol::image::libcrypto {

template <auto Free>
struct Release {
  template <class T>
  void operator()(T* p) const {
    Free(p);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;
using ParamBuild = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free>>;

template <std::size_t N>
std::array<std::uint8_t, N> digest(const EVP_MD* kind, base::ByteView a, base::ByteView b = {}) {
  std::array<std::uint8_t, N> out{};
  const Digest context(EVP_MD_CTX_new());
  EVP_DigestInit_ex(context.get(), kind, nullptr);
  EVP_DigestUpdate(context.get(), a.data(), a.size());
  EVP_DigestUpdate(context.get(), b.data(), b.size());
  EVP_DigestFinal_ex(context.get(), out.data(), nullptr);
  return out;
}

/// Null where libcrypto takes no such key. `modulus` is little-endian.
Key public_key(base::ByteView modulus, std::uint32_t exponent);

/// The unencrypted RSA key in `pem` whose modulus fills `modulus` exactly, with its public half
/// written out; null for anything else.
Key private_key(std::string_view pem, base::MutableByteView modulus, std::uint32_t& exponent);

}  // namespace protocol::image::libcrypto
