// SPDX-License-Identifier: BSD-3-Clause
// Debian's mei_me on boards of later engines: what it shows of them in sysfs.
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

class GuestMe9 : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    guest = tests::boot_guest("--attach plugin --machine desktop-h87", R"(
section warnings
dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0'
section fw_ver
cat /sys/class/mei/mei0/fw_ver
section fw_status
cat /sys/class/mei/mei0/fw_status
section hbm_ver
cat /sys/class/mei/mei0/hbm_ver
section dev_state
cat /sys/class/mei/mei0/dev_state
section clients
ls /sys/bus/mei/devices
section fixed
cat /sys/bus/mei/devices/0000:00:03.0-55213584-9a29-4916-badf-0fb7ed682aeb/fixed
section info
meupdate info
section end
)");
  }
  static inline tests::BootedGuest guest;
};

TEST_F(GuestMe9, TheGuestRanToItsEnd) {
  EXPECT_EQ(guest.status, 0) << guest.output;
  guest["end"];
}
TEST_F(GuestMe9, MeiMeProbesWithoutAWarning) {
  EXPECT_EQ(tests::without(guest["warnings"], "nothing"), "");
}
TEST_F(GuestMe9, LinuxReadsTheVersionAtTheFixedAddress) {
  EXPECT_EQ(tests::without(guest["fw_ver"], "nothing"),
            "0:9.0.2.1345\n0:9.0.2.1345\n0:9.0.2.1345\n");
}
TEST_F(GuestMe9, LinuxReadsSixStatusWords) {
  EXPECT_EQ(tests::without(guest["fw_status"], "nothing"),
            "1E000245\n66002306\n00000000\n00000000\n00000000\n00000000\n");
}
TEST_F(GuestMe9, LinuxAgreesOnHbm11) {
  EXPECT_EQ(tests::without(guest["hbm_ver"], "nothing"), "1.1\n");
  EXPECT_NE(guest["dev_state"].find("ENABLED"), std::string::npos) << guest["dev_state"];
}
// One connection each, or Linux would make no device of them.
TEST_F(GuestMe9, LinuxListsTheUpdateClientAndMkhiAtBothItsAddresses) {
  for (const char* guid :
       {"309dcde8-ccb1-4062-8f78-600115a34327", "8e6a6715-9abc-4043-88ef-9e39c6f63e0f",
        "55213584-9a29-4916-badf-0fb7ed682aeb"})
    EXPECT_NE(guest["clients"].find(guid), std::string::npos) << guid << "\n" << guest["clients"];
}
TEST_F(GuestMe9, LinuxTakesTheListedOneForAFixedAddress) {
  EXPECT_EQ(guest["fixed"].substr(0, 1), "7") << guest["fixed"];
}
TEST_F(GuestMe9, MeupdateTellsTheWordsAndTheVersionThroughDevMei0) {
  EXPECT_NE(guest["info"].find("9.0.2.1345"), std::string::npos) << guest["info"];
  EXPECT_NE(guest["info"].find("66002306"), std::string::npos) << guest["info"];
}

}  // namespace
