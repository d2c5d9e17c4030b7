// SPDX-License-Identifier: BSD-3-Clause
// libcrypto's replaceable RSA method is deprecated in favour of providers, which cannot be chosen
// from outside libtpms.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "emulator/tpm/self_test_key.h"

#include <openssl/bn.h>
#include <openssl/rsa.h>

#include <map>
#include <memory>
#include <utility>

#include "base/bytes.h"
#include "base/promise.h"

namespace emulator::tpm {
namespace {

// Made once with `openssl genrsa 2048`. Nothing is protected by it.
constexpr const char* kPrime1 =
    "f941cb631e93779cfda0bcada6437e9a035777235cf106406801bfcb45832bddca801f8391636dcedf7870"
    "cf752de73dad018e1d60bf2cef81ac9b0938dd26c8f706062025e095a7fc5d285f84e90ec6cc4dc19a3236"
    "8975a90e751e63d36d3998647bcd8a395229863bcdfa2c4537b7177c4dc194658eac5b272595eafc26bf";
constexpr const char* kPrime2 =
    "f05a94bd5300e6f922205e4345613c63e9dda3780b4fbb125a5aecacf6ccee7a47f1cf4eeb701163d36b70"
    "05bdf3caf97c258f2f7befd1d13dace58eee2b49e7ef176e81d8704123e4f434c44d830c1c68c4efbb1447"
    "70bd1acd4e10202d0f7fd6a22180991e7e32f1cd903ef72c8b481b2bfad875e6926778baca9148b71681";
constexpr int kBits = 2048;

struct Free {
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, Free>;

Number from_hex(const char* digits) {
  BIGNUM* number = nullptr;
  BN_hex2bn(&number, digits);
  return Number(number);
}

Number less_one(const Number& number) {
  Number less(BN_dup(number.get()));
  BN_sub_word(less.get(), 1);
  return less;
}

/// The key with the stored primes and the exponent that was asked for (PKCS#1, section 3.2).
bool fill(RSA* key, const BIGNUM* exponent) {
  const std::unique_ptr<BN_CTX, Free> context(BN_CTX_new());
  Number p = from_hex(kPrime1);
  Number q = from_hex(kPrime2);
  const Number p1 = less_one(p);
  const Number q1 = less_one(q);
  const Number order(BN_new());
  Number n(BN_new());
  Number e(BN_dup(exponent));
  Number d(BN_new());
  Number d_p(BN_new());
  Number d_q(BN_new());
  Number q_inverse(BN_new());
  BN_CTX* const c = context.get();
  if (!BN_mul(n.get(), p.get(), q.get(), c) || !BN_mul(order.get(), p1.get(), q1.get(), c) ||
      !BN_mod_inverse(d.get(), e.get(), order.get(), c) ||
      !BN_mod(d_p.get(), d.get(), p1.get(), c) || !BN_mod(d_q.get(), d.get(), q1.get(), c) ||
      !BN_mod_inverse(q_inverse.get(), q.get(), p.get(), c)) {
    return false;
  }
  return RSA_set0_key(key, n.release(), e.release(), d.release()) &&
         RSA_set0_factors(key, p.release(), q.release()) &&
         RSA_set0_crt_params(key, d_p.release(), d_q.release(), q_inverse.release());
}

/// Another size than libtpms' test uses today is made as ever.
int give_stored_key(RSA* key, int bits, BIGNUM* exponent, BN_GENCB* progress) {
  if (bits == kBits) return fill(key, exponent) ? 1 : 0;
  RSA_set_method(key, RSA_PKCS1_OpenSSL());
  return RSA_generate_key_ex(key, bits, exponent, progress);
}

base::Bytes to_bytes(const BIGNUM* number) {
  base::Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
  BN_bn2bin(number, bytes.data());
  return bytes;
}

bool is_of_the_stored_key(const BIGNUM* modulus) {
  static const base::Bytes stored = [] {
    const std::unique_ptr<BN_CTX, Free> context(BN_CTX_new());
    const Number n(BN_new());
    BN_mul(n.get(), from_hex(kPrime1).get(), from_hex(kPrime2).get(), context.get());
    return to_bytes(n.get());
  }();
  return to_bytes(modulus) == stored;
}

/// base ^ exponent mod the stored key's modulus. The self-test draws from a constant seed, so it
/// asks for the same few powers each time, and nine tenths of what it costs are these.
int remembered_power(BIGNUM* result, const BIGNUM* base, const BIGNUM* exponent,
                     const BIGNUM* modulus, BN_CTX* context, BN_MONT_CTX* montgomery) {
  constexpr std::size_t kMost = 64;  // a self-test that never asks twice must not fill the memory
  static std::map<std::pair<base::Bytes, base::Bytes>, base::Bytes> known;
  const auto power = RSA_meth_get_bn_mod_exp(RSA_PKCS1_OpenSSL());
  if (!is_of_the_stored_key(modulus))
    return power(result, base, exponent, modulus, context, montgomery);
  auto asked = std::pair(to_bytes(base), to_bytes(exponent));
  if (const auto found = known.find(asked); found != known.end()) {
    const base::Bytes& bytes = found->second;
    return BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), result) != nullptr ? 1 : 0;
  }
  if (power(result, base, exponent, modulus, context, montgomery) == 0) return 0;
  if (known.size() >= kMost) known.clear();
  known.emplace(std::move(asked), to_bytes(result));
  return 1;
}

RSA_METHOD* with_stored_key() {
  RSA_METHOD* const method = RSA_meth_dup(RSA_PKCS1_OpenSSL());
  RSA_meth_set_keygen(method, give_stored_key);
  RSA_meth_set_bn_mod_exp(method, remembered_power);
  return method;
}

}  // namespace

SelfTestKeyScope::SelfTestKeyScope() {
  static const std::unique_ptr<RSA_METHOD, decltype(&RSA_meth_free)> stored(with_stored_key(),
                                                                            &RSA_meth_free);
  MEBENCH_PROMISE(RSA_get_default_method() != stored.get(), "the method is installed once");
  RSA_set_default_method(stored.get());
}

SelfTestKeyScope::~SelfTestKeyScope() {
  RSA_set_default_method(RSA_PKCS1_OpenSSL());
}

}  // namespace emulator::tpm
