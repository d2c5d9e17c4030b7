// SPDX-License-Identifier: BSD-3-Clause
// The promise of the bench: power may go at every single flash operation of an update, before it,
// in the middle of it or right after it, and the board comes back with the old code, the new code
// or the recovery code, with its settings.
#include <gtest/gtest.h>

#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using protocol::FirmwareVersion;
using sim::FaultAction;
using sim::FaultPoint;

constexpr FirmwareVersion kOld = {5, 0, 1, 1111};
constexpr FirmwareVersion kNew = {5, 2, 70, 1046};
constexpr FirmwareVersion kRecovery = {5, 0, 0, 1000};

/// 16 sectors of 16 pages, staged and copied, and one settings record.
constexpr std::uint32_t kOperations = 2 * (16 + 256) + 1;
constexpr std::uint32_t kCopyBegins = 16 + 256 + 1;

/// A board that has booted and is about to be updated, as saved state: every cut starts from here.
const base::Bytes& about_to_update() {
  static const base::Bytes saved = [] {
    Board b;
    b.boot();
    auto a = sim::Archive::saving();
    b.serialize(a);
    return a.saved();
  }();
  return saved;
}

void load(Board& b) {
  auto a = sim::Archive::loading(about_to_update());
  b.serialize(a);
  ASSERT_TRUE(a.finish());
}

void expect_old_or_new_settings(const Board& b) {
  Settings updated = old_board().settings;
  updated.last_update_status = 0;
  updated.override_counter = 6;
  const Settings& found = b.firmware.settings();
  EXPECT_TRUE(found == old_board().settings || found == updated);
}

class UpdatePowerCut : public testing::TestWithParam<FaultAction> {};

TEST_P(UpdatePowerCut, AtEveryFlashOperationLeavesABoardThatBootsAndTakesTheUpdateAgain) {
  std::uint32_t old = 0;
  std::uint32_t recovery = 0;
  std::uint32_t updated = 0;
  for (std::uint32_t occurrence = 1; occurrence <= kOperations; ++occurrence) {
    SCOPED_TRACE("operation " + std::to_string(occurrence));
    Board b(old_board(), base::Bytes(kSmallPart.geometry.size, 0xFF));
    load(b);
    b.faults.arm(
        {.point = FaultPoint::flash_operation, .occurrence = occurrence, .action = GetParam()});
    b.update(new_image());
    ASSERT_FALSE(b.powered) << "the cut struck";
    b.boot();

    const FirmwareVersion running = b.firmware.running_version();
    if (b.firmware.boot_path() == BootPath::recovery) {
      EXPECT_EQ(running, kRecovery);
      EXPECT_GE(occurrence, kCopyBegins) << "staging leaves the code alone";
      ++recovery;
    } else {
      ASSERT_EQ(b.firmware.boot_path(), BootPath::operational);
      ASSERT_TRUE(running == kOld || running == kNew);
      ++(running == kOld ? old : updated);
    }
    expect_old_or_new_settings(b);
    ASSERT_EQ(b.update(new_image()), Error::success);
    ASSERT_EQ(b.firmware.running_version(), kNew);
  }
  // Not everything went one way: the cuts fell before, into and behind the copy.
  EXPECT_GE(old, kCopyBegins - 1);
  EXPECT_GT(recovery, 200u);
  EXPECT_GE(updated, 1u);
}

INSTANTIATE_TEST_SUITE_P(BeforeInsideAfter, UpdatePowerCut,
                         testing::Values(FaultAction::power_cut_before,
                                         FaultAction::power_cut_inside,
                                         FaultAction::power_cut_after),
                         [](const auto& p) { return std::string(name(p.param)); });

TEST(UpdatePowerCut, NoUpdateHasAnOperationMoreThanTheSweepCuts) {
  Board b;
  b.boot();
  b.update(new_image());
  EXPECT_EQ(b.faults.reached(FaultPoint::flash_operation), kOperations);
}

}  // namespace
}  // namespace emulator::firmware
