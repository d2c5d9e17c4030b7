// SPDX-License-Identifier: BSD-3-Clause
// Scenario files as the loader takes them.
#include "scenarios/engine/loader.h"

#include "scenarios/engine/placeholder.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::engine {
namespace {

TEST(Loader, ReadsAWholeStory) {
  const StoryFolder folder;
  const auto stories = folder.load(kHead + R"(
seed = 7
tags = ["refusal"]
begin = "off"
[set]
"heci.depth" = 8
settings.local_update = "disabled"
[[image]]
name = "new"
version = "5.2.70.1046"
corrupt = [{ field = "tag", text = "$MAM" }]
[[step]]
meupdate = ["update", "${image:new}", "-y"]
during = [{ do = "stop", after_bytes = 1000 }]
expect.exit = 7
expect.device = { version = "5.0.1.1111", last_update_status = [0, 1] }
)");
  ASSERT_TRUE(stories) << stories.error().doing;
  ASSERT_EQ(stories->size(), 1u);
  const Scenario& story = stories->front();
  EXPECT_EQ(story.id, "story.toml");
  EXPECT_EQ(story.seed, 7u);
  EXPECT_EQ(story.begin, Begin::off);
  ASSERT_EQ(story.set.size(), 2u);
  EXPECT_EQ(story.set[1].key, "settings.local_update");
  EXPECT_EQ(story.set[1].value, "\"disabled\"");
  EXPECT_EQ(story.images.at(0).corrupt.at(0).offset, 0x1Cu);
  const Step& step = story.steps.at(0);
  EXPECT_EQ(step.text, "meupdate update new -y");
  EXPECT_EQ(std::get<Meupdate>(step.action).during.at(0).after_bytes, 1000u);
  EXPECT_EQ(step.expect.exit, 7);
  EXPECT_EQ(step.expect.device.at(1).high, "1");
}

TEST(Loader, DemandsTheSchemaItKnows) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint("title = \"x\"\n"),
            "story.toml:1:1: missing key \"schema\": write schema = 1");
  EXPECT_EQ(folder.complaint("schema = 2\n"),
            "story.toml:1:10: schema is 2; this program reads schema 1");
}

TEST(Loader, RefusesAnExpectationThatNoMachineCanMeet) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nuntil = { boot = \"running\" }\n"),
            "story.toml:5:18: boot is never running; it is one of off, booting, operational, "
            "recovery, halted, disabled");
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"1s\"\nexpect.device.powered = \"on\"\n"),
            "story.toml:6:25: powered is never on; it is one of true, false");
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nuntil = { tpm_owned = \"none\" }\n"), "");
}

TEST(Loader, ReadsWhatHoldsWhateverBefallsTheUpdate) {
  const StoryFolder folder;
  const std::string story = kHead + "[[step]]\ncheck = \"\"\n[explore.device]\n";
  const auto stories = folder.load(story + "power_policy = 2\n");
  ASSERT_TRUE(stories) << stories.error().doing;
  ASSERT_EQ(stories->front().explore.size(), 1u);
  EXPECT_EQ(stories->front().explore[0].name, "power_policy");
  EXPECT_EQ(stories->front().explore[0].low, "2");
  EXPECT_NE(folder.complaint(story + "power_polcy = 2\n"), "");
}

TEST(Loader, TakesAStatusOfARefusedUpdateMessageAlone) {
  const StoryFolder folder;
  const std::string fault = kHead + "[[step]]\nfault = { point = \"fwu_start\", action = ";
  EXPECT_EQ(folder.complaint(fault + "\"fail\", status = 8708 }\n"), "");
  EXPECT_EQ(
      folder.complaint(fault + "\"ignore\", status = 8708 }\n"),
      "story.toml:5:60: status goes with action = \"fail\" at fwu_start, fwu_data, fwu_end or "
      "tpm_command");
}

