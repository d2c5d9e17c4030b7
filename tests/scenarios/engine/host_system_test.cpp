// SPDX-License-Identifier: BSD-3-Clause
// Stories on a host of another kind: what it cannot do, what it says, and when it goes down.
#include "scenarios/engine/host_system.h"

#include "scenarios/engine/runner.h"
#include "scenarios/engine/world.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::engine {
namespace {

/// A host whose programs end as the test says, and that tells what was asked of it.
struct ScriptedHost {
  std::optional<Obstacle> obstacle;
  base::Result<void> ready;
  StepOutcome ends = {.exit = 0};
  std::string asked;  ///< "ready run ..."
};

class ScriptedSystem final : public HostSystem {
 public:
  ScriptedSystem(ScriptedHost& script, World& world) : script_(script), world_(world) {}
  base::Result<void> get_ready() override {
    script_.asked += "ready ";
    return script_.ready;
  }
  StepOutcome run(const Meupdate&) override {
    script_.asked += "run ";
    return script_.ends;
  }
  base::Result<void> sleep(base::Duration amount) override {
    script_.asked += "sleep ";
    world_.host().sleep(amount);
    return {};
  }
  base::Result<void> restart() override {
    script_.asked += "restart ";
    return {};
  }
  base::Result<void> shut_down() override {
    script_.asked += world_.machine().powered() ? "shut_down " : "too-late ";
    return {};
  }
  void go_down() override { script_.asked += "down "; }

 private:
  ScriptedHost& script_;
  World& world_;
};

ScenarioResult told(const std::string& steps, ScriptedHost& script) {
  const StoryFolder folder;
  const auto stories = folder.load(kHead + steps);
  EXPECT_TRUE(stories) << stories.error().doing;
  if (!stories) return {};
  const HostKind kind{
      .obstacle = [&](const Scenario&) { return script.obstacle; },
      .make = [&](World& world) { return std::make_unique<ScriptedSystem>(script, world); }};
  ScenarioResult result =
      run_scenario(stories->front(), {.scratch = folder.path(), .trace_file = {}, .host = kind});
  result.message = folder.without_folder(result.message);
  return result;
}

const std::string kInfo = "[[step]]\nmeupdate = [\"info\"]\n";

TEST(HostSystem, AStoryThatItCannotTellIsSkippedWithPlaceAndReason) {
  ScriptedHost script{.obstacle = Obstacle{{"story.toml", 4, 1}, "bus: too low"}};
  const ScenarioResult result = told(kInfo, script);
  EXPECT_EQ(result.verdict, Verdict::skipped);
  EXPECT_EQ(result.message, "story.toml:4:1: bus: too low");
  EXPECT_EQ(result.steps_run, 0u);
  EXPECT_EQ(script.asked, "");
}

TEST(HostSystem, IsMadeReadyBeforeTheUpdaterRunsAndOnlyThen) {
  ScriptedHost script;
  EXPECT_EQ(told("[[step]]\nwait = \"1s\"\n" + kInfo, script).verdict, Verdict::passed);
  EXPECT_EQ(script.asked, "sleep ready run ");
}

TEST(HostSystem, WhatItIsMadeOfThatBreaksIsAnInternalError) {
  ScriptedHost script{.ready = base::Error{base::Errc::timeout, "no guest came up"}};
  const ScenarioResult result = told(kInfo, script);
  EXPECT_EQ(result.verdict, Verdict::internal);
  EXPECT_EQ(result.message, "story.toml:4:1: no guest came up");
}

TEST(HostSystem, AStoryThatCannotGoOnThereIsAScriptError) {
  ScriptedHost script{.ready = base::Error{base::Errc::invalid, "the board has no power"}};
  EXPECT_EQ(told(kInfo, script).verdict, Verdict::script_error);
}

TEST(HostSystem, AProgramThatWentDownWithItIsInterruptedAndNothingElse) {
  for (const auto& [exit, verdict] : {std::pair{"7", Verdict::passed},
                                      {"8", Verdict::passed},
                                      {"0", Verdict::failed},
                                      {"1", Verdict::failed}}) {
    ScriptedHost script{.ends = {.host_lost = true}};
    EXPECT_EQ(told(kInfo + "expect.exit = " + exit + "\n", script).verdict, verdict) << exit;
  }
}

TEST(HostSystem, IsShutDownBeforeThePowerGoesOffAndNotBeforeACut) {
  ScriptedHost off;
  told("[[step]]\npower = \"off\"\nexpect.device.powered = false\n", off);
  EXPECT_EQ(off.asked, "shut_down down ");
  ScriptedHost cut;
  told("[[step]]\npower = \"cut\"\nexpect.device.powered = false\n", cut);
  EXPECT_EQ(cut.asked, "down ");
}

TEST(HostSystem, GoesDownWithABoardThatRestarts) {
  ScriptedHost script;
  told("[[step]]\nset_up = \"unprovision\"\n[[step]]\nbios = [\"clear\"]\n", script);
  EXPECT_EQ(script.asked, "down down ");
}

}  // namespace
}  // namespace scenarios::engine
