// SPDX-License-Identifier: BSD-3-Clause
// Stories that do not go as written: each way to fail, and each way to make no sense.
#include "scenarios/engine/runner.h"

#include <filesystem>

#include "tests/scenarios/engine/load.h"

namespace scenarios::engine {
namespace {

const std::string kOverHeci =
    kHead +
    "[set]\nsettings.enabled_update_interfaces = 1\nupdate.data_processing = \"5ms\"\n"
    "[[image]]\nname = \"new\"\nversion = \"5.2.70.1046\"\nsize = 0x10000\n";

/// Runs the one story of `text`.
ScenarioResult told(const std::string& text) {
  const StoryFolder folder;
  const auto stories = folder.load(text);
  EXPECT_TRUE(stories) << stories.error().doing;
  if (!stories) return {};
  ScenarioResult result =
      run_scenario(stories->front(), {.scratch = folder.path(), .trace_file = {}});
  result.message = folder.without_folder(result.message);
  for (Failure& failure : result.failures) failure.place = folder.without_folder(failure.place);
  return result;
}

TEST(Runner, PassesAStoryThatGoesAsWritten) {
  const ScenarioResult result =
      told(kHead + "[[step]]\nwait = \"2s\"\nexpect.took = [\"2s\", \"2s\"]\n");
  EXPECT_EQ(result.verdict, Verdict::passed);
  EXPECT_EQ(result.steps_run, 1u);
  EXPECT_EQ(result.virtual_time, std::chrono::milliseconds(3500)) << "1.5 s of boot, then 2 s";
  EXPECT_TRUE(result.bus.empty());
}

TEST(Runner, SaysWhatWasExpectedAndWhatCame) {
  const ScenarioResult result =
      told(kHead + "[[step]]\ncheck = \"the version\"\nexpect.device.version = \"5.0.1.1112\"\n");
  EXPECT_EQ(result.verdict, Verdict::failed);
  ASSERT_EQ(result.failures.size(), 1u);
  const Failure& failure = result.failures.front();
  EXPECT_EQ(failure.step, 1u);
  EXPECT_EQ(failure.step_text, "the version");
  EXPECT_EQ(failure.place, "story.toml:6:25");
  EXPECT_EQ(failure.what, "device: version");
  EXPECT_EQ(failure.expected, "5.0.1.1112");
  EXPECT_EQ(failure.got, "5.0.1.1111");
  EXPECT_FALSE(result.bus.empty());
}

TEST(Runner, StopsAtTheFirstStepThatFailsAndTellsAllThatIsWrongWithIt) {
  const ScenarioResult result =
      told(kHead +
           "[[step]]\nwait = \"1s\"\nexpect.took = [\"2s\", \"3s\"]\n"
           "expect.device.boot = \"recovery\"\n[[step]]\nwait = \"1s\"\n");
  EXPECT_EQ(result.steps_run, 1u);
  EXPECT_EQ(result.failures.size(), 2u);
}

TEST(Runner, AnArmedFaultThatNeverStruckMakesTheStoryInvalid) {
  const ScenarioResult result = told(
      kHead +
      "[[step]]\nfault = { point = \"fwu_end\", action = \"ignore\" }\n[[step]]\nwait = \"1s\"\n");
  EXPECT_EQ(result.verdict, Verdict::invalid);
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].expected, "ignore at fwu_end, occurrence 1 strikes");
  EXPECT_EQ(result.failures[0].got, "it never did: fwu_end was reached 0 times");
  EXPECT_EQ(result.failures[0].place, "story.toml:4:1");
}

/// Alike but for the number it refuses with; the first one struck.
TEST(Runner, OfTwoFaultsAlikeTheOneThatNeverStruckIsTold) {
  const ScenarioResult result =
      told(kHead +
           "begin = \"off\"\n"
           "[[step]]\nfault = { point = \"boot\", action = \"delay\", delay = \"1s\" }\n"
           "[[step]]\npower = \"on\"\n[[step]]\nuntil = { boot = \"operational\" }\n"
           "[[step]]\nfault = { point = \"boot\", action = \"delay\", delay = \"2s\" }\n");
  EXPECT_EQ(result.verdict, Verdict::invalid);
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].place, "story.toml:11:1");
  EXPECT_EQ(result.failures[0].got, "it never did: boot was reached 0 times");
}

