// SPDX-License-Identifier: BSD-3-Clause
// Advice that takes something away for good: only where a line of a log speaks for it, and with
// what is lost.
#include "scenarios/field/advise/advise_evidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "scenarios/field/advise/advise_real_board.h"
#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/reproduction.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

/// By its words alone, as a reader would.
bool sounds_destroying(const std::string& what) {
  const std::string words[] = {"clear", "provision", "erase", "restore", "wipe", "reset", "format"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](const std::string& word) { return what.find(word) != std::string::npos; });
}

/// Whether the report has that line, understood as an error.
bool is_an_error_of(const FieldReport& report, const LogLine& line) {
  return std::any_of(report.runs.begin(), report.runs.end(), [&](const ToolRun& run) {
    const Observation* error = run.find(Fact::error);
    return error != nullptr && place_of(error->line) == place_of(line);
  });
}

void expect_no_loss_without_evidence(const Reproduction& all, const std::string& world) {
  bool destroyed = false;
  for (const AdvisedPlan& plan : all.advice.plans) {
    EXPECT_FALSE(destroyed && !plan.destroys()) << world << ": what destroys nothing comes first";
    destroyed = plan.destroys();
    for (const AdvisedStep& step : plan.steps) {
      EXPECT_EQ(step.destroys != nullptr, sounds_destroying(step.what)) << world << step.what;
      EXPECT_EQ(step.destroys != nullptr, !step.rests_on.empty()) << world << step.what;
      for (const Observation& seen : step.rests_on)
        EXPECT_TRUE(is_an_error_of(all.report, seen.line)) << world << place_of(seen.line);
      // No command that a real board refuses stands there alone.
      EXPECT_TRUE(step.command.empty() || !step.on_a_real_board.empty()) << world << step.what;
    }
  }
  const std::string text = report_text(all);
  const bool told = text.find("destroys: ") != std::string::npos &&
                    text.find("rests on: ") != std::string::npos &&
                    text.find("before it: ") != std::string::npos;
  EXPECT_EQ(destroyed, told) << world << text;
}

Reproduction reproduction_of_read(FieldReport report) {
  const engine::StoryFolder folder;
  auto all = reproduce(std::move(report), folder.path());
  EXPECT_TRUE(all);
  return std::move(*all);
}

Reproduction reproduction_of_folder(const char* name) {
  auto report = read_report({kReports + name});
  EXPECT_TRUE(report);
  return reproduction_of_read(std::move(*report));
}

