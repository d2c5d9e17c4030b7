// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/picture.h"

#include <gtest/gtest.h>

#include "scenarios/field/reading/read_report.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::field {
namespace {

Circumstances setting(ProfileKey key, const KeysValue& value) {
  Circumstances made;
  made.set = {{key, value}};
  return made;
}

/// Two updates of a board whose TPM's owner no log tells, which makes it owned.
class PictureOfTwoRuns : public testing::Test {
 protected:
  static constexpr std::optional<std::size_t> kPlainest = std::nullopt;

  PictureOfTwoRuns() {
    const std::string once =
        "C:\\ME>MEUPD.CMD\nFirmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI "
        "driver.\nCommunication Mode: TPM\n";
    FieldReport report;
    read_text(once + once, "post.txt", report);
    auto bench = FieldBench::make(std::move(report), folder_.path());
    EXPECT_TRUE(bench);
    bench_.emplace(std::move(*bench));
    EXPECT_EQ(bench_->covered().size(), 2u);
  }

  Picture picture(const Choice& choice) const { return {*bench_, questions_, choice}; }

  const Answer plain_{"plain", "as ever", Weight::plain, {}, {}};
  const Answer unowned_{
      "unowned", "without an owner", Weight::common, setting(ProfileKey::ownership, "unowned"), {}};
  /// Noticed only without an owner; in the second run rare.
  const Answer open_{"open",
                     "presence left open",
                     Weight::uncommon,
                     setting(ProfileKey::bios_locks_presence, false),
                     {},
                     {{ProfileKey::ownership, "unowned"}},
                     {{1, Weight::rare}}};
  const std::vector<Question> questions_ = {
      {"owner", Scope::run, {plain_, unowned_}, {0, 1}},
      {"presence", Scope::run, {plain_, open_}, {0, 1}},
  };
  engine::StoryFolder folder_;
  std::optional<FieldBench> bench_;
};

TEST_F(PictureOfTwoRuns, AnAnswerThatNoRunNoticesIsIdleAndSetsNothing) {
  const Picture idle = picture({kPlainest, 1});
  EXPECT_TRUE(idle.has_idle_answer());
  EXPECT_TRUE(idle.circumstances(0).set.empty());
}

TEST_F(PictureOfTwoRuns, AnAnswerIsNoticedWhereAnotherOneMakesItsCondition) {
  const Picture noticed = picture({1, 1});
  EXPECT_FALSE(noticed.has_idle_answer());
  EXPECT_EQ(noticed.circumstances(0).set.size(), 2u);
}

TEST_F(PictureOfTwoRuns, AnAnswerWeighsAsInTheRunInWhichItWeighsMost) {
  EXPECT_EQ(picture({kPlainest, kPlainest}).weight(), 0);
  EXPECT_EQ(picture({1, kPlainest}).weight(), 1);
  EXPECT_EQ(picture({1, 1}).weight(), 1 + 3);
}

TEST_F(PictureOfTwoRuns, AnAnswerThatChangesFromRunToRunWeighsOneMore) {
  Picture changing = picture({kPlainest, kPlainest});
  changing.answer(1, {1, kPlainest});
  EXPECT_EQ(changing.weight(), 1 + 1);
  EXPECT_TRUE(changing.circumstances(0).set.empty());
  EXPECT_EQ(changing.circumstances(1).set.size(), 1u);
}

TEST_F(PictureOfTwoRuns, AnAssumptionSaysInWhichRunsItHolds) {
  Picture changing = picture({kPlainest, kPlainest});
  changing.answer(1, {1, kPlainest});
  std::string told;
  for (const Assumption& each : changing.assumptions()) {
    told += each.answer.id + (each.everywhere ? " everywhere:" : ":");
    for (const std::size_t place : each.places) told += " " + std::to_string(place);
    told += "; ";
  }
  EXPECT_EQ(told, "plain: 0; unowned: 1; plain everywhere: 0 1; ");
}

}  // namespace
}  // namespace scenarios::field