TEST(Loader, TakesTheUpdatersCommandAsAListOfWords) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nmeupdate = \"info\"\n"),
            "story.toml:5:12: meupdate must be a list of words, such as [\"info\", \"--format\", "
            "\"json\"], or \"printed\"");
}

TEST(Loader, SaysWhereAKeyIsUnknownAndWhichWasMeant) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "sead = 1\n[[step]]\nwait = \"1s\"\n"),
            "story.toml:4:1: unknown key \"sead\"; did you mean \"seed\"?");
}

TEST(Loader, SaysWhereAKeyDeepInAStepIsUnknown) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"1s\"\n[step.expect]\nexti = 0\n"),
            "story.toml:7:1: unknown key \"exti\" in [step[0].expect]; did you mean \"exit\"?");
}

TEST(Loader, KnowsEveryFactOfTheDeviceAndNoOther) {
  const StoryFolder folder;
  EXPECT_EQ(
      folder.complaint(kHead + "[[step]]\nwait = \"1s\"\nexpect.device.versoin = \"5.0.1.1111\"\n"),
      "story.toml:6:15: unknown key \"versoin\" in [step[0].expect.device]; did you mean "
      "\"version\"?");
}

TEST(Loader, KnowsEveryBadInputRuleAndNoOther) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"1s\"\nexpect.counted.over_size = 1\n"),
            "story.toml:6:16: unknown key \"over_size\" in [step[0].expect.counted]; did you mean "
            "\"oversize\"?");
}

TEST(Loader, RefusesAKeyThatBelongsToAnotherKindOfStep) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"1s\"\nperson = \"yes\"\n"),
            "story.toml:6:1: unknown key \"person\" in [step[0]]");
}

TEST(Loader, TakesOneActionAStep) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"1s\"\npower = \"cut\"\n"),
            "story.toml:4:1: what the step does: exactly one of meupdate, updater, power, reset, "
            "wait, until, set_up, "
            "fault, disarm, snapshot, restore, fwu, bus, bios, tpm_state, tpm, check must be "
            "given, not 2");
}

TEST(Loader, WantsUnitsOnTime) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"250\"\n"),
            "story.toml:5:8: step[0].wait is \"250\"; it must be a whole number and a unit (ns, "
            "us, ms, s, min, "
            "h), such as \"250ms\", at most 10000h");
}

TEST(Loader, WantsAMomentForWhatHappensDuringACommand) {
  const StoryFolder folder;
  EXPECT_EQ(
      folder.complaint(kHead + "[[step]]\nmeupdate = [\"info\"]\nduring = [{ do = \"stop\" }]\n"),
      "story.toml:6:18: when? Give after_bytes, after or session");
}

TEST(Loader, ArmsAFaultDuringACommandExactlyWhereItIsSaidWhich) {
  const StoryFolder folder;
  const std::string during =
      kHead + "[[step]]\nmeupdate = [\"info\"]\nduring = [{ after = \"1s\", ";
  const std::string fault = "fault = { point = \"boot\", action = \"fail\", chance = 30 } }]\n";
  const auto stories = folder.load(during + "do = \"fault\", " + fault);
  ASSERT_TRUE(stories) << stories.error().doing;
  const auto& told = std::get<Meupdate>(stories->front().steps[0].action).during.at(0);
  EXPECT_EQ(told.disturbance, Disturbance::fault);
  EXPECT_EQ(told.fault.point, emulator::sim::FaultPoint::boot);
  EXPECT_EQ(told.fault.action, emulator::sim::FaultAction::fail);
  EXPECT_EQ(told.fault.chance, 30u);
  EXPECT_EQ(folder.complaint(during + "do = \"fault\" }]\n"),
            "story.toml:6:11: missing key \"step[0].during[0].fault\": which fault is armed");
  EXPECT_EQ(folder.complaint(during + "do = \"stop\", " + fault),
            "story.toml:6:48: fault goes with do = \"fault\"");
}

