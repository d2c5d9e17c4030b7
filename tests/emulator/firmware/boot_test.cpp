// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <array>
#include <cctype>

#include "emulator/factory/region.h"
#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using namespace std::chrono_literals;
using protocol::FirmwareVersion;
using protocol::fwu::ResetReason;
using sim::FaultAction;
using sim::FaultPoint;

constexpr std::uint32_t kMeRegion = 0x3000;

std::uint32_t partition(const char* name) {
  return kMeRegion + factory::region_partitions(kCodeSize).find(name)->offset;
}

base::Bytes flash_with_damage_in(std::initializer_list<const char*> partitions) {
  base::Bytes contents = factory_flash(old_board());
  for (const char* name : partitions) contents[partition(name) + 0x200] ^= 1;
  return contents;
}

TEST(Boot, FactoryFlashRunsItsOperationalCode) {
  Board b;
  ASSERT_TRUE(b.boot());
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 0, 1, 1111}));
  EXPECT_EQ(b.firmware.recovery_version(), (FirmwareVersion{5, 0, 0, 1000}));
  EXPECT_EQ(b.firmware.settings(), old_board().settings);
  EXPECT_EQ(b.boots, std::vector{BootPath::operational});
}

TEST(Boot, TakesItsBootTime) {
  Board b;
  b.powered = true;
  b.firmware.power_on();
  b.clock.sleep(1499ms);
  EXPECT_EQ(b.firmware.boot_path(), BootPath::booting);
  EXPECT_TRUE(b.boots.empty());
  b.clock.sleep(1ms);
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
}

TEST(Boot, DamagedOperationalCodeMakesRecoveryRun) {
  Board b(old_board(), flash_with_damage_in({"CODE"}));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::recovery);
  EXPECT_EQ(b.firmware.running_version(), (FirmwareVersion{5, 0, 0, 1000}));
  EXPECT_EQ(b.firmware.settings(), old_board().settings);
  EXPECT_EQ(b.boots, std::vector{BootPath::recovery});
}

TEST(Boot, DamagedRecoveryCodeDoesNotMatterToOperationalCode) {
  Board b(old_board(), flash_with_damage_in({"RCVY"}));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
}

/// Code that was found sound is not hashed at each boot, but it is once a byte of it has changed.
TEST(Boot, CodeThatChangedSinceTheLastBootIsCheckedAnew) {
  Board b;
  ASSERT_TRUE(b.boot());
  b.power_cut();
  ASSERT_TRUE(b.boot());
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational) << "nothing has changed";

  const std::uint32_t hashed = partition("CODE") + 0x8000;
  ASSERT_NE(b.flash.contents()[hashed], 0);
  struct Nobody final : flash::FlashListener {
    void flash_operation_ended(flash::FlashEnd) override {}
  } nobody;
  b.flash.program(hashed, std::array<std::uint8_t, 1>{0}, nobody);
  b.settle();
  b.power_cut();
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::recovery);
}

TEST(Boot, HaltsWhenNeitherVerifies) {
  Board b(old_board(), flash_with_damage_in({"CODE", "RCVY"}));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::halted);
  EXPECT_EQ(b.firmware.running_version(), FirmwareVersion{});
  EXPECT_EQ(b.boots, std::vector{BootPath::halted});
}

TEST(Boot, HaltsOnAnErasedPart) {
  Board b(old_board(), base::Bytes(kSmallPart.geometry.size, 0xFF));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::halted);
}

TEST(Boot, HaltsWhenThePartitionTableIsDamaged) {
  base::Bytes contents = factory_flash(old_board());
  contents[kMeRegion + 0x10] ^= 1;
  Board b(old_board(), std::move(contents));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::halted);
}

TEST(Boot, HaltsWhenAPartitionLeavesItsRegion) {
  base::Bytes contents = factory_flash(old_board());
  contents[kMeRegion + 0x10 + 0x20 + 3 * 0x20 + 0x0B] = 0x40;  // UPDT, offset's high byte
  Board b(old_board(), std::move(contents));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::halted);
}

TEST(Boot, RomTakesNoKeyButTheProfiles) {
  FirmwareConfig config = old_board();
  config.identity.key_md5 = "5C7169B7E7065323FB7B3B5657B4D57A";
  Board b(config);
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::halted);
}

TEST(Boot, KeyMayBeNamedInCapitals) {
  FirmwareConfig config = old_board();
  for (char& c : config.identity.key_md5) c = static_cast<char>(std::toupper(c));
  Board b(config);
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
}

// The factory's straps: ICHSTRP0 at 100h, MCHSTRP0 at 140h (docs/formats.md).
constexpr std::size_t kIchStrap = 0x100;
constexpr std::size_t kMchStrap = 0x140;

base::Bytes flash_with_strap(std::size_t place, std::uint8_t bits) {
  base::Bytes contents = factory_flash(old_board());
  contents[place] |= bits;
  return contents;
}

