// SPDX-License-Identifier: BSD-3-Clause
// What was given for a secret of a profile is not shown.
#include "emulator/machine/secret_keys.h"

#include <gtest/gtest.h>

namespace emulator::machine {
namespace {

TEST(SecretKeys, AreThePasswordAndTheOwnersPassphrase) {
  EXPECT_TRUE(is_secret("settings.update_password"));
  EXPECT_TRUE(is_secret("tpm.state.owner_passphrase"));
  for (const char* key :
       {"settings.local_update", "settings.enabled_update_interfaces", "tpm.state.ownership",
        "tpm.state.owner_secret", "tpm.vendor", "firmware.version", "description", ""}) {
    EXPECT_FALSE(is_secret(key)) << key;
  }
}

TEST(SecretKeys, AreSoInATableAndMistyped) {
  for (const char* key :
       {"settings", "tpm", "tpm.state", " settings.update_password ",
        "settings.\"update_password\"", "Settings.Update_Password", "settings.update_pasword",
        "update_password", "setings.update_password"}) {
    EXPECT_TRUE(is_secret(key)) << key;
  }
}

TEST(SecretKeys, AreShownWithoutTheirValue) {
  EXPECT_EQ(without_secret("settings.update_password=hunter2"), "settings.update_password=@FILE");
  EXPECT_EQ(without_secret("--set=settings.update_password=a=b"),
            "--set=settings.update_password=@FILE");
  EXPECT_EQ(without_secret("settings={update_password=\"hunter2\"}"), "settings=@FILE");
}

TEST(SecretKeys, LeaveEverythingElseAsItIs) {
  for (const char* word :
       {"settings.update_password=@/run/pw", "settings.enabled_update_interfaces=3", "--set",
        "--log=settings.txt", "new.bin", "", "=", "a=b", "--set=settings.update_password=@pw"}) {
    EXPECT_EQ(without_secret(word), word);
  }
}

}  // namespace
}  // namespace emulator::machine
