// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "scenarios/field/advise/person_action.h"
#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/reproduction.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"
#include "tests/source_dir.h"

namespace scenarios::field {
namespace {

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
    EXPECT_FALSE(plan.works_in.empty());
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

/// In every world: on the board as it was then, and as MEInfo shows it.
void expect_works_everywhere(const Reproduction& all, bool with_password) {
  const auto& plans = all.advice.plans;
  const auto best = std::find_if(plans.begin(), plans.end(), [&](const AdvisedPlan& plan) {
    return plan.needs_secret == with_password;
  });
  ASSERT_NE(best, plans.end()) << report_text(all);
  EXPECT_EQ(best->works_in.size(), all.advice.worlds.size()) << report_text(all);
}

TEST(Advice, TheBestPlansWorkInAllWorldsOfBothReports) {
  ASSERT_EQ(thinkpad().advice.worlds.size(), thinkpad().explained.survivors.size());
  expect_works_everywhere(thinkpad(), true);
  expect_works_everywhere(thinkpad(), false);
  // Without the password only clearing the TPM helps, and no line of its logs speaks for that.
  expect_works_everywhere(esprimo(), true);
}

/// Indices of a plan's actions; what is no action (the update) is left out.
std::vector<std::size_t> actions_of(const AdvisedPlan& plan) {
  std::vector<std::size_t> actions;
  for (const AdvisedStep& step : plan.steps) {
    for (std::size_t i = 0; i < person_actions().size(); ++i) {
      if (step.what == person_actions()[i].what) actions.push_back(i);
    }
  }
  return actions;
}

TEST(Advice, TheBestPlanUpdatesEveryStuckBoardAsItsProfileIsSaved) {
  for (const auto& [report, all] :
       {std::pair{"esprimo-e5730", &esprimo()}, std::pair{"thinkpad-t400", &thinkpad()}}) {
    const engine::StoryFolder folder;
    auto read = read_report({kReports + report});
    ASSERT_TRUE(read);
    auto bench = FieldBench::make(std::move(*read), folder.path());
    ASSERT_TRUE(bench);
    ASSERT_FALSE(all->advice.plans.empty());
    const AdvisedPlan& best = all->advice.plans.front();
    const auto way = std::find_if(
        update_ways().begin(), update_ways().end(),
        [&](const UpdateWay& each) { return each.command == best.steps.back().command; });
    ASSERT_NE(way, update_ways().end());
    for (const std::size_t place : stuck_places(*bench)) {
      AdviceWorld saved = advice_world(*bench, place, {});
      ASSERT_TRUE(saved.begin());
      EXPECT_TRUE(saved.ends_well_step_by_step(actions_of(best), *way))
          << bench->states()[bench->covered()[place].state].name;
    }
  }
}

TEST(Advice, TakingThePowerAwayHelpsInTheWorldsInWhichTheMeHangs) {
  ASSERT_FALSE(esprimo().advice.plans.empty());
  for (const AdvisedPlan& plan : esprimo().advice.plans)
    EXPECT_NE(plan.steps.front().what.find("power"), std::string::npos) << plan.steps.front().what;
}

TEST(Explain, EverySurvivorIsToldApartByALineOfItsOwn) {
  for (const Reproduction* all : {&thinkpad(), &esprimo()}) {
    const Explained& explained = all->explained;
    ASSERT_GT(explained.survivors.size(), 1u);
    for (std::size_t i = 0; i < explained.survivors.size(); ++i) {
      std::set<std::string> apart_from = {explanation_number(i)};
      for (const Distinction& each : explained.distinctions) {
        const auto own = std::find_if(
            each.lines.begin(), each.lines.end(),
            [&](const Distinction::Line& line) { return line.means == explanation_number(i); });
        if (own == each.lines.end()) continue;
        for (const Distinction::Line& line : each.lines) {
          if (line.line != own->line) apart_from.insert(line.means);
        }
      }
      for (std::size_t other = 0; other < explained.survivors.size(); ++other)
        EXPECT_TRUE(apart_from.contains(explanation_number(other))) << i + 1 << " " << other + 1;
    }
  }
}

TEST(Explain, APasswordGivenInOneRunAloneIsThoughtOfWhereItWeighsNoMore) {
  const auto& survivors = esprimo().explained.survivors;
  EXPECT_TRUE(std::any_of(survivors.begin(), survivors.end(), [](const Explanation& each) {
    return each.text.find("password was given (in fwupdlcl-dos") != std::string::npos &&
           each.weight == esprimo().explained.best.weight;
  })) << report_text(esprimo());
}

TEST(Advice, WhatTheOwnerTriedIsNotAdvisedAgain) {
  const Reproduction& all = esprimo();
  EXPECT_GT(all.advice.pruned, 0u);
  ASSERT_FALSE(all.advice.plans.empty());
  std::set<Tried> tried;
  for (const TriedLine& each : all.report.tried) tried.insert(each.what);
  for (const AdvisedPlan& plan : all.advice.plans) {
    const bool something_new =
        std::any_of(plan.steps.begin(), plan.steps.end() - 1, [&](const AdvisedStep& step) {
          const auto actions = person_actions();
          const auto action =
              std::find_if(actions.begin(), actions.end(),
                           [&](const PersonAction& each) { return step.what == each.what; });
          return action != actions.end() && !(action->tried && tried.contains(*action->tried));
        });
    EXPECT_TRUE(something_new) << plan.steps.front().what;
  }
}

/// The bench on the first state of a report.
class AdviceOnABoard : public testing::Test {
 protected:
  void SetUp() override {
    auto read = read_report({kReports + "thinkpad-t400"});
    ASSERT_TRUE(read);
    auto bench = FieldBench::make(std::move(*read), folder_.path());
    ASSERT_TRUE(bench);
    bench_.emplace(std::move(*bench));
  }

