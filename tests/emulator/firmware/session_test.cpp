// SPDX-License-Identifier: BSD-3-Clause
// An update that goes well, seen from its feeder.
#include <gtest/gtest.h>

#include <algorithm>

#include "emulator/factory/region.h"
#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using namespace std::chrono_literals;
using protocol::FirmwareVersion;

TEST(Update, NewCodeRunsAfterTheMeHasResetItself) {
  Board b;
  b.boot();
  EXPECT_EQ(b.update(image_of(new_code()), 500), Error::success);
  EXPECT_EQ(b.reset_type, protocol::fwu::kResetMe);
  EXPECT_EQ(b.boots.size(), 2u);
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 2, 70, 1046}));
  EXPECT_EQ(b.firmware.reset_reason(), protocol::fwu::ResetReason::firmware_reset);
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::idle);
  EXPECT_EQ(b.firmware.update_session().last_status(), 0u);
}

TEST(Update, PutsTheImageOnTheFlashByteForByte) {
  Board b;
  b.boot();
  const base::Bytes image = image_of(new_code());
  b.update(image, 500);
  EXPECT_TRUE(std::equal(image.begin(), image.end(), code_partition(b).begin()));
}

TEST(Update, PreservesEverySettingAndCountsTheOverrideDown) {
  Board b;
  b.boot();
  b.update(image_of(new_code()));
  b.power_cut();
  b.boot();
  Settings expected = old_board().settings;
  expected.last_update_status = 0;
  expected.override_counter = 6;
  EXPECT_EQ(b.firmware.settings(), expected);
}

TEST(Update, UnlimitedOverrideCounterStaysUnlimited) {
  FirmwareConfig config = old_board();
  config.settings.override_counter = 255;
  Board b(config);
  b.boot();
  b.update(image_of(new_code()));
  EXPECT_EQ(b.firmware.settings().override_counter, 255);
}

TEST(Update, LastOverrideClosesTheNextUpdate) {
  FirmwareConfig config = old_board();
  config.settings.override_counter = 1;
  Board b(config);
  b.boot();
  EXPECT_EQ(b.update(image_of(new_code())), Error::success);
  EXPECT_EQ(b.start(kCodeSize), Error::local_update_disabled);
}

TEST(Update, TouchesNothingOutsideStagingCodeAndSettings) {
  Board b;
  b.boot();
  const base::Bytes before(b.flash.contents().begin(), b.flash.contents().end());
  b.update(image_of(new_code()));
  const auto table = factory::region_partitions(kCodeSize);
  const auto is_touchable = [&](std::size_t at) {
    return std::any_of(table.partitions.begin(), table.partitions.end(), [&](const auto& p) {
      return p.name != "RCVY" && at >= 0x3000 + p.offset && at < 0x3000 + p.offset + p.size;
    });
  };
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!is_touchable(i)) {
      ASSERT_EQ(before[i], b.flash.contents()[i]) << i;
    }
  }
}

TEST(Update, TakesTheTimeOfItsFlashOperations) {
  Board b;
  b.boot();
  const base::TimePoint began = b.clock.now();
  b.update(image_of(new_code()), 4096);
  // 16 sectors staged and copied, 256 pages each way; 16 DATA of 5 ms; 1/16 MiB verified; one
  // settings record; a boot.
  const base::Duration expected =
      2 * (16 * 60ms + 256 * 1400us) + 16 * 5ms + 900000us / 16 + 1400us + 1500ms;
  EXPECT_EQ(b.clock.now() - began, expected);
}

TEST(Update, DataIsAnsweredWhenItsPagesAreProgrammed) {
  Board b;
  b.boot();
  b.start(kCodeSize);
  const base::TimePoint began = b.clock.now();
  const base::Bytes image = image_of(new_code());
  b.data(base::ByteView(image).first(
      500));  // opens a sector, and fills two pages of it all but 12 bytes
  EXPECT_EQ(b.clock.now() - began, 5ms + 60ms + 2 * 1400us);
  b.data(base::ByteView(image).subspan(500, 12));
  EXPECT_EQ(b.clock.now() - began, 5ms + 60ms + 2 * 1400us + 5ms + 1400us);
}

