// SPDX-License-Identifier: BSD-3-Clause
// Endorsement keys: each of the stored TPMs has its own, and a TPM that is born without one makes
// its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "emulator/tpm/stored_states.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

constexpr Nonce kAntiReplay = {7};

TpmConfig numbered(std::uint8_t which, Ownership ownership = Ownership::unowned) {
  TpmConfig config = fitted();
  config.endorsement_key = which;
  config.state.ownership = ownership;
  return config;
}

/// The key that the TPM shows to everybody while nobody owns it.
Bytes shown_key(Itpm& tpm) {
  const Bytes answer = Host(tpm).send(read_pubek_command(kAntiReplay));
  const auto key = decode_pubek_reply(answer, kAntiReplay);
  EXPECT_TRUE(key);
  return key ? Bytes(key->modulus.begin(), key->modulus.end()) : Bytes();
}

Bytes key_of_number(std::uint8_t which) {
  Rig rig(numbered(which));
  return shown_key(rig.tpm);
}

/// The key that a blank TPM makes when it is told to.
Bytes made_key(std::uint8_t which) {
  Rig rig(numbered(which, Ownership::no_ek));
  const Bytes answer = Host(rig.tpm).send(create_endorsement_key_command(kAntiReplay));
  const auto key = decode_pubek_reply(answer, kAntiReplay);
  EXPECT_TRUE(key);
  return key ? Bytes(key->modulus.begin(), key->modulus.end()) : Bytes();
}

TEST(EndorsementKey, OfEachStoredTpmIsAnother) {
  std::set<Bytes> keys;
  for (std::uint8_t which = 0; which < kStoredTpms; ++which) keys.insert(key_of_number(which));
  EXPECT_EQ(keys.size(), kStoredTpms);
}

TEST(EndorsementKey, OfOneNumberIsTheSameEveryTime) {
  EXPECT_EQ(key_of_number(5), key_of_number(5));
}

TEST(EndorsementKey, StaysWhenSomebodyTakesOwnership) {
  for (std::uint8_t which = 0; which < kStoredTpms; ++which) {
    const Bytes key = key_of_number(which);
    const Bytes owned = stored_state(Ownership::owned, which);
    EXPECT_NE(std::search(owned.begin(), owned.end(), key.begin(), key.end()), owned.end())
        << int{which};
  }
}

TEST(EndorsementKey, OfAnOwnedStoredTpmTakesItsOwnersSecret) {
  for (const std::uint8_t which : {std::uint8_t{1}, std::uint8_t{15}}) {
    Rig rig(numbered(which, Ownership::owned));
    EXPECT_EQ(Host(rig.tpm).prove_owner(kOwner), ReturnCode::success) << int{which};
  }
}

TEST(EndorsementKey, MadeByABlankTpmIsItsBoardsOwn) {
  const Bytes key = made_key(3);
  EXPECT_NE(made_key(4), key);
  EXPECT_EQ(made_key(3), key) << "the same board again";
}

}  // namespace
}  // namespace emulator::tpm
