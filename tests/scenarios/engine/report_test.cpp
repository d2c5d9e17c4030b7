// SPDX-License-Identifier: BSD-3-Clause
// What is told of results: to a person, to a CI server, to a program.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scenarios/engine/report_ci.h"
#include "scenarios/engine/report_files.h"
#include "scenarios/engine/report_text.h"

namespace scenarios::engine {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

ScenarioResult passed() {
  return {.id = "a/good.toml",
          .file = "lib/a/good.toml",
          .title = "good",
          .verdict = Verdict::passed,
          .message = {},
          .failures = {},
          .out = {},
          .err = {},
          .virtual_time = milliseconds(1500),
          .wall_time = microseconds(12345),
          .steps_run = 2,
          .steps = 2,
          .bus = {}};
}

ScenarioResult failed() {
  return {.id = "a/bad.toml[depth=2]",
          .file = "lib/a/bad.toml",
          .title = "bad",
          .verdict = Verdict::failed,
          .message = {},
          .failures = {{.step = 3,
                        .step_text = "meupdate info",
                        .place = "lib/a/bad.toml:9:1",
                        .what = "exit status",
                        .expected = "0",
                        .got = "5 <&\"> \x01"}},
          .out = "Plan\n  device x\n",
          .err = "refused",
          .virtual_time = seconds(62),
          .wall_time = milliseconds(1234),
          .steps_run = 3,
          .steps = 4,
          .faults_struck = 1,
          .bus = {"1.5s  -> HBM HOST_START_REQ"}};
}

ScenarioResult broken() {
  ScenarioResult result = passed();
  result.id = "broken.toml";
  result.verdict = Verdict::internal;
  result.message = "its process was ended by signal 6 (Aborted)";
  return result;
}

ScenarioResult skipped() {
  ScenarioResult result = passed();
  result.id = "a/low.toml";
  result.verdict = Verdict::skipped;
  result.message = "lib/a/low.toml:9:1: bus: below the driver";
  result.virtual_time = {};
  return result;
}

TEST(ReportText, TellsAPassInOneLine) {
  EXPECT_EQ(line_of(passed()) + details_of(passed()),
            "pass  a/good.toml  (1.5s virtual, 12ms real)\n");
}

TEST(ReportText, TellsAFailureWithExpectedGotTimeAndBus) {
  EXPECT_EQ(line_of(failed()) + details_of(failed()),
            "FAIL  a/bad.toml[depth=2]  (1min 2s virtual, 1.234s real)\n"
            "    bad\n"
            "    step 3: meupdate info\n"
            "      lib/a/bad.toml:9:1: exit status\n"
            "      expected: 0\n"
            "      got:      5 <&\"> \x01\n"
            "      printed on standard output:\n"
            "        Plan\n"
            "          device x\n"
            "      printed on standard error:\n"
            "        refused\n"
            "      virtual time: 1min 2s\n"
            "      last messages on the bus:\n"
            "        1.5s  -> HBM HOST_START_REQ\n");
}

TEST(ReportText, CountsEveryKindInTheSummary) {
  EXPECT_EQ(summary_of(totals({passed(), passed(), failed(), broken()}), seconds(3)),
            "4 scenarios: 2 passed, 1 failed, 0 script errors, 1 internal error; 1min 6.5s of "
            "virtual time, 3s real\n");
}

TEST(ReportText, TellsAllThatIsWrongWithAStepUnderOneHeadingAndWhatItPrintedOnce) {
  ScenarioResult result = failed();
  result.failures.push_back({.step = 3,
                             .step_text = "meupdate info",
                             .place = "lib/a/bad.toml:10:1",
                             .what = "standard output",
                             .expected = "a line that contains \"x\"",
                             .got = "no such line"});
  const std::string text = details_of(result);
  for (const std::string once : {"step 3: meupdate info", "printed on standard output", "Plan"}) {
    EXPECT_NE(text.find(once), std::string::npos) << once;
    EXPECT_EQ(text.find(once), text.rfind(once)) << once;
  }
  EXPECT_NE(text.find("bad.toml:10:1"), std::string::npos);
}

TEST(ReportText, TellsWhyAStoryWasSkippedAndCountsIt) {
  EXPECT_EQ(line_of(skipped()) + details_of(skipped()),
            "skip  a/low.toml\n    lib/a/low.toml:9:1: bus: below the driver\n");
  EXPECT_EQ(summary_of(totals({passed(), skipped()}), milliseconds(7)),
            "2 scenarios: 1 passed, 0 failed, 0 script errors, 0 internal errors, 1 skipped; 1.5s "
            "of virtual time, 7ms real\n");
}

TEST(Totals, TheGravestVerdictIsTheExitStatus) {
  ScenarioResult script = passed();
  script.verdict = Verdict::script_error;
  EXPECT_EQ(totals({passed()}).worst(), Verdict::passed);
  EXPECT_EQ(totals({passed(), failed()}).worst(), Verdict::failed);
  ScenarioResult invalid = failed();
  invalid.verdict = Verdict::invalid;
  EXPECT_EQ(totals({passed(), invalid, skipped()}).worst(), Verdict::invalid);
  EXPECT_EQ(totals({passed(), invalid, failed()}).worst(), Verdict::failed);
  EXPECT_EQ(totals({passed(), invalid}).all(), 2u);
  EXPECT_EQ(totals({failed(), script, passed()}).worst(), Verdict::script_error);
  EXPECT_EQ(totals({broken(), failed(), script}).worst(), Verdict::internal);
  EXPECT_EQ(totals({skipped(), passed()}).worst(), Verdict::passed);
}

TEST(Junit, CountsFailuresAndErrorsApart) {
  const std::string xml = junit_xml({passed(), failed(), broken()}, seconds(2));
  EXPECT_NE(xml.find("<testsuites tests=\"3\" failures=\"1\" errors=\"1\" time=\"65.000\">"),
            std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<testcase classname=\"a\" name=\"bad.toml[depth=2]\""), std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<error type=\"internal\""), std::string::npos) << xml;
}

