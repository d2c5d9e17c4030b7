// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/settings_store.h"

#include <gtest/gtest.h>

#include <memory>

#include "emulator/firmware/settings_record.h"
#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using sim::FaultAction;
using sim::FaultPoint;

constexpr std::uint32_t kBase = 0x4000;

Settings settings_number(std::uint32_t n) {
  Settings s = old_board().settings;
  s.last_update_status = n;
  s.update_password = "password " + std::to_string(n);
  return s;
}

/// A store on its own flash; power can be cut and comes back with what the flash holds.
class StoreBench final : public sim::PowerControl {
 public:
  StoreBench() : contents_(kSmallPart.geometry.size, 0xFF) { power_on(); }

  void request_power_cut() override { cut_ = true; }
  void request_me_reset() override {}

  void power_on() {
    cut_ = false;
    flash = std::make_unique<flash::NorFlash>(kSmallPart, contents_, clock, trace, faults, *this);
    queue = std::make_unique<FlashQueue>(*flash, clock, std::chrono::minutes(1));
    store = std::make_unique<SettingsStore>(*flash, *queue, trace, factory);
    store->load(kBase);
  }
  void power_cycle() {
    flash->power_off();
    contents_.assign(flash->contents().begin(), flash->contents().end());
    store.reset();
    queue.reset();
    flash.reset();
    power_on();
  }
  /// False when power was lost on the way.
  bool save(const Settings& settings) {
    store->save(settings);
    while (!cut_ && clock.run_next()) {
    }
    return !cut_;
  }

  const Settings factory = settings_number(0);
  sim::Scheduler clock;
  sim::Trace trace{clock};
  sim::FaultPlan faults{trace};
  std::unique_ptr<flash::NorFlash> flash;
  std::unique_ptr<FlashQueue> queue;
  std::unique_ptr<SettingsStore> store;

 private:
  base::Bytes contents_;
  bool cut_ = false;
};

TEST(SettingsRecord, EveryMemberComesBack) {
  const auto bytes = encode(SettingsRecord{.sequence = 5, .settings = old_board().settings});
  const auto record = decode_settings_record(bytes);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->sequence, 5u);
  EXPECT_EQ(record->settings, old_board().settings);
}

TEST(SettingsRecord, EveryDamagedBitIsNoticed) {
  const auto good = encode(SettingsRecord{.sequence = 5, .settings = old_board().settings});
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    auto bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ 1u << bit % 8);
    EXPECT_FALSE(decode_settings_record(bad)) << bit;
  }
}

TEST(SettingsStore, EmptyPartitionGivesTheFactorys) {
  StoreBench b;
  EXPECT_EQ(b.store->value(), settings_number(0));
}

TEST(SettingsStore, NewestRecordIsInForceOverManyBanks) {
  StoreBench b;
  for (std::uint32_t n = 1; n <= 100; ++n) {
    ASSERT_TRUE(b.save(settings_number(n)));
    b.power_cycle();
    ASSERT_EQ(b.store->value(), settings_number(n));
  }
  // 32 records a bank: erased before records 1, 33, 65 and 97.
  EXPECT_EQ(b.faults.reached(FaultPoint::flash_erase), 4u);
  EXPECT_EQ(b.faults.reached(FaultPoint::flash_program), 100u);
}

TEST(SettingsStore, SavedTwiceAtOnceStoresTheLater) {
  StoreBench b;
  b.store->save(settings_number(1));
  b.store->save(settings_number(2));
  EXPECT_FALSE(b.store->clean());
  EXPECT_TRUE(b.save(settings_number(3)));
  EXPECT_TRUE(b.store->clean());
  b.power_cycle();
  EXPECT_EQ(b.store->value(), settings_number(3));
}

TEST(SettingsStore, FailedOperationIsTriedAgainElsewhere) {
  for (std::uint32_t occurrence = 1; occurrence <= 2; ++occurrence) {
    StoreBench b;
    b.faults.arm({.point = FaultPoint::flash_operation,
                  .occurrence = occurrence,
                  .action = FaultAction::fail});
    EXPECT_TRUE(b.save(settings_number(1)));
    EXPECT_TRUE(b.faults.unfired().empty());
    b.power_cycle();
    EXPECT_EQ(b.store->value(), settings_number(1));
  }
}

TEST(SettingsStore, GivesUpOnAFlashThatTakesNothingAndGoesOnWithWhatItHas) {
  StoreBench b;
  b.faults.arm({.point = FaultPoint::flash_operation, .action = FaultAction::fail, .repeat = 100});
  b.save(settings_number(1));
  EXPECT_TRUE(b.store->clean());
  EXPECT_EQ(b.store->value(), settings_number(1));
  b.power_cycle();
  EXPECT_EQ(b.store->value(), settings_number(0));
}

class SettingsPowerCut : public testing::TestWithParam<FaultAction> {};

// Enough saves to fill both banks and come back to the first: every slot, and both erases, see
// a cut.
TEST_P(SettingsPowerCut, AtEveryOperationLeavesTheOldOrTheNew) {
  constexpr std::uint32_t saves = 70;
  std::uint32_t cuts = 0;
  for (std::uint32_t occurrence = 1;; ++occurrence) {
    StoreBench b;
    b.faults.arm(
        {.point = FaultPoint::flash_operation, .occurrence = occurrence, .action = GetParam()});
    std::uint32_t n = 1;
    while (n <= saves && b.save(settings_number(n))) ++n;
    if (n > saves) break;
    ++cuts;
    b.power_cycle();
    const Settings& found = b.store->value();
    const bool is_new = found == settings_number(n);
    EXPECT_TRUE(is_new || found == settings_number(n - 1))
        << "operation " << occurrence << ", save " << n;
    if (GetParam() == FaultAction::power_cut_before) {
      EXPECT_FALSE(is_new);
    }
    // And the store works on: the next save survives the next power cycle.
    ASSERT_TRUE(b.save(settings_number(1000)));
    b.power_cycle();
    ASSERT_EQ(b.store->value(), settings_number(1000)) << "operation " << occurrence;
  }
  EXPECT_EQ(cuts, saves + 3) << "70 records and the erases before the 1st, 33rd and 65th";
}

INSTANTIATE_TEST_SUITE_P(BeforeInsideAfter, SettingsPowerCut,
                         testing::Values(FaultAction::power_cut_before,
                                         FaultAction::power_cut_inside,
                                         FaultAction::power_cut_after),
                         [](const auto& p) { return std::string(name(p.param)); });

}  // namespace
}  // namespace emulator::firmware
