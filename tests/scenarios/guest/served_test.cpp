// SPDX-License-Identifier: BSD-3-Clause
// The board in a process of its own, `mesim serve`, behind vfio-user and swtpm sockets of an
// unmodified QEMU.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

TEST(GuestServed, AStockKernelDrivesAndUpdatesTheBoardBehindItsSockets) {
  const std::string image = tests::scratch() + "/5.2.70.1046.bin";
  const BootedGuest built = tests::run_program(
      fmt::format("{} image build --machine esprimo-e5730 --version 5.2.70.1046 --size 65536 "
                  "--output {}",
                  MESIM, image));
  ASSERT_EQ(built.status, 0) << built.output;
  const std::string options = fmt::format(
      "--attach vfio-user --machine esprimo-e5730 --set settings.enabled_update_interfaces=1 "
      // A small partition and quick firmware: time is real here.
      "--set flash.code_size=0x40000 --set 'update.data_processing=\"2ms\"' "
      "--state {}/board --file {}",
      tests::scratch(), image);
  const BootedGuest guest = tests::boot_guest(options, R"(
section warnings
dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0'
section dev_state
cat /sys/class/mei/mei0/dev_state
section tpm
cat /sys/class/tpm/tpm0/tpm_version_major
section before
meupdate info | grep 'running version'
section cycles
cd /sys/bus/pci/drivers/mei_me
i=0
while [ $i -lt 5 ]; do
  echo 0000:00:03.0 >unbind && echo 0000:00:03.0 >bind || break
  i=$((i + 1))
done
cd /files
echo $i
section update
meupdate update 5.2.70.1046.bin -y || exit 1
section after
meupdate info | grep 'running version'
)");
  EXPECT_EQ(guest.status, 0) << guest.output;
  EXPECT_EQ(guest["warnings"], "\n");
  EXPECT_EQ(guest["dev_state"], "ENABLED\n");
  EXPECT_EQ(guest["tpm"], "1\n\n");
  EXPECT_EQ(guest["before"], "  running version         5.0.1.1111\n\n");
  EXPECT_EQ(guest["cycles"], "5\n\n");
  EXPECT_EQ(guest["after"], "  running version         5.2.70.1046\n");
  const BootedGuest kept = tests::run_program(fmt::format(
      "{} info --device sim:esprimo-e5730 --state {}/board", MEUPDATE, tests::scratch()));
  EXPECT_NE(kept.output.find("running version         5.2.70.1046"), std::string::npos);
}

}  // namespace
