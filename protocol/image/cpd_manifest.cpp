// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/cpd_manifest.h"

#include <openssl/rsa.h>

#include <algorithm>

#include "protocol/image/libcrypto.h"
#include "protocol/image/manifest.h"
#include "protocol/mei/fields.h"

namespace protocol::image {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kHashSize = 48;
constexpr std::size_t kEncodedSize = shape_of(ManifestForm::cpd_r2).key_bytes;
using Encoded = std::array<std::uint8_t, kEncodedSize>;

ByteView r2_head(ByteView signed_part) {
  return signed_part.first(CpdManifest::signed_header_size);
}
ByteView r2_rest(ByteView signed_part) {
  return signed_part.subspan(shape_of(ManifestForm::cpd_r2).size());
}

/// MGF1 of RFC 8017, B.2.1.
void fill_mask(base::MutableByteView out, const Sha384& seed) {
  for (std::uint32_t counter = 0; !out.empty(); ++counter) {
    const auto low = static_cast<std::uint8_t>(counter);  // a key of 3072 bits asks for seven
    const Sha384 block = sha384(seed, std::array<std::uint8_t, 4>{0, 0, 0, low});
    const std::size_t size = std::min(block.size(), out.size());
    std::copy_n(block.begin(), size, out.begin());
    out = out.subspan(size);
  }
}

/// EMSA-PSS of RFC 8017, 9.1.1, with the message's own hash as salt: libcrypto's would be another
/// one each time. `bits`: of the modulus.
Encoded encode_pss(const Sha384& hash, int bits) {
  constexpr std::array<std::uint8_t, 8> zeros{};
  std::array<std::uint8_t, kHashSize * 2> hash_and_salt{};
  std::copy(hash.begin(), hash.end(), hash_and_salt.begin());
  std::copy(hash.begin(), hash.end(), hash_and_salt.begin() + kHashSize);
  const Sha384 h = sha384(zeros, hash_and_salt);
  constexpr std::size_t db_size = kEncodedSize - kHashSize - 1;
  Encoded out{};
  fill_mask(base::MutableByteView(out).first(db_size), h);
  out[db_size - kHashSize - 1] ^= 1;
  for (std::size_t i = 0; i < kHashSize; ++i) out[db_size - kHashSize + i] ^= hash[i];
  const auto unused_bits =
      static_cast<unsigned>(kEncodedSize * 8) - static_cast<unsigned>(bits - 1);
  out[0] = static_cast<std::uint8_t>(out[0] & (0xFFu >> unused_bits));
  std::copy(h.begin(), h.end(), out.begin() + db_size);
  out.back() = 0xBC;
  return out;
}

/// RSA alone, without padding; empty where libcrypto fails.
base::Bytes power(EVP_PKEY* key, const Encoded& number) {
  const libcrypto::KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  base::Bytes out(kEncodedSize);
  std::size_t length = out.size();
  const bool done =
      EVP_PKEY_sign_init(context.get()) == 1 &&
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1 &&
      EVP_PKEY_sign(context.get(), out.data(), &length, number.data(), number.size()) == 1 &&
      length == out.size();
  return done ? out : base::Bytes{};
}

/// R1 is laid out as the fixed part of an $MN2 manifest is, and signed in the same way.
bool verifies_as_mn2(ByteView signed_part) {
  const auto manifest = decode_manifest(signed_part);
  return manifest && signature_verifies(signed_part, *manifest);
}

bool verifies_as_pss(ByteView signed_part, const CpdManifest& manifest) {
  const libcrypto::Key key = libcrypto::public_key(manifest.modulus, manifest.exponent);
  if (!key) return false;
  base::Bytes signature = manifest.signature;
  std::reverse(signature.begin(), signature.end());
  const libcrypto::Digest context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* how = nullptr;  // the digest's
  const EVP_MD* kind = EVP_sha384();
  if (EVP_DigestVerifyInit(context.get(), &how, kind, nullptr, key.get()) != 1) return false;
  if (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) != 1) return false;
  const ByteView head = r2_head(signed_part);
  const ByteView rest = r2_rest(signed_part);
  EVP_DigestVerifyUpdate(context.get(), head.data(), head.size());
  EVP_DigestVerifyUpdate(context.get(), rest.data(), rest.size());
  return EVP_DigestVerifyFinal(context.get(), signature.data(), signature.size()) == 1;
}