TEST(Update, DataWithoutBytesIsTakenAndChangesNothing) {
  Board b;
  b.boot();
  b.start(kCodeSize);
  EXPECT_EQ(b.data({}), Error::success);
  EXPECT_EQ(b.flash.operations(), 0u);
}

TEST(Update, WhileVerifyingAndCommittingItSaysSo) {
  Board b;
  b.boot();
  ASSERT_EQ(b.stage(image_of(new_code())), Error::success);
  auto& session = b.firmware.update_session();
  EXPECT_EQ(session.last_status(), 8741u) << "nothing has ended yet";
  b.answers.clear();
  session.end(Feeder::heci, b);
  EXPECT_EQ(session.state(), SessionState::verifying);
  EXPECT_EQ(session.last_status(), 0x213u);
  b.run(1);
  EXPECT_EQ(b.answers, std::vector<std::uint32_t>{0});
  EXPECT_EQ(session.state(), SessionState::committing);
  EXPECT_EQ(session.last_status(), 0x213u);
  session.start(Feeder::heci, {.image_length = kCodeSize}, b);
  session.data(Feeder::heci, {}, b);
  session.end(Feeder::heci, b);
  const std::uint32_t busy = number(Error::update_in_progress);
  EXPECT_EQ(b.answers, (std::vector<std::uint32_t>{0, busy, busy, 0})) << "END is no news";
  session.end(Feeder::tpm, b);
  EXPECT_EQ(b.answers.back(), busy) << "it is another's update";
  b.settle();
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 2, 70, 1046}));
}

TEST(Update, AnEndThatComesAgainIsAnsweredAsTheFirst) {
  Board b;
  b.boot();
  ASSERT_EQ(b.stage(image_of(new_code())), Error::success);
  auto& session = b.firmware.update_session();
  b.answers.clear();
  session.end(Feeder::heci, b);
  session.end(Feeder::heci, b);
  EXPECT_TRUE(b.answers.empty()) << "both wait for the verdict";
  b.run(1);
  EXPECT_EQ(b.answers, (std::vector<std::uint32_t>{0, 0}));
  b.settle();
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 2, 70, 1046}));
}

TEST(Update, AnEndThatComesAgainIsRefusedAsTheFirst) {
  Board b;
  b.boot();
  factory::ImageRecipe wrong = new_code();
  wrong.sku = 1;
  ASSERT_EQ(b.stage(image_of(wrong)), Error::success);
  b.answers.clear();
  b.firmware.update_session().end(Feeder::heci, b);
  b.firmware.update_session().end(Feeder::heci, b);
  b.settle();
  const std::uint32_t mismatch = number(Error::sku_mismatch);
  EXPECT_EQ(b.answers, (std::vector<std::uint32_t>{mismatch, mismatch}));
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::failed);
}

TEST(Update, AFeederThatLeftWhileItVerifiesIsToldTheVerdictWhenItEndsAgain) {
  Board b;
  b.boot();
  ASSERT_EQ(b.stage(image_of(new_code())), Error::success);
  auto& session = b.firmware.update_session();
  b.answers.clear();
  session.end(Feeder::tpm, b);
  EXPECT_EQ(b.answers, std::vector<std::uint32_t>{number(Error::update_in_progress)});
  b.answers.clear();
  session.end(Feeder::heci, b);
  session.abandon(Feeder::heci);
  EXPECT_FALSE(session.owes(Feeder::heci));
  session.end(Feeder::heci, b);
  EXPECT_TRUE(session.owes(Feeder::heci));
  b.run(1);
  EXPECT_EQ(b.answers, std::vector<std::uint32_t>{0});
}

TEST(Update, WithPlatformResetTheNewCodeWaitsForThePowerCycle) {
  FirmwareConfig config = old_board();
  config.update.reset = ResetAfterUpdate::platform;
  Board b(config);
  b.boot();
  EXPECT_EQ(b.update(image_of(new_code())), Error::success);
  EXPECT_EQ(b.reset_type, protocol::fwu::kResetPlatform);
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::committed);
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 0, 1, 1111}));
  EXPECT_EQ(b.start(kCodeSize), Error::update_in_progress);
  EXPECT_EQ(b.data({}), Error::no_update_in_progress);
  b.power_cut();
  b.boot();
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 2, 70, 1046}));
  EXPECT_EQ(b.start(kCodeSize), Error::success);
}

