// SPDX-License-Identifier: BSD-3-Clause
// meupdate update with a backup, on a scripted device: what is judged, rehearsed, told and written.
#include <nlohmann/json.hpp>

#include "emulator/factory/flash_image.h"
#include "emulator/factory/update_image.h"
#include "emulator/flash/parts.h"
#include "tests/updater/cli/bench.h"
#include "tests/updater/update/scripted_me.h"

namespace {

using tests::holds;
using updater::cli::Exit;
using updater::update::RehearsalEnd;
using Json = nlohmann::json;

constexpr std::uint32_t kSku = 2110;
constexpr std::uint32_t kCodeSize = 0x10000;

base::Bytes new_image() {
  return emulator::factory::build_update_image(
             {.version = {5, 2, 70, 1046}, .sku = kSku, .size = kCodeSize})
      .value();
}

/// The flash of a board that runs `version`.
base::Bytes flash_of(protocol::FirmwareVersion version) {
  emulator::factory::RegionRecipe recipe;
  recipe.firmware.identity.version = version;
  recipe.firmware.identity.recovery_version = version;
  recipe.firmware.identity.sku = kSku;
  recipe.code_size = kCodeSize;
  return emulator::factory::build_flash_image(recipe, *emulator::flash::find_part("MX25L3205D"))
      .value();
}

class UpdateWithBackup : public testing::Test {
 protected:
  UpdateWithBackup() {
    image = folder.write("new.bin", new_image());
    dump = folder.write("dump.bin", flash_of({5, 0, 1, 1111}));
    opener.rehearsal = {.end = RehearsalEnd::updated, .what = "it went well"};
  }
  Exit update(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"update", image};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return updater::cli::run("meupdate", arguments, console, opener);
  }

  tests::TemporaryFolder folder;
  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  tests::LendingOpener opener{me.device, clock};
  tests::KeptConsole console;
  std::string image;
  std::string dump;
};

TEST_F(UpdateWithBackup, RehearsesTellsAndThenWrites) {
  EXPECT_EQ(update({"--backup", dump, "-y"}), Exit::done);
  EXPECT_EQ(opener.rehearsed, 1);
  EXPECT_EQ(opener.rehearsed_image, (protocol::FirmwareVersion{5, 2, 70, 1046}));
  EXPECT_TRUE(holds(console.printed, dump + ": a whole flash with the operational code 5.0.1.1111"))
      << console.printed;
  EXPECT_TRUE(holds(console.printed, "UPDATED, on a simulated board")) << console.printed;
  EXPECT_EQ(me.received, new_image());
}

TEST_F(UpdateWithBackup, RehearsesInADryRunToo) {
  EXPECT_EQ(update({"--backup", dump, "--dry-run"}), Exit::done);
  EXPECT_EQ(opener.rehearsed, 1);
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateWithBackup, WritesNothingAfterARehearsalThatEndedOtherwise) {
  for (const auto end : {RehearsalEnd::refused, RehearsalEnd::failed}) {
    opener.rehearsal = {.end = end, .what = "error 8706"};
    EXPECT_EQ(update({"--backup", dump, "-y"}), Exit::refused);
    EXPECT_EQ(update({"--backup", dump, "--dry-run"}), Exit::refused);
    EXPECT_TRUE(me.received.empty());
    EXPECT_TRUE(holds(console.printed, "error 8706")) << console.printed;
    EXPECT_TRUE(holds(console.printed, "the rehearsal did not end in the new version"))
        << console.printed;
  }
}

TEST_F(UpdateWithBackup, TellsProgramsThatTheRehearsalStoppedIt) {
  opener.rehearsal = {.end = RehearsalEnd::failed, .what = "error 8706"};
  EXPECT_EQ(update({"--backup", dump, "-y", "--format", "json"}), Exit::refused);
  const Json document = Json::parse(console.printed);
  EXPECT_EQ(document["halted"], "rehearsal-failed");
  EXPECT_EQ(document["plan"]["rehearsal"]["what"], "error 8706");
}

TEST_F(UpdateWithBackup, GoesOnWhereNoRehearsalIsPossibleAndSaysWhy) {
  opener.rehearsal = {.end = RehearsalEnd::not_possible, .what = "no part of that size"};
  EXPECT_EQ(update({"--backup", dump, "-y"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "NOT POSSIBLE: no part of that size")) << console.printed;
}

TEST_F(UpdateWithBackup, WritesNothingWhereTheDumpIsAnotherVersions) {
  dump = folder.write("dump.bin", flash_of({5, 0, 2, 0}));
  EXPECT_EQ(update({"--backup", dump, "-y"}), Exit::refused);
  EXPECT_TRUE(holds(console.complained,
                    "its operational code is 5.0.2.0, the device runs "
                    "5.0.1.1111"))
      << console.complained;
  EXPECT_TRUE(me.received.empty());
  EXPECT_EQ(opener.rehearsed, 0);
}

TEST_F(UpdateWithBackup, LooksForTheDumpBeforeADeviceIsOpened) {
  EXPECT_EQ(update({"--backup", folder.file("gone.bin"), "-y"}), Exit::usage);
  EXPECT_TRUE(holds(console.complained, "gone.bin"));
  EXPECT_EQ(opener.opened, 0);
}

TEST_F(UpdateWithBackup, WithAndWithoutAreNotGivenTogether) {
  EXPECT_EQ(update({"--backup", dump, "--without-backup", "-y"}), Exit::usage);
  EXPECT_EQ(opener.opened, 0);
}

TEST_F(UpdateWithBackup, RehearsesNothingWithoutOne) {
  EXPECT_EQ(update({"--without-backup", "-y"}), Exit::done);
  EXPECT_EQ(opener.rehearsed, 0);
}

}  // namespace