TEST(Runner, AStoryThatFailedAlsoSaysThatItsFaultNeverStruck) {
  const ScenarioResult result = told(
      kHead +
      "begin = \"off\"\n[[step]]\nfault = { point = \"boot\", occurrence = 2, action = \"fail\" }\n"
      "[[step]]\npower = \"on\"\nexpect.device.boot = \"recovery\"\n");
  EXPECT_EQ(result.verdict, Verdict::failed);
  ASSERT_EQ(result.failures.size(), 2u);
  EXPECT_EQ(result.failures[0].what, "device: boot");
  EXPECT_EQ(result.failures[1].what, "armed fault");
  EXPECT_EQ(result.failures[1].got, "it never did: boot was reached 1 time");
}

TEST(Runner, AFailedStoryWhoseFaultStruckSaysNothingOfIt) {
  const ScenarioResult result =
      told(kHead +
           "begin = \"off\"\n[[step]]\nfault = { point = \"boot\", action = \"fail\" }\n"
           "[[step]]\npower = \"on\"\nexpect.device.boot = \"operational\"\n");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].what, "device: boot");
}

TEST(Runner, AFaultThatWasDisarmedNeedNotStrike) {
  const ScenarioResult result = told(
      kHead +
      "[[step]]\nfault = { point = \"fwu_end\", action = \"ignore\" }\n[[step]]\ndisarm = true\n");
  EXPECT_EQ(result.verdict, Verdict::passed);
}

TEST(Runner, CountsTheFaultsThatStruck) {
  const ScenarioResult result =
      told(kHead +
           "begin = \"off\"\n[[step]]\nfault = { point = \"boot\", action = \"fail\" }\n"
           "[[step]]\npower = \"on\"\n[[step]]\nuntil = { boot = \"recovery\" }\n");
  EXPECT_EQ(result.verdict, Verdict::passed);
  EXPECT_EQ(result.faults_struck, 1u);
}

TEST(Runner, WhatShouldHappenDuringACommandMustHappen) {
  const ScenarioResult result =
      told(kHead +
           "[[step]]\nmeupdate = [\"info\"]\nduring = [{ do = \"power_cut\", after_bytes = 1 }]\n");
  EXPECT_EQ(result.verdict, Verdict::failed);
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].expected, "power is cut");
  EXPECT_EQ(result.failures[0].got, "its moment never came");
}

TEST(Runner, AFaultArmedDuringACommandMustStrike) {
  const ScenarioResult result =
      told(kHead +
           "[[step]]\nmeupdate = [\"info\"]\nduring = [{ do = \"fault\", session = \"idle\", "
           "fault = { point = \"fwu_end\", action = \"fail\" } }]\n");
  EXPECT_EQ(result.verdict, Verdict::invalid);
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].what, "armed fault");
  EXPECT_EQ(result.failures[0].place, "story.toml:6:11");
}

TEST(Runner, ACommandMustSucceedUnlessTheStorySaysOtherwise) {
  const ScenarioResult result = told(kHead + "[[step]]\nmeupdate = [\"upgrade\"]\n");
  EXPECT_EQ(result.verdict, Verdict::failed);
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].what, "exit status");
  EXPECT_EQ(result.failures[0].expected, "0");
  EXPECT_EQ(result.failures[0].got, "2");
  EXPECT_NE(result.err.find("there is no command"), std::string::npos) << result.err;
}

TEST(Runner, TellsWhetherTheFlashWasWritten) {
  const std::string start =
      "[[step]]\nfwu = [{ start = { image = \"new\" } }, { data = { image = \"new\" } }]\n";
  EXPECT_EQ(told(kOverHeci + start + "expect.flash_changed = true\n").verdict, Verdict::passed);
  const ScenarioResult result = told(kOverHeci + start + "expect.flash_changed = false\n");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].got, "changed");
}

TEST(Runner, UntilGivesUpAfterItsLimit) {
  const ScenarioResult result = told(kHead +
                                     "[[step]]\nuntil = { session = \"staging\" }\nlimit = "
                                     "\"3s\"\nexpect.took = [\"3s\", \"3s\"]\n");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].what, "device: session, 3s later");
}

TEST(Runner, ShowsANamedImageInsteadOfWhereItLies) {
  const ScenarioResult result =
      told(kOverHeci +
           "[[step]]\nmeupdate = [\"image\", \"${image:new}\"]\nexpect.stdout_equals = [\"nothing "
           "of the kind\"]\n");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_NE(result.out.find("5.2.70.1046"), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("mesim-Runner"), std::string::npos) << result.out;
}

