// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>

#include "scenarios/field/person_action.h"
#include "scenarios/field/read_report.h"
#include "scenarios/field/reproduction.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::field {
namespace {

const std::string kReports = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/field-reports/";

Reproduction reproduction_of(const char* report) {
  const engine::StoryFolder folder;
  auto read = read_report({kReports + report});
  EXPECT_TRUE(read);
  auto made = reproduce(std::move(*read), folder.path());
  EXPECT_TRUE(made);
  return std::move(*made);
}

/// The whole search takes a while: one for all tests here.
const Reproduction& esprimo() {
  static const Reproduction all = reproduction_of("esprimo-e5730");
  return all;
}
const Reproduction& thinkpad() {
  static const Reproduction all = reproduction_of("thinkpad-t400");
  return all;
}

std::string ledger() {
  std::ostringstream text;
  text << std::ifstream(std::string(MEBENCH_SOURCE_DIR) + "/docs/fidelity.md").rdbuf();
  return text.str();
}

TEST(Advice, EveryActionLeansOnRowsOfTheLedgerThatAreThere) {
  const std::string rows = ledger();
  for (const PersonAction& action : person_actions()) {
    for (const char* row : action.leans_on)
      EXPECT_NE(rows.find(std::string("| ") + row + " |"), std::string::npos) << action.id << row;
  }
  for (const UpdateWay& way : update_ways()) {
    for (const char* row : way.leans_on)
      EXPECT_NE(rows.find(std::string("| ") + row + " |"), std::string::npos) << way.id << row;
  }
}

TEST(Advice, EveryAnswerLeansOnRowsOfTheLedgerThatAreThere) {
  const std::string rows = ledger();
  for (const char* report : {"esprimo-e5730", "thinkpad-t400"}) {
    const engine::StoryFolder folder;
    auto read = read_report({kReports + report});
    ASSERT_TRUE(read);
    auto bench = FieldBench::make(std::move(*read), folder.path());
    ASSERT_TRUE(bench);
    for (const Question& question : open_questions(*bench)) {
      for (const Answer& answer : question.answers) {
        for (const std::string& row : answer.leans_on)
          EXPECT_NE(rows.find("| " + row + " |"), std::string::npos) << answer.id << row;
      }
    }
  }
}

TEST(Advice, TheThinkPadIsUpdatedWithTheOwnersPasswordAndWithoutIt) {
  const Reproduction& all = thinkpad();
  EXPECT_FALSE(all.explained.survivors.empty());
  bool with = false;
  bool without = false;
  for (const AdvisedPlan& plan : all.advice.plans) {
    EXPECT_GT(plan.works_in, 0u);
    EXPECT_FALSE(plan.steps.empty());
    EXPECT_FALSE(plan.leans_on.empty());
    with = with || plan.needs_secret;
    without = without || !plan.needs_secret;
  }
  EXPECT_TRUE(with);
  EXPECT_TRUE(without);
}

TEST(Explain, NoSurvivorLetsAnUpdateThroughWhoseLogHasNoOutcome) {
  const Explained& explained = esprimo().explained;
  ASSERT_FALSE(explained.survivors.empty());
  for (const Explanation& each : explained.survivors) {
    for (const ReplayedRun& run : each.runs) {
      const bool open_ended = run.comparison.verdict == LogVerdict::prefix && run.command.image;
      EXPECT_FALSE(open_ended && run.replay.exit == 0) << each.text;
    }
  }
}

TEST(Advice, TakingThePowerAwayHelpsInTheWorldsInWhichTheMeHangs) {
  ASSERT_FALSE(esprimo().advice.plans.empty());
  const AdvisedPlan& best = esprimo().advice.plans.front();
  EXPECT_EQ(best.works_in, best.of);
  EXPECT_NE(best.steps.front().what.find("power"), std::string::npos) << best.steps.front().what;
}

TEST(Explain, SurvivorsAreToldApartByALineOfTheirOwn) {
  const Reproduction& all = thinkpad();
  ASSERT_GT(all.explained.survivors.size(), 1u);
  ASSERT_FALSE(all.explained.distinctions.empty());
  for (const Distinction& each : all.explained.distinctions) {
    ASSERT_GT(each.lines.size(), 1u);
    EXPECT_NE(each.lines.front().line, each.lines.back().line);
    EXPECT_NE(each.lines.front().means, each.lines.back().means);
  }
}

TEST(Advice, WhatTheOwnerTriedIsNotAdvisedAgain) {
  const Reproduction& all = esprimo();
  EXPECT_GT(all.advice.pruned, 0u);
  for (const AdvisedPlan& plan : all.advice.plans) {
    if (plan.needs_secret) continue;
    bool something_new = plan.steps.size() == 1;
    for (const AdvisedStep& step : plan.steps) {
      if (step.what.find("activate") != std::string::npos ||
          step.what.find("allow") != std::string::npos)
        something_new = true;
    }
    EXPECT_TRUE(something_new) << plan.steps.front().what;
  }
}

std::size_t action_called(std::string_view id) {
  const auto all = person_actions();
  return static_cast<std::size_t>(
      std::find_if(all.begin(), all.end(),
                   [&](const PersonAction& each) { return each.id == id; }) -
      all.begin());
}

TEST(Advice, WhatTheBiosAllowsForOneBootEndsWhereTheMachineSaysSo) {
  const engine::StoryFolder folder;
  auto read = read_report({kReports + "thinkpad-t400"});
  ASSERT_TRUE(read);
  auto bench = FieldBench::make(std::move(*read), folder.path());
  ASSERT_TRUE(bench);
  Circumstances unowned = on_a_small_board();
  unowned.set.push_back({"tpm.state.ownership", "unowned", "a test"});
  const std::size_t allow = action_called("tpm-allow-unowned");
  for (std::size_t action = 0; action < person_actions().size(); ++action) {
    const auto machine = bench->maker().booted(bench->profile_file(0), unowned);
    ASSERT_TRUE(machine) << machine.error().doing;
    carry_out(std::array{allow}, **machine);
    const BoardLook allowed = look_at(**machine);
    ASSERT_TRUE(allowed.unowned_allowed);
    carry_out(std::array{action}, **machine);
    const PersonAction& done = person_actions()[action];
    EXPECT_EQ(look_after(done, allowed).unowned_allowed, look_at(**machine).unowned_allowed)
        << done.id;
  }
}

}  // namespace
}  // namespace scenarios::field
