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
section log
dmesg | grep -i tpm
section status
meupdate tpm status
section end
)";

void expect_working_itpm(const BootedGuest& guest) {
  EXPECT_EQ(guest.status, 0);
  EXPECT_EQ(guest["node"], "c\n\n");
  EXPECT_EQ(guest["version"], "1\n\n");
  EXPECT_EQ(guest["caps"], "Manufacturer: 0x494e5443\nTCG version: 1.2\nFirmware version: 5.0\n\n");
  EXPECT_NE(guest["status"].find("INTC"), std::string::npos) << guest["status"];
}

TEST(GuestItpm, TheHardwareIdSwitchesTheWorkaroundOn) {
  expect_working_itpm(tests::boot_guest("--machine esprimo-e5730-windows", kScript));
}

TEST(GuestItpmForced, TheModulesParameterSwitchesTheWorkaroundOn) {
  expect_working_itpm(tests::boot_guest(
      "--machine esprimo-e5730-windows --tpm-hid PNP0C31 --append tpm_tis.itpm=1", kScript));
}

// What owners of such boards saw (docs/protocols.md): the flaw breaks every command that is sent by
// the book.
TEST(GuestItpmUnaided, WithoutTheWorkaroundNoCommandCanBeSent) {
  const BootedGuest guest =
      tests::boot_guest("--machine esprimo-e5730-windows --tpm-hid PNP0C31", kScript);
  EXPECT_NE(guest["node"].find("No such file"), std::string::npos);
  EXPECT_NE(guest["log"].find("error -5"), std::string::npos) << guest["log"];
}

}  // namespace
