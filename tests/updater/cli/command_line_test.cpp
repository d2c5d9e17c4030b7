// SPDX-License-Identifier: BSD-3-Clause
// The other subcommands, the help, and what a wrong command line gets.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/lines.h"
#include "emulator/factory/update_image.h"
#include "tests/updater/cli/bench.h"
#include "tests/updater/inventory/esprimo.h"

namespace {

using tests::holds;
using updater::cli::Exit;
using Json = nlohmann::json;

class CommandLine : public testing::Test {
 protected:
  CommandLine() { tests::become(device, tests::Esprimo{}); }

  Exit run(const std::vector<std::string>& arguments) {
    return updater::cli::run("meupdate", arguments, console, opener);
  }

  tests::TemporaryFolder folder;
  tests::WaitingClock clock;
  tests::ScriptedDevice device{clock};
  tests::LendingOpener opener{device, clock};
  tests::KeptConsole console;
};

TEST_F(CommandLine, InfoShowsTheDevice) {
  EXPECT_EQ(run({"info"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "5.0.1.1111"));
  EXPECT_EQ(opener.last_choice.device, "auto");
  EXPECT_EQ(opener.closed, 1);
}

TEST_F(CommandLine, InfoPassesTheChoiceOfDeviceOn) {
  EXPECT_EQ(run({"info", "--device", "sim:x", "--state", "d", "--set", "a=1", "--set", "b=2"}),
            Exit::done);
  EXPECT_EQ(opener.last_choice.device, "sim:x");
  EXPECT_EQ(opener.last_choice.state_dir, "d");
  EXPECT_EQ(opener.last_choice.set, (std::vector<std::string>{"a=1", "b=2"}));
}

TEST_F(CommandLine, InfoGivesJson) {
  EXPECT_EQ(run({"info", "--format", "json"}), Exit::done);
  EXPECT_EQ(Json::parse(console.printed)["schema"], "meupdate-info-1");
}

TEST_F(CommandLine, InfoExitsWithNoDeviceWhereNothingAnswers) {
  device.connect_error = base::Error{base::Errc::timeout, "connecting"};
  EXPECT_EQ(run({"info"}), Exit::no_device);
  EXPECT_TRUE(holds(console.complained, "does not answer"));
}

TEST_F(CommandLine, CallsAMalformedDeviceWrongUsage) {
  opener.error = base::Error{base::Errc::invalid, "--device x: must be auto"};
  EXPECT_EQ(run({"info", "--device", "x"}), Exit::usage);
}

TEST_F(CommandLine, ListsWhatAnOptionCanBe) {
  EXPECT_EQ(run({"info", "--format", "xml"}), Exit::usage);
  EXPECT_TRUE(holds(
      console.complained,
      "--format: xml: must be one of text, json, meinfo, meinfo-4, meinfo-5, meinfo-8, meinfo-9, "
      "meinfo-12, meinfo-9-fwsts, meinfo-11-fwsts\n"));
  EXPECT_EQ(run({"update", "x", "--via", "mail"}), Exit::usage);
  EXPECT_TRUE(holds(console.complained, "--via: mail: must be one of auto, heci, tpm\n"));
}

TEST_F(CommandLine, NamesAnOptionThatIsNoneWhatWasMeantAndWhoseHelpTells) {
  EXPECT_EQ(run({"update", "x.bin", "--dryrun"}), Exit::usage);
  EXPECT_EQ(console.complained,
            "meupdate: update has no option \"--dryrun\"; did you mean \"--dry-run\"?\n"
            "See `meupdate update --help`.\n");
  console.complained.clear();
  EXPECT_EQ(run({"tpm", "status", "--zzz=1"}), Exit::usage);
  EXPECT_EQ(console.complained,
            "meupdate: tpm status has no option \"--zzz\"\n"
            "See `meupdate tpm status --help`.\n");
}

TEST_F(CommandLine, GuessesTheCommandThatWasMeant) {
  EXPECT_EQ(run({"updat", "x.bin"}), Exit::usage);
  EXPECT_EQ(console.complained,
            "meupdate: there is no command \"updat\"; did you mean \"update\"? there are info, "
            "image, update, tpm, collect, explain, completion\nSee `meupdate --help`.\n");
}

TEST_F(CommandLine, NamesACommandThatIsNoneAndThoseThereAre) {
  EXPECT_EQ(run({"flash", "x.bin"}), Exit::usage);
  EXPECT_TRUE(holds(console.complained,
                    "there is no command \"flash\"; there are info, image, update, tpm, collect, "
                    "explain, completion\n"));
  console.complained.clear();
  EXPECT_EQ(run({"tpm", "clear"}), Exit::usage);
  EXPECT_TRUE(
      holds(console.complained, "there is no command \"clear\"; there are status, check-owner\n"));
  console.complained.clear();
  EXPECT_EQ(run({"tpm"}), Exit::usage);
  EXPECT_FALSE(holds(console.complained, "there is no command"));
  EXPECT_EQ(run({"info", "flash"}), Exit::usage);
  EXPECT_FALSE(holds(console.complained, "there is no command"));
}

TEST_F(CommandLine, ImageShowsASoundOne) {
  const auto bytes = emulator::factory::build_update_image(
                         {.version = {5, 2, 70, 1046}, .sku = 2110, .size = 0x10000})
                         .value();
  EXPECT_EQ(run({"image", folder.write("i.bin", bytes)}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "5.2.70.1046"));
  EXPECT_TRUE(holds(console.printed, "Sound"));
  EXPECT_EQ(opener.opened, 0);
}

TEST_F(CommandLine, ImageFailsForOneThatIsNot) {
  EXPECT_EQ(run({"image", folder.write("i.bin", "nothing of the kind")}), Exit::verify_failed);
  EXPECT_TRUE(holds(console.complained, "offset 0x"));
}

TEST_F(CommandLine, ImageLetsNoControlCharacterOfAFileThrough) {
  auto bytes = emulator::factory::build_update_image(
                   {.version = {5, 2, 70, 1046}, .sku = 2110, .size = 0x10000})
                   .value();
  const std::string name = "BRINGUP";
  const auto at = std::search(bytes.begin(), bytes.end(), name.begin(), name.end());
  ASSERT_NE(at, bytes.end());
  *at = 0x1b;
  EXPECT_EQ(run({"image", folder.write("i.bin", bytes)}), Exit::verify_failed);
  EXPECT_FALSE(holds(console.printed + console.complained, "\x1b"));
  EXPECT_TRUE(holds(console.printed + console.complained, "\\x1BRINGUP"));
}

TEST_F(CommandLine, ExplainTellsMeaningAndNextStep) {
  EXPECT_EQ(run({"explain", "8721"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "Error 8721"));
  EXPECT_TRUE(holds(console.printed, "Next step:"));
}

TEST_F(CommandLine, ExplainTakesAWholeLineAndStatusWords) {
  EXPECT_EQ(run({"explain", "Error", "26:", "The host CPU does not have read access"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "no access to this region of the flash"));
  EXPECT_FALSE(holds(console.printed, "Exit status"));
  console.printed.clear();
  EXPECT_EQ(run({"explain", "0x94000242", "0x02F10507"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "The engine runs its recovery code"));
}

TEST_F(CommandLine, ExplainsWhatStandsOnTheStandardInput) {
  console.typed_in = "Communication Mode: MEI\nError 8704: SKU mismatch\n";
  EXPECT_EQ(run({"explain", "-"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "8704")) << console.printed;
}

TEST_F(CommandLine, SaysThatNothingIsKnownOfTheStandardInputWithoutPrintingIt) {
  console.typed_in = "a book without any number in it";
  EXPECT_EQ(run({"explain", "-"}), Exit::usage);
  EXPECT_TRUE(holds(console.complained, "what stands on the standard input"));
  EXPECT_FALSE(holds(console.complained, "a book"));
}

TEST_F(CommandLine, ExplainsInLinesThatFitTheTerminal) {
  console.text_width = 40;
  EXPECT_EQ(run({"explain", "8704"}), Exit::done);
  for (const std::string& line : base::lines_of(console.printed))
    EXPECT_LE(line.size(), 40u) << line;
}

TEST_F(CommandLine, ExplainFindsANumberThatStandsInAnExplanation) {
  EXPECT_EQ(run({"explain", "3600"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "61440"));
}

TEST_F(CommandLine, ExplainSaysWhatIsNotPublic) {
  EXPECT_EQ(run({"explain", "8776"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "not public"));
}

TEST_F(CommandLine, ExplainListsAll) {
  EXPECT_EQ(run({"explain", "all"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "error 8787"));
  EXPECT_TRUE(holds(console.printed, "exit     8"));
  EXPECT_TRUE(holds(console.printed, "value 61440"));
}

TEST_F(CommandLine, ExplainSaysThatItKnowsNothing) {
  for (const char* number : {"4711", "839", "-1"})
    EXPECT_EQ(run({"explain", number}), Exit::usage) << number;
}

TEST_F(CommandLine, HelpTeachesWithExamplesAndExitStatuses) {
  EXPECT_EQ(run({"--help"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "Examples:"));
  EXPECT_TRUE(holds(console.printed, "Exit status:"));
  console.printed.clear();
  EXPECT_EQ(run({"update", "--help"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "--accept-undocumented-protocol"));
  EXPECT_TRUE(holds(console.printed, "Examples:"));
}

TEST_F(CommandLine, TheHelpForTheTpmIsAboutTheTpm) {
  EXPECT_EQ(run({"tpm", "--help"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "meupdate tpm check-owner --owner-passphrase-file"));
  EXPECT_FALSE(holds(console.printed, "meupdate image"));
}

TEST_F(CommandLine, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(run({}), Exit::usage);
  EXPECT_EQ(run({"flash"}), Exit::usage);
  EXPECT_EQ(run({"info", "--formatt", "json"}), Exit::usage);
  EXPECT_EQ(run({"info", "--format", "fwupdlcl"}), Exit::usage);
  EXPECT_EQ(run({"update"}), Exit::usage);
  EXPECT_EQ(opener.opened, 0);
  EXPECT_TRUE(console.printed.empty());
}

TEST_F(CommandLine, MakesAWrongArgumentSafeBeforeItRepeatsIt) {
  EXPECT_EQ(run({"\x1b[2Jflash"}), Exit::usage);
  EXPECT_FALSE(holds(console.complained, "\x1b"));
}

}  // namespace
