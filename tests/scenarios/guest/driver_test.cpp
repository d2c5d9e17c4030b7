// SPDX-License-Identifier: BSD-3-Clause
// Debian's mei_me on the board's HECI function, and meupdate through /dev/mei0 and on the bare
// function.
#include <gtest/gtest.h>

#include <sstream>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

constexpr const char* kWarnings = "dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0'\n";

/// `text` without the lines that begin so: what names the way to the device, not the device.
std::string without(const std::string& text, const std::string& beginning) {
  std::istringstream lines(text);
  std::string rest;
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && !line.starts_with(beginning)) rest += line + "\n";
  return rest;
}

/// What meupdate tells of the same board, simulated in its own process, with Linux on it as well.
std::string simulated_info() {
  return tests::run_program(
             std::string(MEUPDATE) +
             " info --device sim:esprimo-e5730-windows --set 'host.system=\"linux\"'")
      .output;
}

std::string same_everywhere(const std::string& info) {
  return without(without(info, "  name "), "  reached through ");
}

class GuestDriver : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    guest = tests::boot_guest("--machine esprimo-e5730-windows", std::string(R"(
section probe-warnings
)") + kWarnings + R"(
section node
ls -l /dev/mei0 | cut -c 1
section hbm_ver
cat /sys/class/mei/mei0/hbm_ver
section dev_state
cat /sys/class/mei/mei0/dev_state
section fw_status
cat /sys/class/mei/mei0/fw_status
section clients
ls /sys/bus/mei/devices
section interrupts
grep mei_me /proc/interrupts
section watchdog
cat /sys/class/watchdog/watchdog0/identity
section info
meupdate info
section cycles
cd /sys/bus/pci/drivers/mei_me
i=0
while [ $i -lt 200 ]; do
  echo 0000:00:03.0 >unbind && echo 0000:00:03.0 >bind || break
  i=$((i + 1))
done
cd /
echo $i
section cycles-state
sleep 1
cat /sys/class/mei/mei0/dev_state
section cycles-warnings
)" + kWarnings + R"(
section cycles-info
meupdate info
section bare
rmmod mei_wdt
rmmod mei_me
meupdate info --device pci:0000:00:03.0
section driver-again
insmod /modules/mei-me.ko
sleep 1
cat /sys/class/mei/mei0/dev_state
section end
)");
  }
  static inline BootedGuest guest;
};

TEST_F(GuestDriver, TheGuestRanToItsEnd) {
  EXPECT_EQ(guest.status, 0);
  guest["end"];
}
TEST_F(GuestDriver, MeiMeProbesWithoutAWarning) {
  EXPECT_EQ(without(guest["probe-warnings"], "nothing"), "");
}
TEST_F(GuestDriver, ThereIsACharacterDevice) {
  EXPECT_EQ(guest["node"], "c\n\n");
}
TEST_F(GuestDriver, TheHostBusSpeaksVersion1_0) {
  EXPECT_EQ(guest["hbm_ver"], "1.0\n\n");
}
TEST_F(GuestDriver, TheLinkIsEnabled) {
  EXPECT_EQ(guest["dev_state"], "ENABLED\n");
}
TEST_F(GuestDriver, FirmwareStatusIsTheProfiles) {
  EXPECT_EQ(guest["fw_status"], "3009065A\n\n");
}
TEST_F(GuestDriver, TheClientsOfTheBoardAreListed) {
  for (const char* client : {"05b79a6f-4628-4d7f-899d-a91514cb32ab",   // watchdog
                             "12f80028-b4b7-4b2d-aca8-46e0ff65814c",   // AMTHI
                             "309dcde8-ccb1-4062-8f78-600115a34327"})  // firmware update
    EXPECT_NE(guest["clients"].find(std::string("0000:00:03.0-") + client), std::string::npos)
        << client;
}
TEST_F(GuestDriver, InterruptsComeAsMessages) {
  EXPECT_NE(guest["interrupts"].find("PCI-MSI"), std::string::npos) << guest["interrupts"];
}
TEST_F(GuestDriver, TheWatchdogDriverStarts) {
  EXPECT_EQ(guest["watchdog"], "iamt_wdt\n\n");
}
TEST_F(GuestDriver, InfoIsThatOfTheSimulatedBoardLineForLine) {
  EXPECT_EQ(same_everywhere(guest["info"]), same_everywhere(simulated_info()));
}
TEST_F(GuestDriver, TwoHundredBindingsAreSurvived) {
  EXPECT_EQ(guest["cycles"], "200\n\n");
  EXPECT_EQ(guest["cycles-state"], "ENABLED\n");
  EXPECT_EQ(without(guest["cycles-warnings"], "nothing"), "");
  EXPECT_EQ(same_everywhere(guest["cycles-info"]), same_everywhere(guest["info"]));
}
TEST_F(GuestDriver, WithoutADriverMeupdateDrivesTheFunctionItself) {
  EXPECT_EQ(same_everywhere(guest["bare"]), same_everywhere(simulated_info()));
}
TEST_F(GuestDriver, TheDriverTakesOverFromMeupdate) {
  EXPECT_EQ(guest["driver-again"], "ENABLED\n");
}

class GuestIntx : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    guest = tests::boot_guest("--machine esprimo-e5730 --no-tpm --append pci=nomsi", std::string(R"(
section interrupts
grep mei_me /proc/interrupts
section info
meupdate info | grep running
section warnings
)") + kWarnings + R"(
section tpm
ls /dev/tpm0
)");
  }
  static inline BootedGuest guest;
};

TEST_F(GuestIntx, InterruptsComeThroughThePin) {
  EXPECT_NE(guest["interrupts"].find("IO-APIC"), std::string::npos) << guest["interrupts"];
}
TEST_F(GuestIntx, TheDriverWorksWithThem) {
  EXPECT_EQ(guest["info"], "  running version         5.0.1.1111\n\n");
  EXPECT_EQ(without(guest["warnings"], "nothing"), "");
}
TEST_F(GuestIntx, ABoardWithoutTpmRegistersHasNoTpm) {
  EXPECT_NE(guest["tpm"].find("No such file"), std::string::npos);
}

}  // namespace
