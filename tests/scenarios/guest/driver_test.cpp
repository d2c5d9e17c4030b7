// SPDX-License-Identifier: BSD-3-Clause
// Debian's mei_me on the board's HECI function, and meupdate through /dev/mei0 and on the bare
// function; in each QEMU that a board can come to.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "booted_guest.h"
#include "ways.h"

namespace {

using tests::BootedGuest;
using tests::same_everywhere;
using tests::without;

constexpr const char* kMachine = "esprimo-e5730-windows";
/// Of another generation, and without a TPM.
constexpr const char* kOtherMachine = "desktop-q35";

constexpr const char* kWarnings = "dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0'\n";

/// Takes the lines that the way to the guest accounts for out of both; each must be there.
template <class Way>
void expect_same_board(std::string info) {
  std::string simulated = tests::simulated_info(kMachine);
  for (const std::string& line : Way::differences()) {
    EXPECT_NE(info.find(line + "\n"), std::string::npos) << line;
    const std::string label = line.substr(0, line.find("  ", 2));
    info = without(info, label);
    simulated = without(simulated, label);
  }
  for (const std::string& label : Way::left_to_bios()) {
    info = without(info, label);
    simulated = without(simulated, label);
  }
  EXPECT_EQ(same_everywhere(info), same_everywhere(simulated));
}

/// The lines that hold none of `expected`.
std::string others(const std::string& warnings, const tests::Differences& expected) {
  std::istringstream lines(warnings);
  std::string rest;
  for (std::string line; std::getline(lines, line);) {
    const bool known = std::ranges::any_of(
        expected, [&](const std::string& each) { return line.find(each) != std::string::npos; });
    if (!known && !line.empty()) rest += line + "\n";
  }
  return rest;
}

template <class Way>
class GuestDriver : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    guest = tests::boot_guest(Way::options() + " --machine " + kMachine, std::string(R"(
section probe-warnings
)") + kWarnings + R"(
section function
cd /sys/bus/pci/devices/0000:00:03.0
cat vendor device class subsystem_vendor
cd /
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
section tpm
cat /sys/class/tpm/tpm0/tpm_version_major
cat /sys/class/tpm/tpm0/device/caps
section info
meupdate info
section tainted
cat /proc/sys/kernel/tainted
section cycles
cd /sys/bus/pci/drivers/mei_me
i=0
set -- /sys/bus/mei/devices/*
clients=$#
while [ $i -lt 200 ]; do
  echo 0000:00:03.0 >unbind && echo 0000:00:03.0 >bind || break
  # The driver lists the clients in the background; Linux 6.1 is confused if it is unbound in the middle of that.
  tries=5000
  until set -- /sys/bus/mei/devices/*; [ $# -eq $clients ] || [ $tries -eq 0 ]; do tries=$((tries - 1)); done
  [ $tries -ne 0 ] || break
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
TYPED_TEST_SUITE(GuestDriver, tests::Ways, tests::NameOfWay);

TYPED_TEST(GuestDriver, TheGuestRanToItsEnd) {
  EXPECT_EQ(this->guest.status, 0) << this->guest.output;
  this->guest["end"];
}
TYPED_TEST(GuestDriver, QemuHasNothingToSayAgainstTheBoard) {
  EXPECT_EQ(this->guest.output.find("warning: "), std::string::npos) << this->guest.output;
}
TYPED_TEST(GuestDriver, MeiMeProbesWithoutAWarning) {
  EXPECT_EQ(without(this->guest["probe-warnings"], "nothing"), "");
}
// Identification registers of the ME's function (4-Series chipset datasheet); the board's maker is
// the profile's.
TYPED_TEST(GuestDriver, TheFunctionIsACommunicationController) {
  EXPECT_EQ(this->guest["function"], "0x8086\n0x2e14\n0x078000\n0x1734\n\n");
}
// Neither of ours nor of anything else: a kernel that has found itself damaged proves nothing.
TYPED_TEST(GuestDriver, TheKernelFindsNothingWrongWithItself) {
  EXPECT_EQ(this->guest["tainted"], "0\n\n");
}
TYPED_TEST(GuestDriver, ThereIsACharacterDevice) {
  EXPECT_EQ(this->guest["node"], "c\n\n");
}
TYPED_TEST(GuestDriver, TheHostBusSpeaksVersion1_0) {
  EXPECT_EQ(this->guest["hbm_ver"], "1.0\n\n");
}
TYPED_TEST(GuestDriver, TheLinkIsEnabled) {
  EXPECT_EQ(this->guest["dev_state"], "ENABLED\n");
}
TYPED_TEST(GuestDriver, FirmwareStatusIsTheProfiles) {
  EXPECT_EQ(this->guest["fw_status"], "3009065A\n\n");
}
TYPED_TEST(GuestDriver, TheClientsOfTheBoardAreListed) {
  for (const char* client : {"05b79a6f-4628-4d7f-899d-a91514cb32ab",   // watchdog
                             "12f80028-b4b7-4b2d-aca8-46e0ff65814c",   // AMTHI
                             "309dcde8-ccb1-4062-8f78-600115a34327"})  // firmware update
    EXPECT_NE(this->guest["clients"].find(std::string("0000:00:03.0-") + client), std::string::npos)
        << client;
}
TYPED_TEST(GuestDriver, InterruptsComeAsMessages) {
  EXPECT_NE(this->guest["interrupts"].find("PCI-MSI"), std::string::npos)
      << this->guest["interrupts"];
}
TYPED_TEST(GuestDriver, TheWatchdogDriverStarts) {
  EXPECT_EQ(this->guest["watchdog"], "iamt_wdt\n\n");
}
TYPED_TEST(GuestDriver, TheTpmIsThatOfTheManagementEngine) {
  EXPECT_EQ(this->guest["tpm"],
            "1\nManufacturer: 0x494e5443\nTCG version: 1.2\nFirmware version: 5.0\n\n");
}
TYPED_TEST(GuestDriver, InfoIsThatOfTheSimulatedBoardLineForLine) {
  expect_same_board<TypeParam>(this->guest["info"]);
}
TYPED_TEST(GuestDriver, TwoHundredBindingsAreSurvived) {
  EXPECT_EQ(this->guest["cycles"], "200\n\n");
  EXPECT_EQ(this->guest["cycles-state"], "ENABLED\n");
  EXPECT_EQ(others(this->guest["cycles-warnings"], TypeParam::late_warnings()), "");
  EXPECT_EQ(same_everywhere(this->guest["cycles-info"]), same_everywhere(this->guest["info"]));
}
TYPED_TEST(GuestDriver, WithoutADriverMeupdateDrivesTheFunctionItself) {
  expect_same_board<TypeParam>(this->guest["bare"]);
}
TYPED_TEST(GuestDriver, TheDriverTakesOverFromMeupdate) {
  EXPECT_EQ(this->guest["driver-again"], "ENABLED\n");
}

template <class Way>
class GuestIntx : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    guest = tests::boot_guest(Way::options() + " --append pci=nomsi --machine " + kOtherMachine,
                              std::string(R"(
section interrupts
grep mei_me /proc/interrupts
section dev_state
cat /sys/class/mei/mei0/dev_state
section watchdog
cat /sys/class/watchdog/watchdog0/identity
section info
meupdate info
section warnings
)") + kWarnings + R"(
section tpm
ls /dev/tpm0
)");
  }
  static inline BootedGuest guest;
};
TYPED_TEST_SUITE(GuestIntx, tests::Ways, tests::NameOfWay);

TYPED_TEST(GuestIntx, InterruptsComeThroughThePin) {
  EXPECT_NE(this->guest["interrupts"].find("IO-APIC"), std::string::npos)
      << this->guest["interrupts"];
}
TYPED_TEST(GuestIntx, TheDriverWorksWithThem) {
  EXPECT_EQ(this->guest["dev_state"], "ENABLED\n");
  EXPECT_EQ(this->guest["watchdog"], "iamt_wdt\n\n");
  EXPECT_EQ(without(this->guest["warnings"], "nothing"), "");
}
// Why there is no TPM is the way's, as how one is reached.
TYPED_TEST(GuestIntx, InfoIsThatOfTheSimulatedBoardLineForLine) {
  EXPECT_EQ(without(same_everywhere(this->guest["info"]), "  tpm "),
            without(same_everywhere(tests::simulated_info(kOtherMachine)), "  tpm "));
}
TYPED_TEST(GuestIntx, ABoardWithoutTpmHasNone) {
  EXPECT_NE(this->guest["tpm"].find("No such file"), std::string::npos);
}

}  // namespace
