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

class GuestCsme15 : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    guest = tests::boot_guest("--attach plugin --machine laptop-tgl", R"(
section warnings
dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0'
section fw_ver
cat /sys/class/mei/mei0/fw_ver
section fw_status
cat /sys/class/mei/mei0/fw_status
section trc
cat /sys/class/mei/mei0/trc
section hbm_ver
cat /sys/class/mei/mei0/hbm_ver
section dev_state
cat /sys/class/mei/mei0/dev_state
section clients
ls /sys/bus/mei/devices
section fixed
cat /sys/bus/mei/devices/0000:00:03.0-55213584-9a29-4916-badf-0fb7ed682aeb/fixed
section idle
sleep 2
cat /sys/bus/pci/devices/0000:00:03.0/power/runtime_status
section info
meupdate info
section after
dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0'
section end
)");
  }
  static inline tests::BootedGuest guest;
};

TEST_F(GuestCsme15, TheGuestRanToItsEnd) {
  EXPECT_EQ(guest.status, 0) << guest.output;
  guest["end"];
}
TEST_F(GuestCsme15, MeiMeProbesWithoutAWarning) {
  EXPECT_EQ(tests::without(guest["warnings"], "nothing"), "");
}
TEST_F(GuestCsme15, LinuxReadsTheVersionAtTheFixedAddress) {
  EXPECT_EQ(tests::without(guest["fw_ver"], "nothing"),
            "0:15.0.55.2751\n0:15.0.55.2751\n0:15.0.55.2751\n");
}
TEST_F(GuestCsme15, LinuxReadsSixStatusWordsAndTheTraceRegister) {
  EXPECT_EQ(tests::without(guest["fw_status"], "nothing"),
            "94000245\n02F10506\n00000030\n00004004\n00001F03\nC44003C9\n");
  EXPECT_EQ(tests::without(guest["trc"], "nothing"), "00000000\n");
}
TEST_F(GuestCsme15, LinuxAgreesOnHbm22AndTakesItQuietlyThatThereIsNoDmaRing) {
  EXPECT_EQ(tests::without(guest["hbm_ver"], "nothing"), "2.2\n");
  EXPECT_NE(guest["dev_state"].find("ENABLED"), std::string::npos) << guest["dev_state"];
}
// Those with one connection, and those at a fixed address.
TEST_F(GuestCsme15, LinuxListsTheClientsOfAnOwnersList) {
  for (const char* guid :
       {"309dcde8-ccb1-4062-8f78-600115a34327", "8e6a6715-9abc-4043-88ef-9e39c6f63e0f",
        "55213584-9a29-4916-badf-0fb7ed682aeb", "6861ec7b-d07a-4673-856c-7f22b4d55769",
        "42b3ce2f-bd9f-485a-96ae-26406230b1ff", "f908627d-13bf-4a04-b91f-a64e9245323d"})
    EXPECT_NE(guest["clients"].find(guid), std::string::npos) << guid << "\n" << guest["clients"];
  EXPECT_EQ(guest["fixed"].substr(0, 1), "7") << guest["fixed"];
}
// D0i3: Linux lets it idle half a second after the last message, and wakes it for meupdate.
TEST_F(GuestCsme15, LinuxLetsItIdleInD0i3AndWakesIt) {
  EXPECT_NE(guest["idle"].find("suspended"), std::string::npos) << guest["idle"];
  EXPECT_NE(guest["info"].find("15.0.55.2751"), std::string::npos) << guest["info"];
  EXPECT_EQ(tests::without(guest["after"], "nothing"), "");
}

}  // namespace