TEST(Loader, WantsEveryStoryToDoSomething) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead),
            "story.toml:1:1: missing key \"step\": a story needs at least one [[step]]");
}

TEST(Loader, RefusesTwoImagesOfOneName) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[image]]\nname = \"a\"\nversion = \"5.0.0.1\"\n"
                                     "[[image]]\nname = \"a\"\nversion = \"5.0.0.2\"\n"
                                     "[[step]]\nwait = \"1s\"\n"),
            "story.toml:8:8: there are two images named \"a\"");
}

TEST(Loader, RefusesAnImageLongerThanAnybodyReads) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[image]]\nname = \"a\"\nversion = \"5.0.0.1\"\n"
                                     "length = 0x8000001\n[[step]]\nwait = \"1s\"\n"),
            "story.toml:7:10: length is 134217729; at most 134217728");
}

TEST(Loader, RefusesTwoFilesOfOneName) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[file]]\nname = \"a\"\ntext = \"\"\n"
                                     "[[file]]\nname = \"a\"\ntext = \"\"\n"
                                     "[[step]]\nwait = \"1s\"\n"),
            "story.toml:8:8: there are two files named \"a\"");
}

TEST(Loader, LetsNoFileOfAStoryLieOutsideItsFolder) {
  const StoryFolder folder;
  for (const std::string name : {"../a", "/a", "a/b", "", ".", ".."}) {
    const std::string step = "[[step]]\nwait = \"1s\"\n";
    const std::string complaint = "story.toml:5:8: \"" + name + "\" is no name of a file";
    const auto begins = [&](const std::string& text) { return text.substr(0, text.find(':', 16)); };
    EXPECT_EQ(
        begins(folder.complaint(kHead + "[[file]]\nname = \"" + name + "\"\ntext = \"\"\n" + step)),
        complaint);
    EXPECT_EQ(begins(folder.complaint(kHead + "[[image]]\nname = \"" + name +
                                      "\"\nversion = \"5.0.0.1\"\n" + step)),
              complaint);
  }
}

TEST(Loader, RefusesAnImageFieldThatNoFormatHas) {
  const StoryFolder folder;
  const std::string complaint =
      folder.complaint(kHead +
                       "[[image]]\nname = \"a\"\nversion = \"5.0.0.1\"\ncorrupt = [{ field = "
                       "\"tga\", text = \"x\" }]\n"
                       "[[step]]\nwait = \"1s\"\n");
  EXPECT_EQ(complaint.substr(0, complaint.find(';')),
            "story.toml:7:22: image[0].corrupt[0].field is \"tga\"");
}

TEST(Loader, PointsAtWhatIsNotTomlAtAll) {
  const StoryFolder folder;
  const std::string complaint = folder.complaint("schema = 1\ntitle = \n");
  EXPECT_EQ(complaint.substr(0, 15), "story.toml:2:9:");
}

TEST(Loader, RefusesAKeyThatIsGivenTwice) {
  const StoryFolder folder;
  const std::string complaint = folder.complaint("schema = 1\nseed = 1\nseed = 2\n");
  EXPECT_EQ(complaint.substr(0, 13), "story.toml:3:");
}

TEST(Loader, RefusesAPatternThatIsNoRegularExpression) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"1s\"\nexpect.stdout_matches = [\"(\"]\n"),
            "story.toml:6:25: \"(\" is not a regular expression");
}

TEST(Loader, CutsExpectedLinesOutOfAFileBesideTheStory) {
  const StoryFolder folder;
  folder.write("log/tool.txt", "banner\nfirst\nTPM line\nlast\nafter\n");
  const auto stories =
      folder.load(kHead +
                  "[[step]]\nmeupdate = [\"info\"]\nexpect.stdout_equals = { file = "
                  "\"log/tool.txt\", from_line = 2, to_line = 4, except = [\"^TPM\"] }\n");
  ASSERT_TRUE(stories) << stories.error().doing;
  EXPECT_EQ(stories->at(0).steps.at(0).expect.out.equals->lines,
            (std::vector<std::string>{"first", "last"}));
}

