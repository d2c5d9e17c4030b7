// SPDX-License-Identifier: BSD-3-Clause
// The page of a run: the failures first, then the slowest, each with its steps; nothing of the
// computer it ran on.
#include "scenarios/page/run_page.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "scenarios/page/trace_page.h"
#include "tests/scenarios/page/lines.h"

namespace scenarios::page {
namespace {

using engine::ScenarioResult;
using engine::Verdict;
using std::chrono::milliseconds;
using std::chrono::seconds;

ScenarioResult passed(const std::string& id, base::Duration wall_time) {
  ScenarioResult result;
  result.id = id;
  result.file = "/home/somebody/lib/" + id;
  result.title = "good";
  result.virtual_time = seconds(2);
  result.wall_time = wall_time;
  result.steps = 2;
  result.told = {{.text = "power on", .began = {}, .ended = seconds(1), .out = {}, .err = {}},
                 {.text = "meupdate info",
                  .began = seconds(1),
                  .ended = seconds(2),
                  .exit = 0,
                  .out = "version <5>\n",
                  .err = {}}};
  return result;
}

ScenarioResult failed() {
  ScenarioResult result = passed("bad.toml", milliseconds(1));
  result.verdict = Verdict::failed;
  result.steps = 3;
  result.told.back().held = false;
  result.failures = {{.step = 2,
                      .step_text = "meupdate info",
                      .place = "/home/somebody/lib/bad.toml:9:1",
                      .what = "exit status",
                      .expected = "5",
                      .got = "0 <script>"}};
  return result;
}

std::string page_of(const std::vector<ScenarioResult>& results) {
  return run_page(
      results, seconds(3),
      [](const ScenarioResult&) { return std::vector<TraceLine>{message(1.2, "FWU GET_VERSION")}; },
      {"/home/somebody", "/home/somebody/lib", "/home"});
}

TEST(RunPage, ShowsFailuresFirstThenTheSlowest) {
  const std::string page =
      page_of({passed("quick.toml", milliseconds(2)), failed(), passed("slow.toml", seconds(2))});
  const std::string stories = page.substr(page.find("Every scenario"));
  EXPECT_LT(stories.find("bad.toml"), stories.find("slow.toml"));
  EXPECT_LT(stories.find("slow.toml"), stories.find("quick.toml"));
  EXPECT_NE(page.find("<h1>1 of 3 scenarios did not pass</h1>"), std::string::npos) << page;
  EXPECT_LT(page.find("What did not pass"), page.find("Slowest"));
}

TEST(RunPage, OpensWhatFailedAndFoldsWhatPassed) {
  const std::string page = page_of({failed(), passed("good.toml", seconds(1))});
  EXPECT_NE(page.find("<details class=story id=\"s0\" open>"), std::string::npos);
  EXPECT_NE(page.find("<details class=story id=\"s1\">"), std::string::npos);
  EXPECT_EQ(page_of({passed("good.toml", seconds(1))}).find("What did not pass"),
            std::string::npos);
}

TEST(RunPage, TellsEachStepWithItsTimesAndWhatItPrinted) {
  const std::string page = page_of({failed()});
  EXPECT_NE(page.find("<pre>version &lt;5&gt;&#10;</pre>"), std::string::npos) << page;
  EXPECT_NE(page.find("<td class=short>1s</td><td class=short>1s</td><td class=\"bad short\">not "
                      "as written</td>"),
            std::string::npos)
      << page;
  EXPECT_NE(page.find("1 more step did not run."), std::string::npos);
  EXPECT_NE(page.find("step 2: meupdate info"), std::string::npos) << "in the picture, too";
  EXPECT_NE(page.find("FWU: get version"), std::string::npos);
}

TEST(RunPage, NamesNoFolderAndRunsNoScript) {
  const std::string page = page_of({failed(), passed("good.toml", seconds(1))});
  EXPECT_EQ(page.find("somebody"), std::string::npos) << page;
  EXPECT_NE(page.find("<dt>bad.toml:9:1</dt>"), std::string::npos) << page;
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

TEST(RunPage, HasLinksWhoseAnchorsExist) {
  const std::string page = page_of({failed(), passed("good.toml", seconds(1))});
  std::size_t links = 0;
  for (std::size_t at = page.find("href=\"#"); at != page.npos;
       at = page.find("href=\"#", at + 1), ++links) {
    const std::size_t begin = at + 7;
    const std::string id = page.substr(begin, page.find('"', begin) - begin);
    EXPECT_NE(page.find("id=\"" + id + "\""), std::string::npos) << id;
  }
  EXPECT_EQ(links, 3u);  // one failed, two are the slowest
}

TEST(TracePage, IsOfEveryStoryAndNamesNoFolder) {
  const std::vector<TraceLine> lines = {message(1.2, "FWU GET_VERSION")};
  const std::string page = trace_page(
      {{.id = "/home/somebody/a.toml[x=1/2]", .lines = lines}, {.id = "lib/b.toml", .lines = {}}});
  EXPECT_EQ(page.find("somebody"), std::string::npos);
  EXPECT_NE(page.find("<h2 id=\"s0\">a.toml[x=1/2]</h2>"), std::string::npos) << page;
  EXPECT_NE(page.find("<h2 id=\"s1\">lib/b.toml</h2>"), std::string::npos);
  EXPECT_NE(page.find("FWU: get version"), std::string::npos);
}

TEST(TraceText, CountsWhatTravelled) {
  const std::string text = trace_text(
      {{.id = "a.toml", .lines = {message(1.2, "FWU GET_VERSION"), tpm_command(1.5, 0x65)}}});
  EXPECT_NE(text.find("1 message to the ME and 0 from it, 1 TPM command, 0 faults; 1.5s of virtual "
                      "time\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace scenarios::page