TEST(Boot, EachStrapThatDisablesTheMeKeepsItOff) {
  for (const auto& [place, bit] :
       {std::pair{kIchStrap, 0x01}, std::pair{kMchStrap, 0x01}, std::pair{kMchStrap, 0x80}}) {
    Board b(old_board(), flash_with_strap(place, static_cast<std::uint8_t>(bit)));
    ASSERT_TRUE(b.boot());
    EXPECT_EQ(b.firmware.boot_path(), BootPath::disabled) << place << ' ' << bit;
    EXPECT_EQ(b.firmware.running_version(), FirmwareVersion{});
    EXPECT_EQ(b.boots, std::vector{BootPath::disabled});
    EXPECT_EQ(b.clock.now(), base::TimePoint{}) << "no code runs that could take time";
  }
}

TEST(Boot, NoOtherBitOfTheseStrapsKeepsTheMeOff) {
  base::Bytes contents = flash_with_strap(kIchStrap, 0xFE);
  contents[kMchStrap] |= 0x7E;
  Board b(old_board(), std::move(contents));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
}

TEST(Boot, AnMeThatIsOffReachesNoFaultOfItsBootAndTakesNoUpdate) {
  Board b(old_board(), flash_with_strap(kIchStrap, 0x01));
  b.faults.arm({.point = FaultPoint::boot, .action = FaultAction::power_cut_before});
  ASSERT_TRUE(b.boot());
  EXPECT_EQ(b.faults.reached(FaultPoint::boot), 0u);
  b.firmware.reset(ResetReason::system_reset);
  b.settle();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::disabled);
  EXPECT_FALSE(b.firmware.unprovision());
  EXPECT_EQ(b.stops, 0);
}

TEST(Boot, UnreadableSettingsAreTheFactorys) {
  base::Bytes contents = factory_flash(old_board());
  contents[partition("EFFS") + 20] ^= 1;
  Board b(old_board(), std::move(contents));
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.firmware.settings(), old_board().settings);
}

TEST(ResetReason, FirstBootReportsTheProfilesThenWhatHappened) {
  Board b;
  b.boot();
  EXPECT_EQ(b.firmware.reset_reason(), ResetReason::system_reset);
  b.power_cut();
  b.boot();
  EXPECT_EQ(b.firmware.reset_reason(), ResetReason::power_up);
  b.firmware.reset(ResetReason::firmware_reset);
  b.settle();
  EXPECT_EQ(b.firmware.reset_reason(), ResetReason::firmware_reset);
  b.firmware.reset(ResetReason::system_reset);
  b.settle();
  EXPECT_EQ(b.firmware.reset_reason(), ResetReason::system_reset);
  b.power_cut();
  b.boot();
  EXPECT_EQ(b.firmware.reset_reason(), ResetReason::power_up);
}

TEST(Boot, ListenerHearsOfEveryStopAndEveryBoot) {
  Board b;
  b.boot();
  b.firmware.reset(ResetReason::firmware_reset);
  EXPECT_EQ(b.stops, 1);
  b.firmware.reset(ResetReason::firmware_reset);  // still booting: nothing ran
  EXPECT_EQ(b.stops, 1);
  b.settle();
  EXPECT_EQ(b.boots.size(), 2u);
  b.power_cut();
  EXPECT_EQ(b.stops, 2);
  b.firmware.reset(ResetReason::firmware_reset);  // no power
  b.settle();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::off);
  EXPECT_EQ(b.boots.size(), 2u);
}

TEST(BootFault, FailureMeansTheRomRefusesTheOperationalCode) {
  Board b;
  b.faults.arm({.point = FaultPoint::boot, .action = FaultAction::fail});
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::recovery);
}

TEST(BootFault, IgnoredBootHalts) {
  Board b;
  b.faults.arm({.point = FaultPoint::boot, .action = FaultAction::ignore});
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::halted);
}

TEST(BootFault, DelayedBootTakesThatMuchLonger) {
  Board b;
  b.faults.arm({.point = FaultPoint::boot, .action = FaultAction::delay, .delay = 2s});
  b.boot();
  EXPECT_EQ(b.clock.now(), base::TimePoint(3500ms));
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
}

TEST(BootFault, MeResetBootsOnceMore) {
  Board b;
  b.faults.arm({.point = FaultPoint::boot, .action = FaultAction::me_reset});
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.firmware.reset_reason(), ResetReason::firmware_reset);
  EXPECT_EQ(b.faults.reached(FaultPoint::boot), 2u);
}

TEST(BootFault, PowerCutsLeaveABoardThatBootsNextTime) {
  for (const auto action : {FaultAction::power_cut_before, FaultAction::power_cut_inside,
                            FaultAction::power_cut_after}) {
    Board b;
    b.faults.arm({.point = FaultPoint::boot, .action = action});
    EXPECT_FALSE(b.boot()) << name(action);
    EXPECT_TRUE(b.boots.empty());
    EXPECT_EQ(b.stops, 0);
    EXPECT_TRUE(b.boot());
    EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  }
}

}  // namespace
}  // namespace emulator::firmware
