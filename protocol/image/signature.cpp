// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/signature.h"

#include <algorithm>
#include <optional>

#include "protocol/image/libcrypto.h"
#include "protocol/image/manifest_form.h"

namespace protocol::image {
namespace {

using base::ByteView;

using libcrypto::digest;
using libcrypto::Digest;
using libcrypto::Key;

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

/// The key, with its public half in `manifest`.
base::Result<Key> private_key(std::string_view pem, Manifest& manifest) {
  Key key = libcrypto::private_key(pem, manifest.modulus, manifest.exponent);
  if (!key) {
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
  const Key key = libcrypto::public_key(manifest.modulus, manifest.exponent);
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
