// SPDX-License-Identifier: BSD-3-Clause
// Debian's mei_me on boards of later engines: what it shows of them in sysfs. One row a board;
// ctest boots one of each kind of configuration that Linux has for them, scripts/nightly all.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "booted_guest.h"

namespace {

struct LaterGuest {
  const char* machine;
  const char* fw_ver;
  const char* fw_status;
  const char* hbm_ver;
  const char* trc;  ///< "": the kernel has no such file for it
  /// D0i3: Linux lets it idle half a second after the last message, and wakes it for meupdate.
  const char* idle;
  const char* version;  ///< as meupdate tells it
  /// Besides the update client, and MKHI at both its addresses: those with one connection, and
  /// those at a fixed address.
  std::vector<const char*> clients;
  std::vector<const char*> absent;
};
void PrintTo(const LaterGuest& guest, std::ostream* out) {
  *out << guest.machine;
}

constexpr const char* kIcc = "42b3ce2f-bd9f-485a-96ae-26406230b1ff";
constexpr const char* kAmt = "12f80028-b4b7-4b2d-aca8-46e0ff65814c";
constexpr const char* kMchi = "dd17041c-09ea-4b17-a271-5b989867ec65";
constexpr const char* kNotOn16 = "f908627d-13bf-4a04-b91f-a64e9245323d";

// fw_ver has three lines, zeros where the engine tells two versions.
const LaterGuest kGuests[] = {
    {.machine = "desktop-h67",
     .fw_ver = "0:7.1.40.1161\n0:7.1.40.1161\n0:0.0.0.0\n",
     .fw_status = "1E000245\n60000006\n",
     .hbm_ver = "1.1\n",
     .trc = "",
     .idle = "active",
     .version = "7.1.40.1161",
     .clients = {},
     .absent = {kAmt}},
    {.machine = "laptop-qm77",
     .fw_ver = "0:8.1.40.1416\n0:8.1.40.1416\n0:0.0.0.0\n",
     .fw_status = "1E000255\n61000100\n",
     .hbm_ver = "1.1\n",
     .trc = "",
     .idle = "active",
     .version = "8.1.40.1416",
     .clients = {kAmt},
     .absent = {}},
    {.machine = "desktop-h87",
     .fw_ver = "0:9.0.2.1345\n0:9.0.2.1345\n0:9.0.2.1345\n",
     .fw_status = "1E000245\n66002306\n00000000\n00000000\n00000000\n00000000\n",
     .hbm_ver = "1.1\n",
     .trc = "",
     .idle = "active",
     .version = "9.0.2.1345",
     .clients = {},
     .absent = {kAmt}},
    {.machine = "desktop-h170",
     .fw_ver = "0:11.8.50.3425\n0:11.8.50.3425\n0:11.8.50.3425\n",
     .fw_status = "90000245\n86110306\n00000020\n00086000\n00000000\n40000004\n",
     .hbm_ver = "2.0\n",
     .trc = "",
     .idle = "suspended",
     .version = "11.8.50.3425",
     .clients = {kIcc, kNotOn16},
     .absent = {kAmt, kMchi}},
    {.machine = "laptop-cm236",
     .fw_ver = "0:11.8.93.4323\n0:11.8.93.4323\n0:11.8.93.4323\n",
     .fw_status = "94000245\n69008506\n00000020\n00086000\n00000000\n40000004\n",
     .hbm_ver = "2.0\n",
     .trc = "",
     .idle = "suspended",
     .version = "11.8.93.4323",
     .clients = {kIcc, kAmt, "05b79a6f-4628-4d7f-899d-a91514cb32ab",
                 "bb875e12-cb58-4d14-ae93-8566183c66c7", "cea154ea-8ff5-4f94-9290-0bb7355a34db"},
     .absent = {kMchi}},
    {.machine = "laptop-tgl",
     .fw_ver = "0:15.0.55.2751\n0:15.0.55.2751\n0:15.0.55.2751\n",
     .fw_status = "94000245\n02F10506\n00000030\n00004004\n00001F03\nC44003C9\n",
     .hbm_ver = "2.2\n",
     .trc = "00000000\n",
     .idle = "suspended",
     .version = "15.0.55.2751",
     .clients = {kIcc, kMchi, kNotOn16},
     .absent = {kAmt}},
    {.machine = "desktop-z790",
     .fw_ver = "0:16.1.32.2473\n0:16.1.32.2473\n0:16.1.25.2035\n",
     .fw_status = "90000245\n00F10506\n00000020\n00004400\n00000000\n40200002\n",
     .hbm_ver = "2.2\n",
     .trc = "00000000\n",
     .idle = "suspended",
     .version = "16.1.32.2473",
     .clients = {kIcc, kMchi},
     .absent = {kAmt, kNotOn16}},
    {.machine = "laptop-adl",
     .fw_ver = "0:16.1.42.2872\n0:16.1.42.2872\n0:16.1.27.2181\n",
     .fw_status = "94000245\n00F10506\n00000030\n00004004\n02041F03\nC44003CB\n",
     .hbm_ver = "2.2\n",
     .trc = "00000000\n",
     .idle = "suspended",
     .version = "16.1.42.2872",
     .clients = {kIcc, kMchi},
     .absent = {kAmt, kNotOn16}},
};

constexpr const char* kLaterBoardScript = R"(
section warnings
dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0'
section fw_ver
cat /sys/class/mei/mei0/fw_ver
section fw_status
cat /sys/class/mei/mei0/fw_status
section trc
cat /sys/class/mei/mei0/trc 2>/dev/null
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
)";