TEST(Loader, RefusesAnExceptionThatLeavesNothingOut) {
  const StoryFolder folder;
  folder.write("tool.txt", "first\nlast\n");
  EXPECT_EQ(
      folder.complaint(
          kHead + "[[step]]\nmeupdate = [\"info\"]\nexpect.stdout_equals = { file = \"tool.txt\", "
                  "except = [\"^TPM\"] }\n"),
      "story.toml:6:54: \"^TPM\" leaves out no line");
}

TEST(Loader, RefusesLinesThatTheFileDoesNotHave) {
  const StoryFolder folder;
  folder.write("tool.txt", "first\nlast\n");
  EXPECT_EQ(
      folder.complaint(
          kHead + "[[step]]\nmeupdate = [\"info\"]\nexpect.stdout_equals = { file = \"tool.txt\", "
                  "from_line = 1, to_line = 3 }\n"),
      "story.toml:6:70: the file has 2 lines");
}

TEST(Extends, TakesWhatTheBaseHasAndReplacesWhatTheStorySays) {
  const StoryFolder folder;
  folder.write("_base.toml",
               "schema = 1\nmachine = \"thinkpad-t400\"\n[set]\n\"heci.depth\" = 4\n"
               "[[image]]\nname = \"old\"\nversion = \"4.0.0.1\"\n"
               "[[image]]\nname = \"new\"\nversion = \"4.0.0.2\"\n"
               "[[step]]\nwait = \"1s\"\n[[step]]\nwait = \"2s\"\n");
  const auto stories = folder.load(
      "schema = 1\nextends = \"_base.toml\"\ntitle = \"x\"\n"
      "[[image]]\nname = \"new\"\nversion = \"4.0.0.3\"\n[[step]]\nwait = \"3s\"\n");
  ASSERT_TRUE(stories) << stories.error().doing;
  const Scenario& story = stories->front();
  EXPECT_EQ(story.machine, "thinkpad-t400");
  EXPECT_EQ(story.set.at(0).value, "4");
  ASSERT_EQ(story.images.size(), 2u);
  EXPECT_EQ(story.images[0].name, "old");
  EXPECT_EQ(to_text(story.images[1].version), "4.0.0.3");
  ASSERT_EQ(story.steps.size(), 1u);
}

TEST(Extends, SaysInWhichFileSomethingIsWrong) {
  const StoryFolder folder;
  folder.write("_base.toml", "schema = 1\nmachine = 3\n");
  EXPECT_EQ(folder.complaint(
                "schema = 1\nextends = \"_base.toml\"\ntitle = \"x\"\n[[step]]\nwait = \"1s\"\n"),
            "_base.toml:2:11: machine is an integer; it must be a string");
}

TEST(Extends, EndsWhenFilesExtendEachOther) {
  const StoryFolder folder;
  folder.write("a.toml", "schema = 1\nextends = \"story.toml\"\n");
  EXPECT_EQ(folder.complaint("schema = 1\nextends = \"a.toml\"\n"),
            "story.toml:2:11: extends goes in a circle, or too deep");
}

TEST(Extends, NamesTheBaseThatIsNotThere) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint("schema = 1\nextends = \"_gone.toml\"\n"),
            "story.toml:2:11: reading _gone.toml: No such file or directory");
}