TEST(Runner, AMachineThatNobodyKnowsIsAScriptErrorWithItsPlace) {
  const ScenarioResult result =
      told("schema = 1\ntitle = \"x\"\nmachine = \"esprimo-e5731\"\n[[step]]\nwait = \"1s\"\n");
  EXPECT_EQ(result.verdict, Verdict::script_error);
  EXPECT_EQ(result.message.substr(0, result.message.find(';')),
            "story.toml:3:11: no machine \"esprimo-e5731\"");
}

TEST(Runner, AProfileValueThatMakesNoSenseIsAScriptErrorWithItsPlace) {
  const ScenarioResult result = told(kHead + "[set]\nheci.depht = 3\n[[step]]\nwait = \"1s\"\n");
  EXPECT_EQ(result.verdict, Verdict::script_error);
  EXPECT_NE(result.message.find("story.toml:5:6"), std::string::npos) << result.message;
}

TEST(Runner, AnImageThatIsNotDeclaredIsAScriptError) {
  const ScenarioResult result =
      told(kHead + "[[step]]\nmeupdate = [\"image\", \"${image:new}\"]\n");
  EXPECT_EQ(result.verdict, Verdict::script_error);
  EXPECT_EQ(result.message, "story.toml:4:1: there is no [[image]] named \"new\"");
}

TEST(Runner, AnEscapedNameReachesTheUpdaterAsText) {
  const ScenarioResult result =
      told(kHead +
           "[[step]]\nmeupdate = [\"image\", \"$${image:new}\"]\n"
           "expect = { exit = 2, stderr_contains = [\"$${image:new}\"] }\n");
  EXPECT_EQ(result.verdict, Verdict::passed)
      << result.message << (result.failures.empty() ? "" : result.failures[0].got);
}

TEST(Runner, AnImageThatCannotBeMadeIsAScriptErrorWithItsPlace) {
  const ScenarioResult result =
      told(kHead +
           "[[image]]\nname = \"new\"\nversion = \"5.2.70.1046\"\nsize = 100\n"
           "[[step]]\nmeupdate = [\"image\", \"${image:new}\"]\n");
  EXPECT_EQ(result.verdict, Verdict::script_error);
  EXPECT_EQ(result.message.substr(0, 29), "story.toml:4:1: image \"new\": ") << result.message;
}

TEST(Runner, ASnapshotThatWasNotTakenIsAScriptError) {
  const ScenarioResult result = told(kHead + "[[step]]\nrestore = \"nothing\"\n");
  EXPECT_EQ(result.verdict, Verdict::script_error);
  EXPECT_EQ(result.message, "story.toml:4:1: there is no snapshot \"nothing\"");
}

TEST(Runner, SeesAWrongStatusOfTheDevice) {
  const ScenarioResult result =
      told(kOverHeci + "[[step]]\nfwu = [\n{ start = { image = \"new\" }, status = 8708 }]\n");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].what, "START status");
  EXPECT_EQ(result.failures[0].got, "0");
  EXPECT_EQ(result.failures[0].place, "story.toml:13:1");
}

TEST(Runner, SeesAWrongRegisterAndAWrongMessage) {
  const ScenarioResult wrong_register = told(
      kHead + "[[step]]\nbus = [{ read = \"h_csr\", mask = 0xFF000000, value = 0x40000000 }]\n");
  ASSERT_EQ(wrong_register.failures.size(), 1u);
  EXPECT_EQ(wrong_register.failures[0].got, "0x20000000");
  const ScenarioResult wrong_message =
      told(kHead +
           "[[step]]\nbus = [{ ready = true }, { send = { data = \"01000001\" } }, "
           "{ receive = { data = \"81010002\" } }]\n");
  ASSERT_EQ(wrong_message.failures.size(), 1u);
  EXPECT_EQ(wrong_message.failures[0].got, "81010001");
}