/// Its log says that the TPM's owner keeps the update out.
TEST(Evidence, TheThinkPadsErrorSpeaksForClearingItsTpm) {
  const Reproduction all = reproduction_of_folder("thinkpad-t400");
  expect_no_loss_without_evidence(all, "thinkpad-t400");
  ASSERT_FALSE(all.advice.plans.empty());
  EXPECT_FALSE(all.advice.plans.front().destroys());
  const AdvisedPlan& last = all.advice.plans.back();
  ASSERT_TRUE(last.destroys()) << report_text(all);
  const std::string text = report_text(all);
  EXPECT_NE(text.find("rests on: " + kReports +
                      "thinkpad-t400/fwupdlcl-windows.txt:13: Error "
                      "(8729): TPM in owned state"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("real board: look first whether the BIOS set-up offers every step"),
            std::string::npos)
      << text;
}

/// Its logs end without an outcome.
TEST(Evidence, TheEsprimosSilenceSpeaksForNothing) {
  const Reproduction all = reproduction_of_folder("esprimo-e5730");
  expect_no_loss_without_evidence(all, "esprimo-e5730");
  for (const AdvisedPlan& plan : all.advice.plans) EXPECT_FALSE(plan.destroys());
  ASSERT_EQ(all.advice.withheld.size(), 1u) << report_text(all);
  EXPECT_STREQ(all.advice.withheld[0].step->id, "tpm-clear");
  EXPECT_NE(all.advice.withheld[0].why.find("no line of the logs speaks for it"),
            std::string::npos);
  EXPECT_NE(report_json(all).find("\"would_destroy\""), std::string::npos);
  EXPECT_NE(report_html(all).find("Not advised, though it helps on the model"), std::string::npos);
}

/// What a machine of ours prints at an update, as if its owner had posted it.
std::string log_of(const std::string& machine, const std::string& version, const char* way,
                   const std::string& folder) {
  ReplayCommand command;
  command.image.emplace();
  command.image->name = "new.bin";
  command.image->version = *protocol::parse_firmware_version(version);
  command.way = ReplayCommand::Way::tpm;
  command.arguments = {"update", "${image:new.bin}", "--format", "fwupdlcl", "--via", way, "-y"};
  BoardMaker maker;
  const std::string file =
      std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines/" + machine + ".toml";
  const auto played = replay(story_of(command, {}, file), {}, maker, folder);
  EXPECT_TRUE(played) << machine;
  return "Firmware Update Utility Version 5.2.50.1042\n" + (played ? played->printed : "");
}

class MachineOfTheLibrary
    : public testing::TestWithParam<std::tuple<const char*, const char*, const char*>> {};

TEST_P(MachineOfTheLibrary, NothingIsDestroyedWithoutALine) {
  const auto [machine, version, way] = GetParam();
  const engine::StoryFolder folder;
  const std::string log = log_of(machine, version, way, folder.path());
  const Reproduction all = reproduction_of_read(reading(log));
  EXPECT_FALSE(all.runs.empty()) << log;
  expect_no_loss_without_evidence(all, log);
}
INSTANTIATE_TEST_SUITE_P(Machines, MachineOfTheLibrary,
                         testing::Values(std::tuple{"esprimo-e5730", "5.2.70.1046", "tpm"},
                                         std::tuple{"esprimo-e5730-windows", "5.2.70.1046", "heci"},
                                         std::tuple{"thinkpad-t400", "4.2.60.1000", "tpm"},
                                         std::tuple{"desktop-q35", "2.1.0.1000", "heci"}));

BoardEvidence evidence_of(const std::string& text, const engine::StoryFolder& folder) {
  auto bench = FieldBench::make(reading(text), folder.path());
  EXPECT_TRUE(bench);
  return {*bench, 1};
}

TEST(Evidence, OnlyALineThatNamesTheTpmSpeaksForClearingIt) {
  const std::string run =
      "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n"
      "Communication Mode: TPM\n";
  const PersonAction& clear = person_actions()[action_called("tpm-clear")];
  const auto is_enough = [&](const std::string& text) {
    const engine::StoryFolder folder;
    return evidence_of(text, folder)(clear).is_enough;
  };
  EXPECT_TRUE(is_enough(run + "Error (8729): TPM in owned state\n"));
  EXPECT_FALSE(is_enough(run + "Error (8729): SKU mismatch\n"));
  EXPECT_FALSE(is_enough(run + "Error (8721): Firmware update through TPM is enabled\n"));
  EXPECT_FALSE(is_enough(run));
  EXPECT_FALSE(is_enough(run + "Err0r (8729): TPM in owned state\n"));
}

TEST(Evidence, NothingSpeaksForProvisioningAndNoEvidenceIsAskedForWhatDestroysNothing) {
  const engine::StoryFolder folder;
  const BoardEvidence none = evidence_of(
      "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n", folder);
  for (const PersonAction& action : person_actions()) {
    const bool destroys = sounds_destroying(action.what);
    EXPECT_EQ(what_it_destroys(action) != nullptr, destroys) << action.id;
    EXPECT_EQ(none(action).is_enough, !destroys) << action.id;
    EXPECT_EQ(none(action).why_not.empty(), !destroys) << action.id;
  }
}

TEST(RealBoard, EveryWayOfAnUpdateSaysWhatItIsThere) {
  for (const UpdateWay& way : update_ways()) {
    EXPECT_FALSE(on_a_real_board(way.id).empty()) << way.id;
    EXPECT_EQ(on_a_real_board(way.id).find("meupdate"), std::string::npos) << way.id;
  }
}

}  // namespace
}  // namespace scenarios::field