/// junit-10.xsd has properties for a suite alone.
TEST(Junit, TellsWallTimeBesideTheVirtualOne) {
  const std::string xml = junit_xml({passed()}, milliseconds(2345));
  EXPECT_NE(xml.find("  <testsuite name=\"mesim\" tests=\"1\" failures=\"0\" errors=\"0\" "
                     "skipped=\"0\" time=\"1.500\">\n"
                     "    <properties>\n"
                     "      <property name=\"wall_time_s\" value=\"2.345\"/>\n"
                     "      <property name=\"wall_time_s a/good.toml\" value=\"0.012\"/>\n"
                     "    </properties>\n"
                     "    <testcase classname=\"a\" name=\"good.toml\" time=\"1.500\">\n"
                     "    </testcase>\n"),
            std::string::npos)
      << xml;
}

TEST(Junit, KeepsMessagesToOneShortLine) {
  ScenarioResult result = failed();
  result.failures.front().expected = "one line\nand another";
  EXPECT_NE(junit_xml({result}, {}).find("message=\"exit status: expected one line ...\""),
            std::string::npos);
  result.failures.front().expected = std::string(137, 'x') + "\xc3\xbc" + std::string(50, 'y');
  const std::string xml = junit_xml({result}, {});
  EXPECT_NE(xml.find("xxx ...\""), std::string::npos) << xml;  // not the half of a letter
  EXPECT_EQ(xml.find("xxx\\xc3"), std::string::npos) << xml;
  EXPECT_NE(xml.find("yyy"), std::string::npos) << "the element's text has all of it";
}

TEST(Junit, ShowsASkippedStoryAsCiServersKnowIt) {
  const std::string xml = junit_xml({passed(), skipped()}, {});
  EXPECT_NE(xml.find("skipped=\"1\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("<skipped message=\"lib/a/low.toml:9:1: bus: below the driver\"/>"),
            std::string::npos)
      << xml;
}

TEST(Junit, WritesNothingThatXmlCannotHold) {
  const std::string xml = junit_xml({failed()}, {});
  EXPECT_NE(xml.find("got 5 &lt;&amp;&quot;&gt; \\x01\""), std::string::npos) << xml;
  EXPECT_EQ(xml.find('\x01'), std::string::npos);
}

TEST(Junit, KeepsLettersOfEveryLanguageAndShowsBrokenOnes) {
  ScenarioResult result = failed();
  result.id =
      "m\xc3\xbc"
      "de.toml";
  result.failures.front().got = "caf\xc3";
  const std::string xml = junit_xml({result}, {});
  EXPECT_NE(xml.find("name=\"m\xc3\xbc"
                     "de.toml\""),
            std::string::npos)
      << xml;
  EXPECT_NE(xml.find("got caf\\xc3\""), std::string::npos) << xml;
}

