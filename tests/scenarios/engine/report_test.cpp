// SPDX-License-Identifier: BSD-3-Clause
// What is told of results: to a person, to a CI server, to a program.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scenarios/engine/report_files.h"
#include "scenarios/engine/report_text.h"

namespace scenarios::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ScenarioResult passed() {
  return {.id = "a/good.toml",
          .file = "lib/a/good.toml",
          .title = "good",
          .verdict = Verdict::passed,
          .message = {},
          .failures = {},
          .virtual_time = milliseconds(1500),
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
          .virtual_time = seconds(62),
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
  EXPECT_EQ(line_of(passed()) + details_of(passed()), "pass  a/good.toml  (1.5s)\n");
}

TEST(ReportText, TellsAFailureWithExpectedGotTimeAndBus) {
  EXPECT_EQ(line_of(failed()) + details_of(failed()),
            "FAIL  a/bad.toml[depth=2]  (1min 2s)\n"
            "    bad\n"
            "    step 3: meupdate info\n"
            "      lib/a/bad.toml:9:1: exit status\n"
            "      expected: 0\n"
            "      got:      5 <&\"> \x01\n"
            "      virtual time: 1min 2s\n"
            "      last messages on the bus:\n"
            "        1.5s  -> HBM HOST_START_REQ\n");
}

TEST(ReportText, CountsEveryKindInTheSummary) {
  EXPECT_EQ(summary_of(totals({passed(), passed(), failed(), broken()})),
            "4 scenarios: 2 passed, 1 failed, 0 script errors, 1 internal error; 1min 6.5s of "
            "virtual time\n");
}

TEST(ReportText, TellsWhyAStoryWasSkippedAndCountsIt) {
  EXPECT_EQ(line_of(skipped()) + details_of(skipped()),
            "skip  a/low.toml\n    lib/a/low.toml:9:1: bus: below the driver\n");
  EXPECT_EQ(summary_of(totals({passed(), skipped()})),
            "2 scenarios: 1 passed, 0 failed, 0 script errors, 0 internal errors, 1 skipped; 1.5s "
            "of virtual time\n");
}

TEST(Totals, TheGravestVerdictIsTheExitStatus) {
  ScenarioResult script = passed();
  script.verdict = Verdict::script_error;
  EXPECT_EQ(totals({passed()}).worst(), Verdict::passed);
  EXPECT_EQ(totals({passed(), failed()}).worst(), Verdict::failed);
  EXPECT_EQ(totals({failed(), script, passed()}).worst(), Verdict::script_error);
  EXPECT_EQ(totals({broken(), failed(), script}).worst(), Verdict::internal);
  EXPECT_EQ(totals({skipped(), passed()}).worst(), Verdict::passed);
}

TEST(Junit, CountsFailuresAndErrorsApart) {
  const std::string xml = junit_xml({passed(), failed(), broken()});
  EXPECT_NE(xml.find("<testsuites tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\" "
                     "time=\"65.000000\">"),
            std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<testcase classname=\"a\" name=\"bad.toml[depth=2]\""), std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<error type=\"internal\""), std::string::npos) << xml;
}

TEST(Junit, ShowsASkippedStoryAsCiServersKnowIt) {
  const std::string xml = junit_xml({passed(), skipped()});
  EXPECT_NE(xml.find("skipped=\"1\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("<skipped message=\"lib/a/low.toml:9:1: bus: below the driver\"/>"),
            std::string::npos)
      << xml;
}

TEST(Junit, WritesNothingThatXmlCannotHold) {
  const std::string xml = junit_xml({failed()});
  EXPECT_NE(xml.find("got 5 &lt;&amp;&quot;&gt; \\x01\""), std::string::npos) << xml;
  EXPECT_EQ(xml.find('\x01'), std::string::npos);
}

TEST(Junit, KeepsLettersOfEveryLanguageAndShowsBrokenOnes) {
  ScenarioResult result = failed();
  result.id =
      "m\xc3\xbc"
      "de.toml";
  result.failures.front().got = "caf\xc3";
  const std::string xml = junit_xml({result});
  EXPECT_NE(xml.find("name=\"m\xc3\xbc"
                     "de.toml\""),
            std::string::npos)
      << xml;
  EXPECT_NE(xml.find("got caf\\xc3\""), std::string::npos) << xml;
}

TEST(ResultsJson, ReadsBackAsItWas) {
  const auto json = nlohmann::ordered_json::parse(results_json({failed()}));
  EXPECT_EQ(json.at("totals").at("failed"), 1);
  const auto back = result_from_json(json.at("scenarios").at(0));
  ASSERT_TRUE(back);
  EXPECT_EQ(details_of(*back), details_of(failed()));
  EXPECT_EQ(back->faults_struck, 1u);
}

TEST(ResultsJson, NamesASkippedStoryAndCountsIt) {
  const auto json = nlohmann::ordered_json::parse(results_json({passed(), skipped()}));
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

}  // namespace
}  // namespace scenarios::engine
