// SPDX-License-Identifier: BSD-3-Clause
// meupdate update where another program is at the device: who is named, and that nothing is
// written.
#include "emulator/factory/update_image.h"
#include "tests/updater/cli/bench.h"
#include "tests/updater/update/scripted_me.h"

namespace {

using tests::holds;
using updater::cli::Exit;

class UpdateAlone : public testing::Test {
 protected:
  UpdateAlone() {
    image = folder.write("new.bin", emulator::factory::build_update_image(
                                        {.version = {5, 2, 70, 1046}, .sku = 2110, .size = 0x10000})
                                        .value());
  }
  Exit update(const std::string& option) {
    return updater::cli::run("meupdate", {"update", image, option}, console, opener);
  }

  tests::TemporaryFolder folder;
  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  tests::LendingOpener opener{me.device, clock};
  tests::KeptConsole console;
  std::string image;
};

TEST_F(UpdateAlone, ClaimsTheDeviceBeforeItIsAskedAnything) {
  opener.claimed = base::Error{base::Errc::busy, "/dev/mei0 is locked by meupdate (process 812)"};
  me.device.before_connect = []() -> std::optional<base::Error> {
    ADD_FAILURE() << "the other updater's device was asked";
    return std::nullopt;
  };
  EXPECT_EQ(update("-y"), Exit::refused);
  EXPECT_TRUE(holds(console.complained, "/dev/mei0 is locked by meupdate (process 812)"))
      << console.complained;
  EXPECT_TRUE(holds(console.complained, "Next step: Wait for it to end")) << console.complained;
  EXPECT_EQ(opener.closed, 1);
}

TEST_F(UpdateAlone, WritesNothingToADeviceThatCannotBeClaimed) {
  opener.claimed = base::Error{base::Errc::permission, "opening /dev/mei0: Permission denied"};
  EXPECT_EQ(update("-y"), Exit::no_device);
  EXPECT_TRUE(holds(console.complained, "Permission denied")) << console.complained;
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateAlone, ClaimsNothingForADryRun) {
  EXPECT_EQ(update("--dry-run"), Exit::done);
  EXPECT_EQ(opener.claims, 0);
  EXPECT_EQ(update("-y"), Exit::done);
  EXPECT_EQ(opener.claims, 1);
}

TEST_F(UpdateAlone, NamesInThePlanWhoHasTheDeviceOpenToo) {
  opener.others = {"lms (process 812) has /dev/mei0 open, too"};
  EXPECT_EQ(update("--dry-run"), Exit::done);
  EXPECT_TRUE(holds(console.printed, "lms (process 812) has /dev/mei0 open, too; end "))
      << console.printed;
}

}  // namespace
