// SPDX-License-Identifier: BSD-3-Clause
// What a plan tells of the backup and of the rehearsal, to people and to programs.
#include <gtest/gtest.h>

#include "updater/report/json.h"
#include "updater/report/people.h"

namespace {

using namespace updater;
using update::BackupIs;
using update::RehearsalEnd;

class BackupReport : public testing::Test {
 protected:
  BackupReport() {
    plan.targets.me = {.name = "/dev/mei0", .place = update::Place::this_system};
    plan.message_payload = 500;
    plan.backup = {.is = BackupIs::sound, .file = "dump.bin", .what = "a whole flash, sound"};
  }
  /// Lines of the plan, without their spaces in front.
  bool tells(const std::string& line) const {
    return report::plan_text(plan).find("  " + line + "\n") != std::string::npos;
  }
  void end_rehearsal(RehearsalEnd end, const std::string& what) {
    plan.rehearsal = update::Rehearsal{.end = end,
                                       .what = what,
                                       .apart = {"the key", "the settings"},
                                       .took = std::chrono::seconds(240)};
  }

  update::Plan plan;
};

TEST_F(BackupReport, NamesTheDumpAndHowTheRehearsalEnded) {
  end_rehearsal(RehearsalEnd::updated, "5.0.1.1111 -> 5.2.70.1046");
  EXPECT_TRUE(tells("backup        dump.bin: a whole flash, sound")) << report::plan_text(plan);
  EXPECT_TRUE(tells(
      "rehearsal     UPDATED, on a simulated board, after 4 min 00 s: 5.0.1.1111 -> 5.2.70.1046"))
      << report::plan_text(plan);
  EXPECT_TRUE(tells("not rehearsed the key")) << report::plan_text(plan);
  EXPECT_TRUE(tells("              the settings")) << report::plan_text(plan);
}

TEST_F(BackupReport, EveryOtherEndHasItsWord) {
  for (const auto& [end, line] : std::vector<std::pair<RehearsalEnd, std::string>>{
           {RehearsalEnd::refused, "REFUSED, on a simulated board: why"},
           {RehearsalEnd::failed, "FAILED, on a simulated board, after 4 min 00 s: why"},
           {RehearsalEnd::not_possible, "NOT POSSIBLE: why"}}) {
    end_rehearsal(end, "why");
    EXPECT_TRUE(tells("rehearsal     " + line)) << report::plan_text(plan);
  }
}

TEST_F(BackupReport, SaysOfARealBoardThatThereIsNone) {
  plan.backup = {.is = BackupIs::waived};
  EXPECT_TRUE(tells("backup        NONE: what goes wrong cannot be undone"))
      << report::plan_text(plan);
}

TEST_F(BackupReport, SaysNothingOfASimulatedBoardThatHasNone) {
  plan.backup = {};
  plan.targets.me.nature = update::Nature::simulated;
  EXPECT_EQ(report::plan_text(plan).find("backup"), std::string::npos);
}

TEST_F(BackupReport, TellsProgramsTheSame) {
  end_rehearsal(RehearsalEnd::failed, "why");
  const report::Json json = report::plan_json(plan);
  EXPECT_EQ(json["backup"].dump(),
            R"({"is":"sound","file":"dump.bin","what":"a whole flash, sound"})");
  EXPECT_EQ(json["rehearsal"].dump(),
            R"({"end":"failed","what":"why","apart":["the key","the settings"],"took_ms":240000})");
  plan.rehearsal.reset();
  EXPECT_TRUE(report::plan_json(plan)["rehearsal"].is_null());
}

}  // namespace
