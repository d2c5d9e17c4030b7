// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/signature.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>

#include "protocol/image/manifest_form.h"

namespace protocol::image {
namespace {

using base::ByteView;

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
std::array<std::uint8_t, N> digest(const EVP_MD* kind, ByteView a, ByteView b = {}) {
  std::array<std::uint8_t, N> out{};
  const Digest context(EVP_MD_CTX_new());
  EVP_DigestInit_ex(context.get(), kind, nullptr);
  EVP_DigestUpdate(context.get(), a.data(), a.size());
  EVP_DigestUpdate(context.get(), b.data(), b.size());
  EVP_DigestFinal_ex(context.get(), out.data(), nullptr);
  return out;
}

const EVP_MD* hash_of(const Manifest& manifest) {
  const std::string_view tag(manifest.tag.data(), manifest.tag.size());
  return tag == tag_of(ManifestForm::mn2) ? EVP_sha256() : EVP_sha1();
}

ByteView signed_head(ByteView signed_part) {
  return signed_part.first(Manifest::signed_header_size);
}
ByteView signed_rest(ByteView signed_part) {
  return signed_part.subspan(Manifest::at_partition_name);
}

Key public_key(const Manifest& manifest) {
  const Number n(BN_lebin2bn(manifest.modulus.data(), static_cast<int>(kRsaBytes), nullptr));
  const Number e(BN_new());
  BN_set_word(e.get(), manifest.exponent);
  const ParamBuild build(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const Params params(OSSL_PARAM_BLD_to_param(build.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return nullptr;
  return Key(key);
}

bool fill_public_half(EVP_PKEY* key, Manifest& manifest) {
  BIGNUM* n = nullptr;
  BIGNUM* e = nullptr;
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n);
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e);
  const Number modulus(n);
  const Number exponent(e);
  if (!modulus || !exponent || BN_num_bytes(n) != static_cast<int>(kRsaBytes) ||
      BN_num_bits(e) > 32)
    return false;
  BN_bn2lebinpad(n, manifest.modulus.data(), static_cast<int>(kRsaBytes));
  manifest.exponent = static_cast<std::uint32_t>(BN_get_word(e));
  return true;
}

/// The key, with its public half in `manifest`.
base::Result<Key> private_key(std::string_view pem, Manifest& manifest) {
  const Bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  char no_passphrase[] =
      "";  // an encrypted key is refused; without this libcrypto asks on the terminal
  Key key(PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, no_passphrase));
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA ||
      !fill_public_half(key.get(), manifest)) {
    return base::Error{base::Errc::invalid,
                       "the key is not an unencrypted PEM-encoded RSA-2048 private key"};
  }
  return key;
}

}  // namespace

Sha1 sha1(ByteView data) {
  return digest<20>(EVP_sha1(), data);
}

Sha256 sha256(ByteView data) {
  return digest<32>(EVP_sha256(), data);
}

Md5 key_md5(const Manifest& manifest) {
  std::array<std::uint8_t, 4> exponent{};
  base::ByteWriter(exponent).u32(manifest.exponent);
  return digest<16>(EVP_md5(), manifest.modulus, exponent);
}

base::Result<Md5> key_md5(std::string_view private_key_pem) {
  Manifest manifest;
  const base::Result<Key> key = private_key(private_key_pem, manifest);
  if (!key) return key.error();
  return key_md5(manifest);
}

bool signature_verifies(ByteView signed_part, const Manifest& manifest) {
  if (signed_part.size() < Manifest::size) return false;
  const Key key = public_key(manifest);
  if (!key) return false;
  auto signature = manifest.signature;
  std::reverse(signature.begin(), signature.end());
  const Digest context(EVP_MD_CTX_new());
  if (EVP_DigestVerifyInit(context.get(), nullptr, hash_of(manifest), nullptr, key.get()) != 1)
    return false;
  const ByteView head = signed_head(signed_part);
  const ByteView rest = signed_rest(signed_part);
  EVP_DigestVerifyUpdate(context.get(), head.data(), head.size());
  EVP_DigestVerifyUpdate(context.get(), rest.data(), rest.size());
  return EVP_DigestVerifyFinal(context.get(), signature.data(), signature.size()) == 1;
}

base::Result<void> sign(base::MutableByteView signed_part, std::string_view private_key_pem) {
  std::optional<Manifest> manifest = decode_manifest(signed_part);
  if (!manifest)
    return base::Error{base::Errc::invalid, "signing: the bytes are shorter than a manifest"};
  const base::Result<Key> key = private_key(private_key_pem, *manifest);
  if (!key) return base::Error{key.error().code, "signing: " + key.error().doing};

  const Digest context(EVP_MD_CTX_new());
  std::size_t length = manifest->signature.size();
  const ByteView head = signed_head(signed_part);
  const ByteView rest = signed_rest(signed_part);
  EVP_DigestSignInit(context.get(), nullptr, hash_of(*manifest), nullptr, key.value().get());
  EVP_DigestSignUpdate(context.get(), head.data(), head.size());
  EVP_DigestSignUpdate(context.get(), rest.data(), rest.size());
  if (EVP_DigestSignFinal(context.get(), manifest->signature.data(), &length) != 1) {
    return base::Error{base::Errc::io, "signing: libcrypto failed to sign"};
  }
  std::reverse(manifest->signature.begin(), manifest->signature.end());

  base::ByteWriter out(signed_part.subspan(Manifest::at_modulus));
  out.bytes(manifest->modulus).u32(manifest->exponent).bytes(manifest->signature);
  return {};
}

}  // namespace protocol::image