TEST(Runner, SeesAWrongAnswerOfTheTpm) {
  const auto failure_of = [](const std::string& action) {
    const ScenarioResult result = told(kOverHeci + "[[step]]\ntpm = [" + action + "]\n");
    EXPECT_EQ(result.failures.size(), 1u) << action << result.message;
    return result.failures.empty() ? Failure{} : result.failures[0];
  };
  // The TPM of this board is inactive: it does not give random numbers (6).
  const std::string random = "{ send = \"00c1 0000000e 00000046 00000004\"";
  Failure failure = failure_of(random + ", code = 7 }");
  EXPECT_EQ(failure.what, "TPM return code");
  EXPECT_EQ(failure.expected, "7 (0x7)");
  EXPECT_EQ(failure.got, "6 (0x6)");
  EXPECT_EQ(failure.place, "story.toml:12:8");
  failure = failure_of(random + ", answer = \"silence\" }");
  EXPECT_EQ(failure.expected, "no answer");
  EXPECT_EQ(failure.got, "a reply");
  failure = failure_of(random + ", code = 6, reply = \"00c5\" }");
  EXPECT_EQ(failure.expected, "00c5...");
  EXPECT_EQ(failure.got, "00c40000000a00000006");
  failure = failure_of("{ read = \"did_vid\", value = 0x8086 }");
  EXPECT_EQ(failure.expected, "0x00008086");
  EXPECT_EQ(failure.got, "0x10208086");
  failure = failure_of("{ complete = true }");
  EXPECT_EQ(failure.what, "update status");
  EXPECT_EQ(failure.got, "8723 (0x2213)");
}

TEST(Runner, ABoardWithoutATpmHasNoStoryOfOne) {
  const std::string head = "schema = 1\ntitle = \"x\"\nmachine = \"desktop-q35\"\n[[step]]\n";
  for (const char* step : {"bios = [\"clear\"]\n", "tpm_state = { active = false }\n"}) {
    const ScenarioResult result = told(head + step);
    EXPECT_EQ(result.verdict, Verdict::script_error);
    EXPECT_EQ(result.message, "story.toml:4:1: the machine desktop-q35 has no TPM");
  }
  EXPECT_EQ(told(head + "tpm = [{ send = \"00c1 0000000a 00000050\", answer = \"absent\" }]\n"
                        "expect.device = { tpm_owned = \"none\", tpm_version = \"none\" }\n")
                .verdict,
            Verdict::passed);
}

TEST(Runner, TellsEachStepThatRan) {
  const ScenarioResult result = told(
      kHead +
      "[[step]]\nwait = \"2s\"\n[[step]]\nmeupdate = [\"explain\", \"8721\"]\nexpect.exit = 9\n"
      "[[step]]\nwait = \"1s\"\n");
  ASSERT_EQ(result.told.size(), 2u) << "the third did not run";
  EXPECT_EQ(result.told[0].ended - result.told[0].began, std::chrono::seconds(2));
  EXPECT_TRUE(result.told[0].held);
  EXPECT_FALSE(result.told[0].exit);
  EXPECT_EQ(result.told[1].exit, 0);
  EXPECT_FALSE(result.told[1].held);
  EXPECT_NE(result.told[1].out.find("8721"), std::string::npos);
}

TEST(Runner, KeepsTheEndOfTheTraceOfAStoryThatFailsAlone) {
  const StoryFolder folder;
  const std::string kept = folder.path() + "/failed/end.jsonl";
  for (const char* version : {"5.0.1.1111", "5.0.1.1112"}) {
    const auto stories = folder.load(kHead + "[[step]]\ncheck = \"x\"\nexpect.device.version = \"" +
                                     version + "\"\n");
    ASSERT_TRUE(stories);
    const ScenarioResult result =
        run_scenario(stories->front(), {.scratch = folder.path(), .last_trace = kept});
    const bool failed = result.verdict == Verdict::failed;
    EXPECT_EQ(failed, version == std::string("5.0.1.1112"));
    EXPECT_EQ(std::filesystem::exists(kept), failed);
    EXPECT_EQ(result.kept.find("mesim show " + kept) != std::string::npos, failed) << result.kept;
  }
}

TEST(Runner, SaysWhyTheEndOfATraceIsNotKept) {
  const StoryFolder folder;
  folder.write("taken", "no folder");
  const auto stories =
      folder.load(kHead + "[[step]]\nwait = \"1s\"\nexpect.took = [\"2s\", \"3s\"]\n");
  ASSERT_TRUE(stories);
  const ScenarioResult result = run_scenario(
      stories->front(), {.scratch = folder.path(), .last_trace = folder.path() + "/taken/end"});
  EXPECT_EQ(result.verdict, Verdict::failed);
  EXPECT_NE(result.kept.find("not kept"), std::string::npos) << result.kept;
}

}  // namespace
}  // namespace scenarios::engine
