// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/libcrypto.h"

#include <openssl/pem.h>

namespace protocol::image::libcrypto {

Key public_key(base::ByteView modulus, std::uint32_t exponent) {
  const Number n(BN_lebin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
  const Number e(BN_new());
  BN_set_word(e.get(), exponent);
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

namespace {

bool write_public_half(EVP_PKEY* key, base::MutableByteView modulus, std::uint32_t& exponent) {
  BIGNUM* n = nullptr;
  BIGNUM* e = nullptr;
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n);
  EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e);
  const Number own_n(n);
  const Number own_e(e);
  const int width = static_cast<int>(modulus.size());
  if (!own_n || !own_e || BN_num_bytes(n) != width || BN_num_bits(e) > 32) return false;
  BN_bn2lebinpad(n, modulus.data(), width);
  exponent = static_cast<std::uint32_t>(BN_get_word(e));
  return true;
}

}  // namespace

Key private_key(std::string_view pem, base::MutableByteView modulus, std::uint32_t& exponent) {
  const Bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  char no_passphrase[] =
      "";  // an encrypted key is refused; without this libcrypto asks on the terminal
  Key key(PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, no_passphrase));
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA ||
      !write_public_half(key.get(), modulus, exponent))
    return nullptr;
  return key;
}

}  // namespace protocol::image::libcrypto