TEST(Update, TakesCodeOf16MiBOnAPartWithRoomForIt) {
  constexpr std::uint32_t size = 0x1000000;
  const flash::Part& part = *flash::find_part("BENCH-64MiB");
  Board b(old_board(), factory_flash(old_board(), size, part), part);
  b.boot();
  factory::ImageRecipe recipe = new_code();
  recipe.size = size;
  EXPECT_EQ(b.update(image_of(recipe)), Error::success);
  EXPECT_EQ(b.firmware.running_version(), recipe.version);
}

TEST(Update, FailedUpdateMayBeStartedAnew) {
  Board b;
  b.boot();
  base::Bytes bad = image_of(new_code());
  bad[kCodeSize - 1] ^= 1;
  EXPECT_EQ(b.update(bad), Error::invalid_image);
  EXPECT_EQ(b.update(image_of(new_code())), Error::success);
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 2, 70, 1046}));
}

TEST(Abandon, EndsAnUpdateThatIsStaging) {
  Board b;
  b.boot();
  const base::Bytes image = image_of(new_code());
  b.start(kCodeSize);
  b.answers.clear();
  b.firmware.update_session().data(Feeder::heci, image, b);
  b.run(3);
  b.firmware.update_session().abandon(Feeder::heci);
  b.settle();
  EXPECT_TRUE(b.answers.empty()) << "nothing is answered after abandon()";
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::idle);
  EXPECT_EQ(b.firmware.settings(), old_board().settings);
  EXPECT_EQ(b.update(image), Error::success);
}

TEST(Abandon, NextUpdateMayBeginWhileTheFlashIsStillAtTheLast) {
  factory::ImageRecipe other = new_code();
  other.version.build = 1047;
  const base::Bytes first = image_of(other);
  const base::Bytes second = image_of(new_code());
  for (std::uint64_t events = 0; events < 40; events += 3) {
    Board b;
    b.boot();
    b.start(kCodeSize);
    auto& session = b.firmware.update_session();
    session.data(Feeder::heci, first, b);
    b.run(events);
    session.abandon(Feeder::heci);
    session.start(Feeder::heci, {.image_length = kCodeSize}, b);
    session.data(Feeder::heci, second, b);
    b.settle();
    EXPECT_EQ(b.end(), Error::success) << "abandoned after " << events << " events";
    EXPECT_EQ(b.firmware.running_version(), new_code().version);
  }
}

TEST(Abandon, OfAnotherFeederDoesNothing) {
  Board b;
  b.boot();
  b.start(kCodeSize);
  b.firmware.update_session().abandon(Feeder::tpm);
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::staging);
}

TEST(Abandon, AfterEndTheUpdateGoesOnUnheard) {
  Board b;
  b.boot();
  b.stage(image_of(new_code()));
  b.answers.clear();
  b.firmware.update_session().end(Feeder::heci, b);
  b.firmware.update_session().abandon(Feeder::heci);
  b.settle();
  EXPECT_TRUE(b.answers.empty());
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 2, 70, 1046}));
}

TEST(RecoveryUpdate, TakesAnUpdateWhateverInterfaceAndLocalUpdateSay) {
  FirmwareConfig config = old_board();
  config.settings.enabled_update_interfaces = 5;
  config.settings.local_update = 0;
  config.update.allow_downgrade = false;
  base::Bytes contents = factory_flash(config);
  contents[0x3000 + factory::region_partitions(kCodeSize).find("CODE")->offset] ^= 1;
  Board b(config, std::move(contents));
  b.boot();
  ASSERT_EQ(b.firmware.boot_path(), BootPath::recovery);
  factory::ImageRecipe old = new_code();
  old.version = {5, 0, 0, 999};
  EXPECT_EQ(b.update(image_of(old)), Error::success);
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 0, 0, 999}));
}

TEST(RecoveryUpdate, StillAsksForThePasswordAndChecksTheImage) {
  FirmwareConfig config = old_board();
  config.settings.local_update = 2;
  base::Bytes contents = factory_flash(config);
  contents[0x3000 + factory::region_partitions(kCodeSize).find("CODE")->offset] ^= 1;
  Board b(config, std::move(contents));
  b.boot();
  EXPECT_EQ(b.start(kCodeSize), Error::password_needed);
}

}  // namespace
}  // namespace emulator::firmware
