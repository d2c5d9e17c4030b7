// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/report.h"

#include <gtest/gtest.h>

namespace scenarios::explore {
namespace {

Report report() {
  return {.story = "explore/over-heci.toml",
          .file = "lib/explore/over-heci.toml",
          .kind = "singles",
          .shard = "1/2",
          .seed = 5,
          .lost = 0,
          .wall_time = std::chrono::seconds(2),
          .cases = {{.id = "boot:1:fail",
                     .phase = "committed",
                     .ending = Ending::updated,
                     .what = {},
                     .same_as = {},
                     .runs = 1},
                    {.id = "flash_operation:2:power_cut_after",
                     .phase = "staging",
                     .ending = Ending::met,
                     .what = {},
                     .same_as = "flash_operation:1:power_cut_after"}}};
}

Case violation() {
  return {.id = "fwu_end:1:fail",
          .phase = "staging",
          .ending = Ending::violation,
          .broken = Rule::whole,
          .what = "its code is <neither>",
          .same_as = {},
          .runs = 2};
}

TEST(ExploreReport, SaysWhatIsGravest) {
  Report all = report();
  EXPECT_EQ(verdict_of(all), Verdict::nothing_violated);
  all.lost = 1;
  EXPECT_EQ(verdict_of(all), Verdict::broken);
  all.cases.push_back({.id = "boot:9:fail", .phase = {}, .what = {}, .same_as = {}});
  EXPECT_EQ(verdict_of(all), Verdict::never_struck);
  all.cases.push_back(violation());
  EXPECT_EQ(verdict_of(all), Verdict::violated);
}

TEST(ExploreReport, CountsAsRunWhatTheUpdaterReallyRepaired) {
  Report all = report();
  all.cases.push_back(violation());
  EXPECT_EQ(sums(all).all(), 3u);
  EXPECT_EQ(sums(all).run(), 2u);
}

TEST(ExploreReport, TellsAViolationWithTheCommandThatRunsItAgain) {
  Report all = report();
  all.cases.push_back(violation());
  const std::string text = to_text(all);
  EXPECT_NE(text.find("VIOLATION  fwu_end:1:fail\n"), std::string::npos);
  EXPECT_NE(text.find("mesim run lib/explore/over-heci.toml --replay fwu_end:1:fail\n"),
            std::string::npos);
  EXPECT_NE(text.find("2 run with the updater, 1 met before, 2.0 s: 1 a second."),
            std::string::npos)
      << text;
}

TEST(ExploreReport, IsReadFromJsonAsItWasWritten) {
  Report all = report();
  all.cases.push_back(violation());
  const auto read = report_from_json(to_json(all));
  ASSERT_TRUE(read) << read.error().doing;
  EXPECT_EQ(read->cases, all.cases);
  EXPECT_EQ(read->story, all.story);
  EXPECT_EQ(read->shard, all.shard);
  EXPECT_EQ(read->wall_time, all.wall_time);
}

TEST(ExploreReport, IsNotReadFromAnythingElse) {
  for (const char* text : {"", "{}", "{\"schema\": 2}", "[1]", "{\"schema\":1,\"story\":3}"})
    EXPECT_FALSE(report_from_json(text)) << text;
}

TEST(ExploreReport, OfSharesIsMerged) {
  Report other = report();
  other.shard = "2/2";
  other.cases = {violation()};
  const auto all = merged({report(), other});
  ASSERT_TRUE(all) << all.error().doing;
  EXPECT_EQ(all->cases.size(), 3u);
  EXPECT_EQ(verdict_of(*all), Verdict::violated);
}

TEST(ExploreReport, IsMergedWithNothingThatIsNotItsOwn) {
  Report seed = report();
  seed.shard = "2/2";
  seed.seed = 6;
  EXPECT_FALSE(merged({report(), seed}));
  EXPECT_FALSE(merged({report(), report()}));
  EXPECT_FALSE(merged({}));
}

TEST(ExploreReport, AsJunitHasAFailureForAViolationAlone) {
  Report all = report();
  all.cases.push_back(violation());
  const std::string xml = to_junit(all);
  EXPECT_NE(xml.find("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""), std::string::npos);
  EXPECT_NE(xml.find("message=\"its code is &lt;neither&gt;\""), std::string::npos);
  EXPECT_NE(xml.find("name=\"boot:1:fail\""), std::string::npos);
}

TEST(ExploreReport, AsAMapHasACellForEachStrike) {
  Report all = report();
  all.cases.push_back(violation());
  const std::string page = to_map(all);
  EXPECT_NE(page.find("<a class=\"violation\" href=\"#c2\""), std::string::npos);
  EXPECT_NE(page.find("<li id=\"c2\"><code>fwu_end:1:fail</code>"), std::string::npos);
  EXPECT_NE(page.find("<h2>flash_operation, 1 to 2</h2>"), std::string::npos);
  EXPECT_EQ(page.find("<neither>"), std::string::npos);
}

}  // namespace
}  // namespace scenarios::explore