TEST(Matrix, MakesOneStoryForEveryCombination) {
  const StoryFolder folder;
  const auto stories =
      folder.load(kHead +
                  "[matrix]\ndepth = [2, 4]\nwhen = [\"1s\", \"2s\", \"3s\"]\n"
                  "[set]\n\"heci.depth\" = \"${depth}\"\n[[step]]\nwait = \"${when}\"\n");
  ASSERT_TRUE(stories) << stories.error().doing;
  ASSERT_EQ(stories->size(), 6u);
  EXPECT_EQ(stories->at(0).id, "story.toml[depth=2,when=1s]");
  EXPECT_EQ(stories->at(1).id, "story.toml[depth=2,when=2s]");
  EXPECT_EQ(stories->at(5).id, "story.toml[depth=4,when=3s]");
  EXPECT_EQ(stories->at(5).set.at(0).value, "4") << "a whole ${name} takes the value's type";
  EXPECT_EQ(std::get<Wait>(stories->at(5).steps.at(0).action).amount, std::chrono::seconds(3));
}

TEST(Matrix, GivesMembersOfATable) {
  const StoryFolder folder;
  const auto stories =
      folder.load(kHead +
                  "[matrix]\ncase = [{ name = \"sku\", status = 8704 }]\n[[step]]\ncheck = "
                  "\"case ${case.name}\"\nexpect.device.last_update_status = \"${case.status}\"\n");
  ASSERT_TRUE(stories) << stories.error().doing;
  EXPECT_EQ(stories->at(0).id, "story.toml[case=sku]");
  EXPECT_EQ(stories->at(0).steps.at(0).text, "case sku");
  EXPECT_EQ(stories->at(0).steps.at(0).expect.device.at(0).low, "8704");
}

TEST(Matrix, RefusesANameThatNothingGives) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nwait = \"${long}\"\n"),
            "story.toml:5:8: \"${long}\" names nothing in [matrix]; \"$${\" is \"${\" as text");
}

TEST(Matrix, RefusesANameWithoutAnEnd) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\ncheck = \"${long\"\n"),
            "story.toml:5:9: \"${\" without \"}\"; \"$${\" is \"${\" as text");
}

TEST(Escape, TwoDollarsBeforeABraceAreOneAsText) {
  const StoryFolder folder;
  const auto stories = folder.load(
      kHead +
      "[matrix]\nx = [\"a$\"]\n[[step]]\ncheck = \"$${x} is ${x}${x}, $$${x} $x $$x $\"\n"
      "expect.stdout_equals = [\"$${image:none} ${x}\", \"$${\"]\n");
  ASSERT_TRUE(stories) << stories.error().doing;
  const Step& step = stories->at(0).steps.at(0);
  EXPECT_EQ(step.text, "${x} is a$a$, $${x} $x $$x $");
  EXPECT_EQ(step.expect.out.equals->lines, (std::vector<std::string>{"${image:none} a$", "${"}));
}

TEST(Escape, StaysInTheArgumentsOfMeupdateUntilTheyAreRun) {
  const StoryFolder folder;
  const auto stories =
      folder.load(kHead + "[[step]]\nmeupdate = [\"explain\", \"$${image:none}\"]\n");
  ASSERT_TRUE(stories) << stories.error().doing;
  const Step& step = stories->at(0).steps.at(0);
  EXPECT_EQ(step.text, "meupdate explain ${image:none}");
  EXPECT_EQ(std::get<Meupdate>(step.action).arguments.at(1), "$${image:none}");
}

TEST(Escape, WritesAnyTextSoThatItIsReadAsItWas) {
  for (const std::string text : {"${x}", "$${x}", "$$$", "a${", "${image:a}$", "{$}", ""}) {
    std::string read;
    const std::string written = without_placeholders(text);
    for (const Piece& piece : pieces_of(written)) {
      EXPECT_NE(piece.kind, Piece::Kind::name) << text;
      read += piece.kind == Piece::Kind::escape ? kDollarBrace : piece.text;
    }
    EXPECT_EQ(read, text);
  }
}

TEST(Matrix, RefusesAnEmptyAxis) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[matrix]\ndepth = []\n[[step]]\nwait = \"1s\"\n"),
            "story.toml:5:9: matrix.depth must be a list of at least one value");
}

