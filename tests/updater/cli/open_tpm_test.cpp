// SPDX-License-Identifier: BSD-3-Clause
// What --tpm names, and what a person reads where there is no TPM.
#include "updater/cli/open_tpm.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/updater/cli/bench.h"
#include "tests/updater/mmio/fake_sysfs.h"
#include "tests/updater/update/scripted_me.h"

namespace updater::cli {
namespace {

using base::Errc;
using tests::holds;

class TpmChoice : public testing::Test {
 protected:
  base::Error error(const std::string& choice) {
    const auto opened = open_tpm(choice, clock, system.roots());
    return opened ? base::Error{Errc::io, "it opened"} : opened.error();
  }

  test::FakeSysfs system;
  tests::WaitingClock clock;
};

TEST_F(TpmChoice, OtherTextsAreWrongUsage) {
  for (const char* text : {"", "tpm0", "swtpm:", "tis:", "tis:here", "sim:esprimo-e5730"}) {
    EXPECT_EQ(error(text).code, Errc::invalid) << text;
  }
  EXPECT_EQ(error("swtpm:nowhere").code, Errc::invalid);
}

TEST_F(TpmChoice, AutoIsTheKernelsDeviceAndSaysWhatToDoWithoutIt) {
  const base::Error none = error("auto");
  EXPECT_EQ(none.code, Errc::not_found);
  EXPECT_TRUE(holds(none.doing, "/dev/tpm0"));
  EXPECT_TRUE(holds(none.doing, "BIOS set-up"));
  system.add_node("tpm0");
  const auto opened = open_tpm("auto", clock, system.roots());
  ASSERT_TRUE(opened);
  EXPECT_TRUE((*opened)->name().ends_with("/dev/tpm0"));
}

TEST_F(TpmChoice, NoneLeavesTheTpmAlone) {
  system.add_node("tpm0");
  EXPECT_EQ(error("none").code, Errc::not_found);
}

TEST_F(TpmChoice, ASocketThatNobodyServesIsNamed) {
  EXPECT_EQ(error("swtpm:/nonexistent/data.sock").code, Errc::not_found);
}

TEST_F(TpmChoice, RegistersThatTheKernelsDriverHasAreLeftToIt) {
  std::filesystem::create_directories(system.roots().sys + "/class/tpm/tpm0");
  const base::Error busy = error("tis:FED40000");
  EXPECT_EQ(busy.code, Errc::busy);
  EXPECT_TRUE(holds(busy.doing, "--tpm /dev/tpm0"));
}

TEST_F(TpmChoice, RegistersWithNobodyBehindThemAreNoTpm) {
  const std::string memory = system.roots().dev + "/mem";
  test::FakeSysfs::write(memory, "");
  std::filesystem::resize_file(memory, 0xFED45000);
  const auto opened = open_tpm("tis:0xFED40000", clock, system.roots());
  ASSERT_TRUE(opened) << opened.error().doing;
  const base::Bytes get_ticks = {0x00, 0xC1, 0, 0, 0, 0x0A, 0, 0, 0, 0xF1};
  const auto answer = (*opened)->transmit(get_ticks, std::chrono::seconds(1));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::disconnected);
}

TEST_F(TpmChoice, IsOpenedOnceAndOnlyWhenItIsAskedFor) {
  int opened = 0;
  TpmSlot slot([&]() -> base::Result<std::unique_ptr<tpm::TpmTransport>> {
    ++opened;
    return base::Error{Errc::not_found, "none here"};
  });
  EXPECT_EQ(opened, 0);
  EXPECT_FALSE(slot.get());
  EXPECT_FALSE(slot.get());
  EXPECT_EQ(opened, 1);
}

TEST_F(TpmChoice, BehindASocketIsServedAndNotKnownToBeAnything) {
  const update::Target target = tpm_target_of("swtpm:/run/data.sock", system.roots());
  EXPECT_EQ(target.role, update::Role::tpm);
  EXPECT_EQ(target.name, "swtpm:/run/data.sock");
  EXPECT_EQ(target.place, update::Place::served);
  EXPECT_EQ(target.nature, update::Nature::may_be_real);
}

TEST_F(TpmChoice, MappedRegistersAreThisComputers) {
  const update::Target target = tpm_target_of("tis:FED40000", system.roots());
  EXPECT_EQ(target.place, update::Place::this_system);
  EXPECT_EQ(target.nature, update::Nature::may_be_real);
}

TEST_F(TpmChoice, ANodeIsThisComputersOnlyWhereTheKernelTellsOfIt) {
  system.add_node("tpm0");
  EXPECT_EQ(tpm_target_of("auto", system.roots()).place, update::Place::elsewhere);
  const std::string null = system.roots().sys + "/class/tpm/null";
  std::filesystem::create_directories(null);
  test::FakeSysfs::write(null + "/dev", "1:3\n");
  EXPECT_EQ(tpm_target_of("/dev/null", system.roots()).place, update::Place::this_system);
}

TEST_F(TpmChoice, RunsOnThisComputersPowerButBehindASocket) {
  const std::string battery = system.roots().sys + "/class/power_supply/BAT0";
  std::filesystem::create_directories(battery);
  test::FakeSysfs::write(battery + "/type", "Battery\n");
  test::FakeSysfs::write(battery + "/status", "Discharging\n");
  EXPECT_EQ(tpm_target_of("auto", system.roots()).power, update::PowerSource::battery);
  EXPECT_EQ(tpm_target_of("tis:FED40000", system.roots()).power, update::PowerSource::battery);
  EXPECT_EQ(tpm_target_of("swtpm:/s", system.roots()).power, update::PowerSource::untold);
}

TEST(TpmOfAnOpener, InsideASimIsItsOwnAndNoOther) {
  const auto opener = make_device_opener();
  const auto own = opener->open({.device = "sim:esprimo-e5730"});
  ASSERT_TRUE(own) << own.error().doing;
  EXPECT_EQ((*own)->me_target().place, update::Place::in_sim);
  EXPECT_EQ(update::one_board((*own)->me_target(), (*own)->tpm_target()),
            update::OneBoard::one_sim);
  const auto other = opener->open({.device = "sim:esprimo-e5730", .tpm = "swtpm:/run/data.sock"});
  ASSERT_TRUE(other) << other.error().doing;
  EXPECT_EQ(update::one_board((*other)->me_target(), (*other)->tpm_target()),
            update::OneBoard::not_known);
}

TEST(TpmOfAnOpener, IsTheOneOfTheDeviceWithoutAnotherWay) {
  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  tests::LendingOpener opener{me.device, clock};
  EXPECT_EQ(opener.open_tpm({}).error().doing, "this computer has no TPM");
  EXPECT_EQ(opener.opened, 1);
}

TEST(TpmOfAnOpener, WrongChoicesAreUsageBeforeAnythingIsOpened) {
  const auto opener = make_device_opener();
  EXPECT_EQ(opener->open({.device = "sim:esprimo-e5730", .tpm = "tpm0"}).error().code,
            Errc::invalid);
  EXPECT_EQ(opener->open_tpm({.device = "auto", .set = {"a=1"}}).error().code, Errc::invalid);
}

}  // namespace
}  // namespace updater::cli