  std::unique_ptr<emulator::machine::Machine> machine(const ProfileChanges& values) {
    Circumstances circumstances = on_a_small_board();
    circumstances.set.insert(values.begin(), values.end());
    auto made = bench_->maker().booted(bench_->profile_file(0), circumstances);
    EXPECT_TRUE(made) << made.error().doing;
    return std::move(*made);
  }

  engine::StoryFolder folder_;
  std::optional<FieldBench> bench_;
};

TEST_F(AdviceOnABoard, EveryActionChangesTheMachineAsTheSearchThinks) {
  for (const char* owner : {"owned", "unowned"}) {
    for (const bool enabled : {true, false}) {
      for (const bool active : {true, false}) {
        for (std::size_t action = 0; action < person_actions().size(); ++action) {
          const auto board = machine({{ProfileKey::ownership, owner},
                                      {ProfileKey::tpm_enabled, enabled},
                                      {ProfileKey::tpm_active, active}});
          const BoardLook before = look_at(*board);
          carry_out(std::array{action}, *board);
          EXPECT_EQ(look_after(person_actions()[action], before), look_at(*board))
              << person_actions()[action].id << " of an " << owner << " TPM, enabled " << enabled
              << ", active " << active;
        }
      }
    }
  }
}

TEST_F(AdviceOnABoard, WhatTheBiosAllowsForOneBootEndsWhereTheMachineSaysSo) {
  const std::size_t allow = action_called("tpm-allow-unowned");
  for (std::size_t action = 0; action < person_actions().size(); ++action) {
    const auto board = machine({{ProfileKey::ownership, "unowned"}});
    carry_out(std::array{allow}, *board);
    const BoardLook allowed = look_at(*board);
    ASSERT_TRUE(allowed.unowned_allowed);
    carry_out(std::array{action}, *board);
    const PersonAction& done = person_actions()[action];
    EXPECT_EQ(look_after(done, allowed).unowned_allowed, look_at(*board).unowned_allowed)
        << done.id;
  }
}

}  // namespace
}  // namespace scenarios::field