TEST(Matrix, RefusesMoreCombinationsThanAnybodyMeans) {
  const StoryFolder folder;
  std::string axes = "[matrix]\n";
  for (const char* axis : {"a", "b", "c", "d", "e"})
    axes += std::string(axis) + " = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n";
  EXPECT_EQ(folder.complaint(kHead + axes + "[[step]]\nwait = \"1s\"\n"),
            "story.toml:9:5: matrix.e makes more than 10000 combinations");
}

TEST(Loader, ReadsWhatBefallsTheTpm) {
  const StoryFolder folder;
  const auto stories = folder.load(kHead + R"(
[[step]]
bios = ["clear", "allow_unowned_upgrade"]
[[step]]
tpm_state = { ownership = "no_ek" }
[[step]]
tpm = [
  { send = "00c1 0000000a 00000050", reply = "00c4", code = 0x26, locality = 2, limit = "5s", answer = "silence" },
  { start = { image = "new", owner = "", password = "p" }, status = 8708 },
  { data = { image = "new", from = 1, count = 2, block = 3 } },
  { prove_owner = "owner" },
  { read = "burst_count", value = 64, mask = 0xFF },
  { wait = "1ms" },
]
)");
  ASSERT_TRUE(stories) << stories.error().doing;
  const std::vector<Step>& steps = stories->front().steps;
  using emulator::tpm::BiosAction;
  EXPECT_EQ(std::get<BiosSetUp>(steps.at(0).action).actions,
            (std::vector{BiosAction::clear, BiosAction::allow_unowned_upgrade}));
  EXPECT_EQ(std::get<PutTpm>(steps.at(1).action).state.find("ownership")->string, "no_ek");
  const auto& actions = std::get<TpmActions>(steps.at(2).action).actions;
  const TpmAction& send = actions.at(0);
  EXPECT_EQ(send.kind, TpmAction::Kind::send);
  EXPECT_EQ(send.bytes.size(), 10u);
  EXPECT_EQ(send.head->size(), 2u);
  EXPECT_EQ(send.code, 0x26u);
  EXPECT_EQ(send.locality, 2);
  EXPECT_EQ(send.time, std::chrono::seconds(5));
  EXPECT_EQ(send.answer, TpmAction::Answer::silence);
  EXPECT_EQ(actions.at(1).owner, "");
  EXPECT_EQ(actions.at(1).password, "p");
  EXPECT_EQ(actions.at(1).status, 8708u);
  EXPECT_EQ(actions.at(2).block, 3u);
  EXPECT_EQ(actions.at(2).count, 2u);
  EXPECT_EQ(actions.at(3).kind, TpmAction::Kind::prove_owner);
  EXPECT_EQ(actions.at(4).offset, 0x19u);
  EXPECT_EQ(actions.at(4).width, 2u);
  EXPECT_EQ(actions.at(5).time, std::chrono::milliseconds(1));
}

TEST(Loader, FindsMistakesInTheTpmStepsWhereTheyStand) {
  const StoryFolder folder;
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\nbios = [\"clean\"]\n"),
            "story.toml:5:8: \"clean\" is not a BIOS action; there are enable, disable, activate, "
            "deactivate, clear, allow_owner_install, forbid_owner_install and "
            "allow_unowned_upgrade");
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\ntpm_state = { owend = true }\n"),
            "story.toml:5:15: unknown key \"owend\" in [step[0].tpm_state]");
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\ntpm = [{ read = \"status\", value = 1 }]\n"),
            "story.toml:5:17: step[0].tpm[0].read is \"status\"; it must be one of \"access\", "
            "\"int_enable\", \"int_vector\", \"int_status\", \"intf_capability\", \"sts\", "
            "\"burst_count\", \"data_fifo\", \"did_vid\", \"rid\"");
  EXPECT_EQ(folder.complaint(kHead + "[[step]]\ntpm = [{ send = \"00\", locality = 5 }]\n"),
            "story.toml:5:34: step[0].tpm[0].locality is 5; it must be 0 to 4");
}

}  // namespace
}  // namespace scenarios::engine