base::Result<void> sign_with_pss(base::MutableByteView signed_part, std::string_view pem) {
  base::Bytes modulus(kEncodedSize);
  std::uint32_t exponent = 0;
  const auto key = libcrypto::private_key(pem, modulus, exponent);
  if (!key) {
    return base::Error{base::Errc::invalid,
                       "signing: the key is not an unencrypted PEM-encoded RSA-3072 private key"};
  }
  const Sha384 hash = sha384(r2_head(signed_part), r2_rest(signed_part));
  base::Bytes signature = power(key.get(), encode_pss(hash, EVP_PKEY_get_bits(key.get())));
  if (signature.empty()) return base::Error{base::Errc::io, "signing: libcrypto failed to sign"};
  std::reverse(signature.begin(), signature.end());
  base::ByteWriter out(signed_part.subspan(CpdManifestShape::at_modulus));
  out.bytes(modulus).u32(exponent).bytes(signature);
  return {};
}

/// The form whose header has so many dwords.
std::optional<ManifestForm> form_of(std::uint32_t header_dwords) {
  for (const ManifestForm form : {ManifestForm::cpd_r1, ManifestForm::cpd_r2}) {
    if (shape_of(form).header_dwords() == header_dwords) return form;
  }
  return std::nullopt;
}

/// A key or a signature, zeros before there is one.
void write_key_field(ByteWriter& out, ByteView bytes, std::size_t size) {
  out.bytes(bytes).zeros(size - bytes.size());
}

}  // namespace

void encode(ByteWriter& out, const CpdManifest& m) {
  const std::size_t start = out.size();
  const CpdManifestShape shape = m.shape();
  out.u32(CpdManifest::type).u32(shape.header_dwords()).u32(shape.header_version);
  out.u32(m.flags).u32(kVendorIntel).u32(m.date).u32(m.size_dwords);
  out.text(tag_of(m.form), 4).u32(0);
  mei::write_version(out, m.version);
  out.u32(m.security_version);
  out.zeros(CpdManifest::at_key_size - (out.size() - start));
  out.u32(static_cast<std::uint32_t>(shape.key_bytes / 4)).u32(1);
  write_key_field(out, m.modulus, shape.key_bytes);
  out.u32(m.exponent);
  write_key_field(out, m.signature, shape.key_bytes);
}

std::optional<CpdManifest> decode_cpd_manifest(ByteView data) {
  ByteReader in(data);
  bool ours = in.u32() == CpdManifest::type;
  const auto form = form_of(in.u32());
  if (!ours || !form) return std::nullopt;
  CpdManifest m;
  m.form = *form;
  const CpdManifestShape shape = m.shape();
  ours = in.u32() == shape.header_version;
  m.flags = in.u32();
  ours = ours && in.u32() == kVendorIntel;
  m.date = in.u32();
  m.size_dwords = in.u32();
  ours = ours && mei::read_text(in, 4) == tag_of(m.form);
  in.skip(4);
  m.version = mei::read_version(in);
  m.security_version = in.u32();
  in.skip(CpdManifest::at_key_size - in.position());
  ours = ours && in.u32() == shape.key_bytes / 4 && in.u32() == 1;
  const auto field = [&](base::Bytes& into) {
    const ByteView bytes = in.bytes(shape.key_bytes);
    into.assign(bytes.begin(), bytes.end());
  };
  field(m.modulus);
  m.exponent = in.u32();
  field(m.signature);
  if (!ours || !in.ok()) return std::nullopt;
  return m;
}

Md5 key_md5(const CpdManifest& manifest) {
  std::array<std::uint8_t, 4> exponent{};
  ByteWriter(exponent).u32(manifest.exponent);
  return libcrypto::digest<16>(EVP_md5(), manifest.modulus, exponent);
}

bool signature_verifies(ByteView signed_part, const CpdManifest& manifest) {
  if (signed_part.size() < manifest.header_size()) return false;
  if (manifest.form == ManifestForm::cpd_r1) return verifies_as_mn2(signed_part);
  return verifies_as_pss(signed_part, manifest);
}

base::Result<void> sign_cpd(base::MutableByteView signed_part, std::string_view private_key_pem) {
  const std::optional<CpdManifest> m = decode_cpd_manifest(signed_part);
  if (!m) return base::Error{base::Errc::invalid, "signing: the bytes hold no manifest in a $CPD"};
  if (m->form == ManifestForm::cpd_r1) return sign(signed_part, private_key_pem);
  return sign_with_pss(signed_part, private_key_pem);
}

}  // namespace protocol::image
