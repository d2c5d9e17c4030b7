// SPDX-License-Identifier: BSD-3-Clause
// A board with a signing key of its owner's: the factory signs with it, and the ROM takes it alone.
#include "emulator/machine/signing_key.h"

#include "emulator/firmware/firmware_view.h"
#include "emulator/machine/machine.h"
#include "scenarios/engine/other_key.h"
#include "tests/emulator/machine/profile_file.h"

namespace emulator::machine {
namespace {

using scenarios::engine::kOtherKeyPem;

/// As openssl and md5sum say of kOtherKeyPem: modulus and exponent, least significant byte first.
constexpr const char* kOtherMd5 = "da84227a972b8eff1613ccf50c45d3a2";

firmware::BootPath booted_path(const Profile& profile) {
  const auto machine = Machine::build(profile);
  if (!machine) return firmware::BootPath::off;
  machine.value()->power_on();
  machine.value()->clock().sleep(std::chrono::seconds(5));
  return machine.value()->firmware().boot_path();
}

struct SigningKeyFile : ProfileFile {
  std::string board(std::string_view more) {
    return write("boards/own.toml",
                 "schema = 1\nextends = \"esprimo-e5730\"\n[firmware]\n" + std::string(more));
  }
};

TEST_F(SigningKeyFile, IsNamedAsAManifestStoresIt) {
  const auto key = read_signing_key(write("own.pem", kOtherKeyPem));
  ASSERT_TRUE(key) << key.error().doing;
  EXPECT_EQ(key->md5, kOtherMd5);
}

TEST_F(SigningKeyFile, BesideTheProfileMakesABoardThatBootsItsOwnCode) {
  write("boards/keys/own.pem", kOtherKeyPem);
  const auto profile = load_profile(board("key = \"keys/own.pem\"\n"));
  ASSERT_TRUE(profile) << profile.error().doing;
  EXPECT_EQ(profile->firmware.identity.key_md5, kOtherMd5);
  EXPECT_EQ(booted_path(*profile), firmware::BootPath::operational);
  Profile signed_by_another = *profile;
  signed_by_another.signing_key_pem.clear();
  EXPECT_EQ(booted_path(signed_by_another), firmware::BootPath::halted);
}

TEST_F(SigningKeyFile, OfAnExtendedProfileStaysBesideThatProfile) {
  write("boards/own.pem", kOtherKeyPem);
  board("key = \"own.pem\"\n");
  const auto profile =
      load_profile(write("elsewhere/child.toml", "schema = 1\nextends = \"../boards/own.toml\"\n"));
  ASSERT_TRUE(profile) << profile.error().doing;
  EXPECT_EQ(profile->firmware.identity.key_md5, kOtherMd5);
}

TEST_F(SigningKeyFile, LeftEmptyIsTheDevelopmentKeyAgain) {
  write("boards/own.pem", kOtherKeyPem);
  board("key = \"own.pem\"\n");
  const auto profile =
      load_profile(write("elsewhere/child.toml",
                         "schema = 1\nextends = \"../boards/own.toml\"\n[firmware]\nkey = \"\"\n"));
  ASSERT_TRUE(profile) << profile.error().doing;
  EXPECT_EQ(booted_path(*profile), firmware::BootPath::operational);
  EXPECT_EQ(profile->firmware.identity.key_md5, "");
}

TEST_F(SigningKeyFile, ThatIsMissingOrNoneIsToldAtItsPlace) {
  EXPECT_EQ(shortened(load_profile(board("key = \"own.pem\"\n"))),
            "boards/own.toml:4:7: reading boards/own.pem: No such file or directory");
  write("boards/own.pem", "-----BEGIN PUBLIC KEY-----\n");
  EXPECT_EQ(shortened(load_profile(board("key = \"own.pem\"\n"))),
            "boards/own.toml:4:7: reading boards/own.pem: the key is not an unencrypted "
            "PEM-encoded RSA-2048 private key (`openssl genrsa -out FILE 2048` makes one)");
}

TEST_F(SigningKeyFile, AndAnotherRomKeyContradictEachOther) {
  write("boards/own.pem", kOtherKeyPem);
  EXPECT_EQ(shortened(load_profile(
                board("key = \"own.pem\"\nkey_md5 = \"5c7169b7e7065323fb7b3b5657b4d57a\"\n"))),
            "boards/own.toml:5:11: key_md5 is \"5c7169b7e7065323fb7b3b5657b4d57a\", but the key in "
            "own.pem has da84227a972b8eff1613ccf50c45d3a2; leave key_md5 out");
}

}  // namespace
}  // namespace emulator::machine
