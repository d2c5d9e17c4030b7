// SPDX-License-Identifier: BSD-3-Clause
// The key libtpms tests itself with: what is remembered of its powers is what libcrypto computes.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "emulator/tpm/self_test_key.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/rsa.h>

#include <array>
#include <memory>

namespace emulator::tpm {
namespace {

struct FreeKey {
  void operator()(RSA* key) const { RSA_free(key); }
};
using Key = std::unique_ptr<RSA, FreeKey>;

template <std::size_t Size>
using Message = std::array<unsigned char, Size>;

/// Made while the scope lives, and without its primes, as libtpms makes the one it tests.
Key made_key(int bits) {
  const Key whole(RSA_new());
  BIGNUM* const exponent = BN_new();
  BN_set_word(exponent, RSA_F4);
  EXPECT_EQ(RSA_generate_key_ex(whole.get(), bits, exponent, nullptr), 1);
  BN_free(exponent);
  const BIGNUM *n = nullptr, *e = nullptr, *d = nullptr;
  RSA_get0_key(whole.get(), &n, &e, &d);
  Key bare(RSA_new());
  EXPECT_EQ(RSA_set0_key(bare.get(), BN_dup(n), BN_dup(e), BN_dup(d)), 1);
  return bare;
}

/// Sealed with the private exponent and opened with the public one.
template <std::size_t Size>
Message<Size> there_and_back(const Key& key, const Message<Size>& message) {
  Message<Size> sealed = {};
  Message<Size> opened = {};
  EXPECT_EQ(RSA_private_encrypt(Size, message.data(), sealed.data(), key.get(), RSA_NO_PADDING),
            static_cast<int>(Size));
  EXPECT_EQ(RSA_public_decrypt(Size, sealed.data(), opened.data(), key.get(), RSA_NO_PADDING),
            static_cast<int>(Size));
  return opened;
}

template <std::size_t Size>
Message<Size> numbered(unsigned char number) {
  Message<Size> message = {};
  message.back() = number;
  return message;
}

TEST(SelfTestKey, OpensEachMessageHoweverOftenOthersWereSealedBetween) {
  const SelfTestKeyScope scope;
  const Key key = made_key(2048);
  for (const unsigned char number : std::array<unsigned char, 4>{2, 3, 2, 3})
    EXPECT_EQ(there_and_back(key, numbered<256>(number)), numbered<256>(number));
}

TEST(SelfTestKey, RemembersNothingForAnotherKey) {
  const SelfTestKeyScope scope;
  const Key stored = made_key(2048);
  const Key other = made_key(1024);
  // The public exponent and the number are the same: only the modulus is not.
  Message<256> of_stored = {};
  Message<128> of_other = {};
  EXPECT_EQ(RSA_public_encrypt(256, numbered<256>(9).data(), of_stored.data(), stored.get(),
                               RSA_NO_PADDING),
            256);
  EXPECT_EQ(RSA_public_encrypt(128, numbered<128>(9).data(), of_other.data(), other.get(),
                               RSA_NO_PADDING),
            128);
  EXPECT_EQ(there_and_back(other, numbered<128>(9)), numbered<128>(9));
}

TEST(SelfTestKey, LeavesOtherSizesToLibcrypto) {
  const SelfTestKeyScope scope;
  const Key first = made_key(1024);
  const Key second = made_key(1024);
  const BIGNUM *one = nullptr, *two = nullptr;
  RSA_get0_key(first.get(), &one, nullptr, nullptr);
  RSA_get0_key(second.get(), &two, nullptr, nullptr);
  EXPECT_NE(BN_cmp(one, two), 0);
}

}  // namespace
}  // namespace emulator::tpm