class GuestLaterBoard : public testing::TestWithParam<LaterGuest> {
 protected:
  static void TearDownTestSuite() { booted = {}; }
  /// The tests of a board follow one another where a filter asks for one board alone.
  static const tests::BootedGuest& guest() {
    const std::string machine = GetParam().machine;
    const auto there = booted.find(machine);
    if (there != booted.end()) return there->second;
    return booted[machine] =
               tests::boot_guest("--attach plugin --machine " + machine, kLaterBoardScript);
  }
  static std::string told(const std::string& section) {
    return tests::without(guest()[section], "nothing");
  }

  static inline std::map<std::string, tests::BootedGuest> booted;
};

TEST_P(GuestLaterBoard, TheGuestRanToItsEnd) {
  EXPECT_EQ(guest().status, 0) << guest().output;
  guest()["end"];
}
TEST_P(GuestLaterBoard, MeiMeProbesWithoutAWarning) {
  EXPECT_EQ(told("warnings"), "");
}
TEST_P(GuestLaterBoard, LinuxReadsTheVersionAtTheFixedAddress) {
  EXPECT_EQ(told("fw_ver"), GetParam().fw_ver);
}
TEST_P(GuestLaterBoard, LinuxReadsItsStatusWordsAndTheTraceRegisterWhereThereIsOne) {
  EXPECT_EQ(told("fw_status"), GetParam().fw_status);
  EXPECT_EQ(told("trc"), GetParam().trc);
}
TEST_P(GuestLaterBoard, LinuxAgreesOnItsBus) {
  EXPECT_EQ(told("hbm_ver"), GetParam().hbm_ver);
  EXPECT_NE(guest()["dev_state"].find("ENABLED"), std::string::npos) << guest()["dev_state"];
}
TEST_P(GuestLaterBoard, LinuxListsItsClients) {
  std::vector<const char*> wanted = {"309dcde8-ccb1-4062-8f78-600115a34327",
                                     "8e6a6715-9abc-4043-88ef-9e39c6f63e0f",
                                     "55213584-9a29-4916-badf-0fb7ed682aeb"};
  wanted.insert(wanted.end(), GetParam().clients.begin(), GetParam().clients.end());
  const std::string& listed = guest()["clients"];
  for (const char* guid : wanted)
    EXPECT_NE(listed.find(guid), std::string::npos) << guid << "\n" << listed;
  for (const char* guid : GetParam().absent)
    EXPECT_EQ(listed.find(guid), std::string::npos) << guid << "\n" << listed;
  EXPECT_EQ(guest()["fixed"].substr(0, 1), "7") << guest()["fixed"];
}
TEST_P(GuestLaterBoard, LinuxLetsItIdleWhereItCanAndMeupdateStillTellsItsWordsAndVersion) {
  EXPECT_NE(guest()["idle"].find(GetParam().idle), std::string::npos) << guest()["idle"];
  EXPECT_NE(guest()["info"].find(GetParam().version), std::string::npos) << guest()["info"];
  const std::string second = std::string(GetParam().fw_status).substr(9, 8);
  EXPECT_NE(guest()["info"].find(second), std::string::npos) << guest()["info"];
  EXPECT_EQ(told("after"), "");
}

INSTANTIATE_TEST_SUITE_P(Boards, GuestLaterBoard, testing::ValuesIn(kGuests),
                         [](const auto& tried) {
                           std::string name = tried.param.machine;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
