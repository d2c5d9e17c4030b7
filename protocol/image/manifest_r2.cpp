// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/manifest_r2.h"

#include <openssl/rsa.h>

#include <algorithm>

#include "protocol/image/libcrypto.h"
#include "protocol/image/manifest.h"
#include "protocol/image/manifest_form.h"
#include "protocol/mei/fields.h"

namespace protocol::image {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kHashSize = 48;
constexpr std::size_t kEncodedSize = ManifestR2::key_bytes;
using Encoded = std::array<std::uint8_t, kEncodedSize>;

ByteView r2_head(ByteView signed_part) {
  return signed_part.first(ManifestR2::signed_header_size);
}
ByteView r2_rest(ByteView signed_part) {
  return signed_part.subspan(ManifestR2::size);
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

}  // namespace

void encode(ByteWriter& out, const ManifestR2& m) {
  const std::size_t start = out.size();
  out.u32(ManifestR2::type).u32(ManifestR2::header_dwords).u32(ManifestR2::header_version);
  out.u32(m.flags).u32(kVendorIntel).u32(m.date).u32(m.size_dwords);
  out.text(tag_of(ManifestForm::cpd_r2), 4).u32(0);
  mei::write_version(out, m.version);
  out.u32(m.security_version);
  out.zeros(ManifestR2::at_key_size - (out.size() - start));
  out.u32(ManifestR2::key_bytes / 4).u32(1).bytes(m.modulus).u32(m.exponent).bytes(m.signature);
}

std::optional<ManifestR2> decode_manifest_r2(ByteView data) {
  if (data.size() < ManifestR2::size) return std::nullopt;
  ByteReader in(data);
  ManifestR2 m;
  bool ours = in.u32() == ManifestR2::type && in.u32() == ManifestR2::header_dwords &&
              in.u32() == ManifestR2::header_version;
  m.flags = in.u32();
  ours = ours && in.u32() == kVendorIntel;
  m.date = in.u32();
  m.size_dwords = in.u32();
  ours = ours && mei::read_text(in, 4) == tag_of(ManifestForm::cpd_r2);
  in.skip(4);
  m.version = mei::read_version(in);
  m.security_version = in.u32();
  in.skip(ManifestR2::at_key_size - in.position());
  ours = ours && in.u32() == ManifestR2::key_bytes / 4 && in.u32() == 1;
  m.modulus = in.array<ManifestR2::key_bytes>();
  m.exponent = in.u32();
  m.signature = in.array<ManifestR2::key_bytes>();
  if (!ours || !in.ok()) return std::nullopt;
  return m;
}

Sha384 sha384(ByteView first, ByteView second) {
  return libcrypto::digest<kHashSize>(EVP_sha384(), first, second);
}

Md5 key_md5(const ManifestR2& manifest) {
  std::array<std::uint8_t, 4> exponent{};
  ByteWriter(exponent).u32(manifest.exponent);
  return libcrypto::digest<16>(EVP_md5(), manifest.modulus, exponent);
}

bool signature_verifies(ByteView signed_part, const ManifestR2& manifest) {
  if (signed_part.size() < ManifestR2::size) return false;
  const libcrypto::Key key = libcrypto::public_key(manifest.modulus, manifest.exponent);
  if (!key) return false;
  auto signature = manifest.signature;
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

base::Result<void> sign_r2(base::MutableByteView signed_part, std::string_view private_key_pem) {
  std::optional<ManifestR2> m = decode_manifest_r2(signed_part);
  if (!m) return base::Error{base::Errc::invalid, "signing: the bytes hold no manifest of form R2"};
  const auto key = libcrypto::private_key(private_key_pem, m->modulus, m->exponent);
  if (!key) {
    return base::Error{base::Errc::invalid,
                       "signing: the key is not an unencrypted PEM-encoded RSA-3072 private key"};
  }
  const Sha384 hash = sha384(r2_head(signed_part), r2_rest(signed_part));
  const base::Bytes signature = power(key.get(), encode_pss(hash, EVP_PKEY_get_bits(key.get())));
  if (signature.empty()) return base::Error{base::Errc::io, "signing: libcrypto failed to sign"};
  std::reverse_copy(signature.begin(), signature.end(), m->signature.begin());
  base::ByteWriter out(signed_part.subspan(ManifestR2::at_modulus));
  out.bytes(m->modulus).u32(m->exponent).bytes(m->signature);
  return {};
}

}  // namespace protocol::image
