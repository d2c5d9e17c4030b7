// SPDX-License-Identifier: BSD-3-Clause
// What tells circumstances apart: results of one are not taken for those of another.
#include "scenarios/field/boards/circumstances.h"

#include <gtest/gtest.h>

#include "emulator/machine/profile.h"
#include "tests/source_dir.h"

namespace scenarios::field {
namespace {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using emulator::sim::FaultRule;
using Changes = std::vector<void (*)(Circumstances&)>;

/// One of every kind, so that each member can differ in its value, not only in being there.
Circumstances with_everything() {
  Circumstances made;
  made.set = {{ProfileKey::ownership, "owned"}, {ProfileKey::failed_attempts, 3u}};
  made.passing = {ProfileKey::ownership};
  made.arguments = {"--allow", "this"};
  made.files = {{"owner.txt", "owner\n"}};
  made.update_password = {"mebx.txt", "mebx\n"};
  made.faults = {{.point = FaultPoint::fwu_data,
                  .action = FaultAction::delay,
                  .delay = std::chrono::seconds(1)}};
  return made;
}

const Changes kChanges = {
    [](Circumstances& c) { c.set[ProfileKey::ownership] = "unowned"; },
    [](Circumstances& c) { c.set[ProfileKey::failed_attempts] = 4u; },
    [](Circumstances& c) { c.set[ProfileKey::tpm_active] = false; },
    [](Circumstances& c) { c.set.clear(); },
    [](Circumstances& c) { c.passing = {ProfileKey::failed_attempts}; },
    [](Circumstances& c) { c.arguments = {"--allow this"}; },
    [](Circumstances& c) { c.files[0].name = "other.txt"; },
    [](Circumstances& c) { c.files[0].text = "another\n"; },
    [](Circumstances& c) { c.update_password->text = "another\n"; },
    [](Circumstances& c) { c.update_password.reset(); },
    [](Circumstances& c) { c.faults[0].point = FaultPoint::fwu_end; },
    [](Circumstances& c) { c.faults[0].occurrence = 2; },
    [](Circumstances& c) { c.faults[0].action = FaultAction::ignore; },
    [](Circumstances& c) { c.faults[0].delay = std::chrono::seconds(2); },
    [](Circumstances& c) { c.faults[0].repeat = 2; },
    [](Circumstances& c) { c.faults[0].status = 8707; },
    [](Circumstances& c) { c.faults.push_back(c.faults[0]); },
    [](Circumstances& c) { c.image = Circumstances::Image::older; },
    [](Circumstances& c) { c.condition = Circumstances::Condition::recovering; }};

TEST(Circumstances, ThatDifferInOneThingAreDifferent) {
  const std::hash<Circumstances> hash;
  std::vector<Circumstances> all = {with_everything()};
  for (const auto change : kChanges) {
    all.push_back(with_everything());
    change(all.back());
  }
  for (std::size_t a = 0; a < all.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      EXPECT_NE(all[a], all[b]) << a << " " << b;
      EXPECT_NE(hash(all[a]), hash(all[b])) << a << " " << b;
    }
  }
  EXPECT_EQ(with_everything(), with_everything());
  EXPECT_EQ(hash(with_everything()), hash(with_everything()));
}

TEST(Circumstances, TheOrderInWhichABoardIsSetIsNoDifference) {
  Circumstances unowned;
  unowned.set = {{ProfileKey::ownership, "unowned"}};
  Circumstances inactive;
  inactive.set = {{ProfileKey::tpm_active, false}};
  EXPECT_EQ(both(unowned, inactive), both(inactive, unowned));
  Circumstances owned;
  owned.set = {{ProfileKey::ownership, "owned"}};
  EXPECT_EQ(both(unowned, owned), owned) << "the second counts, and only it";
}

TEST(Circumstances, OfTodayAreWithoutWhatPassed) {
  Circumstances then = with_everything();
  const Circumstances today = of_today(then);
  EXPECT_EQ(today.set, (ProfileChanges{{ProfileKey::failed_attempts, 3u}}));
  EXPECT_TRUE(today.passing.empty());
}

/// One value for each key that a board of any kind may have.
const ProfileChanges kEveryKey = {{ProfileKey::tpm_fitted, true},
                                  {ProfileKey::ownership, "unowned"},
                                  {ProfileKey::bios_locks_presence, false},
                                  {ProfileKey::tpm_active, false},
                                  {ProfileKey::tpm_enabled, false},
                                  {ProfileKey::upgrade_of_inactive, "allowed"},
                                  {ProfileKey::failed_attempts, 1000u},
                                  {ProfileKey::update_interfaces, 1u},
                                  {ProfileKey::device_id, 0x3B64u},
                                  {ProfileKey::local_update, "password"},
                                  {ProfileKey::override_qualifier, "never"},
                                  {ProfileKey::override_counter, 3u},
                                  {ProfileKey::update_password, "mebx"},
                                  {ProfileKey::last_update_status, 0u},
                                  {ProfileKey::flash_part, "MX25L3205D"},
                                  {ProfileKey::code_size, 0x10000u}};

TEST(ProfileKeys, AreKeysOfAProfileAndArriveThere) {
  const auto loaded = emulator::machine::load_profile(
      std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines/esprimo-e5730.toml",
      overrides(kEveryKey));
  ASSERT_TRUE(loaded) << loaded.error().doing;
  EXPECT_EQ(loaded->pci.device_id, 0x3B64);
  EXPECT_EQ(loaded->flash.code_size, 0x10000u);
  EXPECT_EQ(loaded->tpm.state.ownership, emulator::tpm::Ownership::unowned);
  EXPECT_FALSE(loaded->tpm.state.active);
  EXPECT_EQ(loaded->tpm.state.failed_attempts, 1000u);
  EXPECT_EQ(loaded->firmware.settings.local_update, protocol::mkhi::kLocalUpdatePassword);
}

TEST(ProfileKeys, AWordThatLooksLikeANumberStaysAWord) {
  ProfileChanges changes = kEveryKey;
  changes[ProfileKey::update_password] = "1234";
  const auto loaded = emulator::machine::load_profile(
      std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines/esprimo-e5730.toml",
      overrides(changes));
  ASSERT_TRUE(loaded) << loaded.error().doing;
}

TEST(ProfileKeys, WhatAProfileHasAnywayChangesNothing) {
  const std::vector<ProfileValue> profile = {
      {.table = "tpm.state", .key = "ownership", .toml = "\"unowned\""},
      {.table = "tpm.state", .key = "active", .toml = "true"}};
  EXPECT_EQ(what_changes({{ProfileKey::ownership, "unowned"},
                          {ProfileKey::tpm_active, false},
                          {ProfileKey::failed_attempts, 0u}},
                         profile),
            (ProfileChanges{{ProfileKey::tpm_active, false}, {ProfileKey::failed_attempts, 0u}}));
}

}  // namespace
}  // namespace scenarios::field