TEST(ResultsJson, ReadsBackAsItWas) {
  const auto json = nlohmann::ordered_json::parse(results_json({failed()}, seconds(2)));
  EXPECT_EQ(json.at("totals").at("failed"), 1);
  const auto back = result_from_json(json.at("scenarios").at(0));
  ASSERT_TRUE(back);
  EXPECT_EQ(details_of(*back), details_of(failed()));
  EXPECT_EQ(back->faults_struck, 1u);
  EXPECT_EQ(json.at("totals").at("wall_time_ns"), 2'000'000'000);
  EXPECT_EQ(back->wall_time, milliseconds(1234));
}

TEST(ResultsJson, NamesASkippedStoryAndCountsIt) {
  const auto json = nlohmann::ordered_json::parse(results_json({passed(), skipped()}, {}));
  EXPECT_EQ(json.at("totals").at("skipped"), 1);
  EXPECT_EQ(json.at("scenarios").at(1).at("verdict"), "skipped");
  const auto back = result_from_json(json.at("scenarios").at(1));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->verdict, Verdict::skipped);
}

TEST(ResultsJson, RefusesWhatItWouldNotHaveWritten) {
  EXPECT_FALSE(result_from_json(nlohmann::ordered_json::parse("{\"id\": 3}")));
  EXPECT_FALSE(result_from_json(nlohmann::ordered_json::parse("[]")));
}

TEST(Wire, CarriesTheStepsAndAReportDoesNot) {
  ScenarioResult result = failed();
  result.told = {{.text = "wait 1s", .ended = seconds(1), .out = {}, .err = {}},
                 {.text = "meupdate info",
                  .began = seconds(1),
                  .ended = seconds(2),
                  .exit = 5,
                  .held = false,
                  .out = "o",
                  .err = "e"}};
  result.kept = "its last 3 events: ...";
  const auto back = result_from_json(to_wire(result));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->told.size(), 2u);
  EXPECT_FALSE(back->told[0].exit);
  EXPECT_TRUE(back->told[0].held);
  EXPECT_EQ(back->told[1].exit, 5);
  EXPECT_EQ(back->told[1].began, seconds(1));
  EXPECT_EQ(back->told[1].err, "e");
  EXPECT_EQ(back->kept, result.kept);
  EXPECT_FALSE(to_json(result).contains("told"));
  EXPECT_FALSE(to_json(result).contains("kept"));
}

TEST(GithubAnnotations, StandAtTheLineOfTheStoryInOneLine) {
  ScenarioResult result = failed();
  result.failures.front().got = "5, 100%\nand: more";
  EXPECT_EQ(github_annotations({passed(), skipped(), result}, ""),
            "::error file=lib/a/bad.toml,line=9,col=1,title=a/bad.toml[depth=2]::step 3 (meupdate "
            "info): exit status: expected 0, got 5, 100%25%0Aand: more\n");
  result.id = "a,b:c.toml";
  EXPECT_NE(github_annotations({result}, "").find(",title=a%2Cb%3Ac.toml::"), std::string::npos);
}

TEST(GithubAnnotations, OfAMessageStandWhereItSays) {
  ScenarioResult result = broken();
  EXPECT_EQ(github_annotations({result}, ""),
            "::error file=lib/a/good.toml,line=1,col=1,title=broken.toml::its process was ended by "
            "signal 6 (Aborted)\n");
  result.message = "/repo/lib/_base.toml:12:3: unknown key \"x\"";
  EXPECT_NE(github_annotations({result}, "/repo").find("file=lib/_base.toml,line=12,col=3,"),
            std::string::npos);
}

TEST(GitlabCodeQuality, HasWhatGitLabAsksOfEachFailure) {
  ScenarioResult result = failed();
  result.failures.push_back(result.failures.front());
  const auto all =
      nlohmann::json::parse(gitlab_code_quality({passed(), skipped(), result, broken()}, "/repo"));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0]["location"]["path"], "lib/a/bad.toml");
  EXPECT_EQ(all[0]["location"]["lines"]["begin"], 9);
  EXPECT_EQ(all[0]["severity"], "major");
  EXPECT_EQ(all[0]["check_name"], "mesim/failed");
  EXPECT_EQ(all[2]["severity"], "blocker");
  EXPECT_NE(all[0]["fingerprint"], all[1]["fingerprint"]) << "each is one of its own";
  const auto again = nlohmann::json::parse(gitlab_code_quality({result}, "/repo"));
  EXPECT_EQ(all[0]["fingerprint"], again[0]["fingerprint"]) << "and known again";
}

}  // namespace
}  // namespace scenarios::engine
