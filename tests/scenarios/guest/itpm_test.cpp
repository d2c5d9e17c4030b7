// SPDX-License-Identifier: BSD-3-Clause
// Debian's tpm_tis on the iTPM's registers, with its workaround for the iTPM's flaw and without.
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

constexpr const char* kScript = R"(
section node
ls -l /dev/tpm0 | cut -c 1
section version
cat /sys/class/tpm/tpm0/tpm_version_major
section caps
cat /sys/class/tpm/tpm0/device/caps
section forced
cat /sys/module/tpm_tis/parameters/itpm
section log
dmesg | grep -i tpm
section status
meupdate tpm status
section info
meupdate info
section end
)";

void expect_working_itpm(const BootedGuest& guest, const std::string& firmware = "5.0") {
  EXPECT_EQ(guest.status, 0);
  EXPECT_EQ(guest["node"], "c\n\n");
  EXPECT_EQ(guest["version"], "1\n\n");
  EXPECT_EQ(guest["caps"],
            "Manufacturer: 0x494e5443\nTCG version: 1.2\nFirmware version: " + firmware + "\n\n");
  EXPECT_NE(guest["status"].find("INTC"), std::string::npos) << guest["status"];
}

/// The flaw was worked around from the first command on; Linux did not have to find it out.
void expect_no_failed_command(const BootedGuest& guest) {
  EXPECT_EQ(guest["log"].find("DATA_EXPECT"), std::string::npos) << guest["log"];
  EXPECT_EQ(guest["log"].find("Detected an iTPM"), std::string::npos) << guest["log"];
}

TEST(GuestItpm, TheHardwareIdSwitchesTheWorkaroundOn) {
  const BootedGuest guest = tests::boot_guest("--machine esprimo-e5730-windows", kScript);
  expect_working_itpm(guest);
  EXPECT_EQ(guest["forced"], "N\n\n");
  expect_no_failed_command(guest);
}

TEST(GuestItpmForced, TheModulesParameterSwitchesTheWorkaroundOn) {
  const BootedGuest guest = tests::boot_guest(
      "--machine esprimo-e5730-5.2.70 --tpm-hid PNP0C31 --append tpm_tis.itpm=1", kScript);
  expect_working_itpm(guest, "5.2");
  EXPECT_EQ(tests::same_everywhere(guest["info"]),
            tests::same_everywhere(tests::simulated_info("esprimo-e5730-5.2.70")));
  EXPECT_EQ(guest["forced"], "Y\n\n");
  expect_no_failed_command(guest);
}

// What owners of such boards saw: the flaw breaks every command that is sent by the book. Linux 6.1
// tries fifty times, then sends one command without execution, with the workaround off and on.
TEST(GuestItpmUnaided, WithoutTheWorkaroundNoCommandCanBeSentUntilLinuxDetectsTheFlaw) {
  const BootedGuest guest =
      tests::boot_guest("--machine esprimo-e5730-windows --tpm-hid PNP0C31", kScript);
  expect_working_itpm(guest);
  EXPECT_EQ(guest["forced"], "N\n\n");
  const std::string& log = guest["log"];
  const std::size_t refused = log.find("TPM_STS_DATA_EXPECT should be set. sts = 0x00000080");
  EXPECT_NE(refused, std::string::npos) << log;
  EXPECT_GT(log.find("Detected an iTPM."), refused) << log;
}

}  // namespace
