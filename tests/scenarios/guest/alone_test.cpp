// SPDX-License-Identifier: BSD-3-Clause
// Two programs at one board in a guest: the second updater is told of the first, and programs that
// hold the TPM or have the ME's node open are named.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;
using tests::kNew;
using tests::kVersion;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The first line of a section: what the script echoed.
std::string first_line(const std::string& section) {
  return section.substr(0, section.find('\n'));
}

TEST(GuestAlone, TheSecondUpdaterIsToldOfTheFirstWhichGoesOnUndisturbed) {
  const BootedGuest guest = tests::boot_guest(
      fmt::format("--machine esprimo-e5730 --set settings.enabled_update_interfaces=1 "
                  "--set update.data_processing=300ms --file {}",
                  tests::built_image(0x10000)),
      std::string(R"(
meupdate update 5.2.70.1046.bin -y > /tmp/first 2>&1 &
first=$!
while ! grep -qi transferring /tmp/first; do sleep 1; done
section pid
echo $first
section second
meupdate update 5.2.70.1046.bin -y
section status
echo $status
section look
meupdate update 5.2.70.1046.bin --dry-run
section ended
wait $first
section result
echo $status
cat /tmp/first
section version
)") + kVersion +
          R"(
sleep 1000 < /dev/tpm0 &
tpm=$!
sleep 1000 <> /dev/mei0 &
mei=$!
sleep 1
section tpm
echo $tpm
meupdate tpm status
section mei
echo $mei
meupdate update 5.2.70.1046.bin --allow-same-version --dry-run
section end
)");
  EXPECT_EQ(guest.status, 0) << guest.output;
  const std::string first = "meupdate (process " + first_line(guest["pid"]) + ")";
  EXPECT_TRUE(holds(guest["second"],
                    "Another meupdate is at work on this device: /dev/mei0 is "
                    "locked by " +
                        first))
      << guest["second"];
  EXPECT_EQ(first_line(guest["status"]), "5");
  EXPECT_TRUE(holds(guest["look"], "Another program holds the device's update client: "))
      << guest["look"];
  EXPECT_TRUE(holds(guest["look"], "/dev/mei0 is open in " + first)) << guest["look"];
  EXPECT_EQ(first_line(guest["result"]), "0") << guest["result"];
  EXPECT_TRUE(holds(guest["result"], "Updated: the device reports 5.2.70.1046")) << guest["result"];
  EXPECT_EQ(guest["version"], kNew);
  EXPECT_TRUE(
      holds(guest["tpm"], "/dev/tpm0 is open in sleep (process " + first_line(guest["tpm"]) + ")"))
      << guest["tpm"];
  EXPECT_TRUE(holds(guest["mei"],
                    "sleep (process " + first_line(guest["mei"]) + ") has /dev/mei0 open, too"))
      << guest["mei"];
}

}  // namespace
