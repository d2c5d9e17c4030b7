// SPDX-License-Identifier: BSD-3-Clause
// Somebody else's updater in a story: a program that does its work, and programs that hang, die,
// babble, print secrets, lose their computer or leave something running.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "os/descriptor.h"
#include "scenarios/engine/runner.h"
#include "scenarios/program/with_programs.h"
#include "tests/scenarios/engine/load.h"
#include "tests/source_dir.h"

namespace scenarios::program {
namespace {

using engine::ScenarioResult;
using engine::Verdict;

/// A program in Python that has a board: `ask("sleep", "10")` gives the answer.
constexpr const char* kClient = R"(
import socket, sys, os, signal
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
talk = line.makefile("rw")
def ask(*words):
    talk.write(" ".join(words) + "\n")
    talk.flush()
    return talk.readline().strip()
)";

class OwnUpdater : public testing::Test {
 protected:
  /// A story with this one step, told in a folder where `client.py` has `code` behind it.
  ScenarioResult tell(const std::string& step, const std::string& code = {},
                      const engine::HostKind& host = with_programs()) {
    folder_.write("client.py", kClient + code);
    return tell_story("[[image]]\nname = \"new.bin\"\nversion = \"5.2.70.1046\"\n[[step]]\n" + step,
                      host);
  }

  ScenarioResult tell_story(const std::string& text,
                            const engine::HostKind& host = with_programs()) {
    const auto stories = folder_.load(engine::kHead + text);
    EXPECT_TRUE(stories) << stories.error().doing;
    if (!stories) return {};
    const tests::TemporaryFolder scratch;
    ScenarioResult result = engine::run_scenario(
        stories->front(),
        {.scratch = scratch.path(), .trace_file = folder_.path() + "/trace", .host = host});
    trace_ = read("trace");
    return result;
  }

  std::string read(const std::string& name) const {
    std::ifstream in(folder_.path() + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  engine::StoryFolder folder_;
  std::string trace_;
};

/// What went wrong, as text.
std::string text_of(const ScenarioResult& result) {
  std::string out = std::string(name(result.verdict)) + ": " + result.message;
  for (const engine::Failure& failure : result.failures)
    out += "\n" + failure.what + ": " + failure.expected + " / " + failure.got;
  return out + "\n" + result.out + result.err;
}

constexpr const char* kPython = "updater = [\"/usr/bin/python3\", \"client.py\", \"${device}\"]\n";

TEST_F(OwnUpdater, TalksToTheBoardAndIsJudgedByWhatItPrintsAndHowItEnds) {
  const auto told = tell(std::string(kPython) +
                             "expect.exit = 3\n"
                             "expect.stdout_equals = [\"ok\", \"52 bytes\"]\n"
                             "expect.stderr_contains = [\"a word aside\"]\n"
                             "expect.device = { boot = \"operational\" }\n",
                         R"(
ask("connect", "309dcde8-ccb1-4062-8f78-600115a34327")
print(ask("send", "00000000"))
print((len(ask("receive", "1000")) - 3) // 2, "bytes")
print("a word aside", file=sys.stderr)
sys.exit(3)
)");
  EXPECT_EQ(told.verdict, Verdict::passed) << text_of(told);
}

TEST_F(OwnUpdater, RunsBesideTheStoryAndFindsItsImage) {
  folder_.write("mine", "#!/bin/sh\ntest -s \"$1\" && echo found; ls client.py\n");
  std::filesystem::permissions(folder_.path() + "/mine", std::filesystem::perms::owner_all);
  const auto told = tell(
      "updater = [\"./mine\", \"${image:new.bin}\"]\n"
      "expect.stdout_equals = [\"found\", \"client.py\"]\n");
  EXPECT_EQ(told.verdict, Verdict::passed) << text_of(told);
}

TEST_F(OwnUpdater, ThatIsNotThereMakesNoSense) {
  for (const auto& [program, why] :
       {std::pair{"./mine", "cannot start ./mine: No such file or directory"},
        std::pair{"no-such-updater", "cannot start no-such-updater: No such file or directory"},
        std::pair{"./client.py", "cannot start ./client.py: Permission denied"}}) {
    const auto told = tell("updater = [\"" + std::string(program) + "\"]\n");
    EXPECT_EQ(told.verdict, Verdict::script_error);
    EXPECT_EQ(folder_.without_folder(told.message), "story.toml:8:11: " + std::string(why));
  }
}

TEST_F(OwnUpdater, ThatHangsIsEndedAndItsLastRequestIsTold) {
  const std::string limit = "limit = \"300ms\"\n";
  const auto silent = tell("updater = [\"sleep\", \"1000\"]\n" + limit);
  EXPECT_EQ(silent.verdict, Verdict::failed);
  ASSERT_EQ(silent.failures.size(), 1u);
  EXPECT_EQ(silent.failures[0].got, "it ran on, and never asked the board anything");
  const auto told =
      tell(kPython + std::string("limit = \"8s\"\n"), "ask('sleep', '7')\nsignal.pause()\n");
  ASSERT_EQ(told.failures.size(), 1u) << text_of(told);
  EXPECT_EQ(told.failures[0].got, "it ran on; its last request was: sleep 7");
}

TEST_F(OwnUpdater, ThatAsksForEverIsEndedByTheBoardsClock) {
  const auto told = tell(kPython, "while True: ask('sleep', '36000000')\n");
  ASSERT_EQ(told.failures.size(), 1u) << text_of(told);
  EXPECT_EQ(told.failures[0].got, "it ran on; its last request was: sleep 36000000");
}

TEST_F(OwnUpdater, ThatBabblesIsCutShort) {
  const auto told = tell("updater = [\"yes\", \"0123456789abcde\"]\nlimit = \"1s\"\n");
  EXPECT_EQ(told.verdict, Verdict::failed);
  EXPECT_GT(told.out.size(), 1u << 20);
  EXPECT_LT(told.out.size(), (1u << 20) + 100);
  EXPECT_NE(told.out.find("bytes more are left out)"), std::string::npos);
}

TEST_F(OwnUpdater, ThatDiesOfASignalHasItsNameInTheReport) {
  const auto told = tell("updater = [\"sh\", \"-c\", \"echo so far; kill -SEGV $$\"]\n");
  ASSERT_EQ(told.failures.size(), 1u) << text_of(told);
  EXPECT_EQ(told.failures[0].got, "139 (signal 11, Segmentation fault)");
  EXPECT_EQ(told.out, "so far\n");
}

TEST_F(OwnUpdater, ThatPrintsASecretIsFoundOutAndNoReportShowsIt) {
  const std::string secret =
      "set = { settings.local_update = \"password\", "
      "settings.update_password = \"Pa55word!\" }\n";
  const std::string step =
      "[[step]]\nupdater = [\"sh\", \"-c\", \"echo it is Pa55word!; echo Pa55word! >&2\"]\n";
  const auto told = tell_story(secret + step + "expect.stdout_lacks = [\"Pa55word!\"]\n");
  EXPECT_EQ(told.verdict, Verdict::failed) << text_of(told);
  EXPECT_EQ(told.out, "it is (not shown)\n");
  EXPECT_EQ(told.err, "(not shown)\n");
  for (const engine::Failure& failure : told.failures)
    EXPECT_EQ(failure.got.find("Pa55word!"), std::string::npos) << failure.got;
}

TEST_F(OwnUpdater, ThatPrintsASecretFileIsShownWithoutIt) {
  const auto told = tell_story(
      "[[file]]\nname = \"secret\"\ntext = \"hush hush\\n\"\n"
      "[[step]]\nupdater = [\"sh\", \"-c\", \"echo so: $(cat $0).\", \"${file:secret}\"]\n"
      "expect.stdout_equals = [\"another\"]\n");
  EXPECT_EQ(told.out, "so: (not shown).\n");
  ASSERT_EQ(told.failures.size(), 1u);
  EXPECT_EQ(told.failures[0].got, "\"so: (not shown).\"");
}

TEST_F(OwnUpdater, HasNoControlCharactersForATerminal) {
  const auto told = tell("updater = [\"printf\", '\\033[31mred']\nexpect.exit = 1\n");
  EXPECT_EQ(told.out, "\\x1b[31mred");
}

TEST_F(OwnUpdater, IsStoppedAndKilledAsAPersonDoes) {
  const std::string code = R"(
def stop(*_):
    print("stopped", flush=True)
    sys.exit(7)
signal.signal(signal.SIGTERM, stop)
while True: ask("sleep", "100")
)";
  const auto stopped =
      tell(kPython + std::string("during = [{ do = \"stop\", after = \"2s\" }]\n"
                                 "expect.exit = 7\nexpect.stdout_equals = [\"stopped\"]\n"),
           code);
  EXPECT_EQ(stopped.verdict, Verdict::passed) << text_of(stopped);
  const auto killed =
      tell(kPython + std::string("during = [{ do = \"kill\", after = \"2s\" }]\n"
                                 "expect.exit = 137\nexpect.took = [\"2s\", \"3s\"]\n"),
           code);
  EXPECT_EQ(killed.verdict, Verdict::passed) << text_of(killed);
}

TEST_F(OwnUpdater, IsKilledWhenSoMuchOfItsImageHasCome) {
  const auto told = tell_story(
      "set = { settings.enabled_update_interfaces = 1 }\n"
      "[[image]]\nname = \"new.bin\"\nversion = \"5.2.70.1046\"\n"
      "[[step]]\nupdater = [\"/usr/bin/python3\", \"" MEBENCH_SOURCE_DIR
      "/examples/own_updater.py\", \"${device}\", \"${image:new.bin}\"]\n"
      "during = [{ do = \"kill\", after_bytes = 100000 }]\n"
      "expect.exit = 137\nexpect.device = { session = \"staging\" }\n"
      "expect.reached = { fwu_data = [200, 202] }\n");
  EXPECT_EQ(told.verdict, Verdict::passed) << text_of(told);
}

TEST_F(OwnUpdater, DiesWithItsComputer) {
  for (const char* what : {"power_cut", "reset_platform"}) {
    const auto told =
        tell(kPython + std::string("during = [{ do = \"") + what +
                 "\", after = \"2s\" }]\nexpect.exit = 137\n"
                 "expect.took = [\"2s\", \"3s\"]\nexpect.stdout_equals = [\"begun\"]\n",
             "print('begun', flush=True)\nask('connect', "
             "'309dcde8-ccb1-4062-8f78-600115a34327')\n"
             "for _ in range(50): ask('sleep', '100')\nprint('alive')\n");
    EXPECT_EQ(told.verdict, Verdict::passed) << what << text_of(told);
  }
}

TEST_F(OwnUpdater, ThatEndsBeforeAMomentComesHasNotSeenIt) {
  const auto told =
      tell("updater = [\"true\"]\nduring = [{ do = \"power_cut\", after_bytes = 1000 }]\n");
  ASSERT_EQ(told.failures.size(), 1u) << text_of(told);
  EXPECT_EQ(told.failures[0].got, "its moment never came");
}

TEST_F(OwnUpdater, LeavesNothingRunning) {
  const auto told = tell(
      "updater = [\"sh\", \"-c\", \"sleep 1000 & echo $!\"]\n"
      "expect.stdout_equals = [\"no number\"]\n");
  const int left = std::stoi(told.out);
  ASSERT_GT(left, 1);
  // It has been killed; when a busy computer comes round to it, it is dead.
  const os::Descriptor there(static_cast<int>(::syscall(SYS_pidfd_open, left, 0)));
  pollfd dead{.fd = there.number(), .events = POLLIN, .revents = 0};
  EXPECT_TRUE(!there.is_open() || ::poll(&dead, 1, 60'000) == 1);
}

TEST_F(OwnUpdater, HasWhatItAskedForLastThoughItDidNotWait) {
  const auto told = tell(kPython + std::string("expect.took = [\"5s\", \"6s\"]\n"),
                         "talk.write('sleep 5000\\n')\ntalk.flush()\nos._exit(0)\n");
  EXPECT_EQ(told.verdict, Verdict::passed) << text_of(told);
}

TEST_F(OwnUpdater, HasSeveralConnectionsSideBySide) {
  const auto told =
      tell(kPython + std::string("expect.stdout_equals = [\"ok 01\", \"ok ff82\"]\n"), R"(
other = socket.socket(socket.AF_UNIX)
other.connect(sys.argv[1])
other = other.makefile("rw")
first, talk = talk, other
ask("connect", "8e6a6715-9abc-4043-88ef-9e39c6f63e0f")
ask("send", "ff020000")  # MKHI GET_FW_VERSION, answered with the group and the command | 80h
mkhi = ask("receive")
talk = first
ask("connect", "309dcde8-ccb1-4062-8f78-600115a34327")
ask("send", "00000000")
print(ask("receive")[:5])
print(mkhi[:7])
)");
  EXPECT_EQ(told.verdict, Verdict::passed) << text_of(told);
}

TEST_F(OwnUpdater, IsHungUpOnWhereARequestHasNoEnd) {
  const auto told =
      tell(kPython + std::string("expect.stdout_equals = [\"error invalid a request has "
                                 "at most 262144 bytes\", \"''\"]\n"),
           "print(ask('send', '00' * 200000))\nprint(repr(talk.readline()))\n");
  EXPECT_EQ(told.verdict, Verdict::passed) << text_of(told);
}

TEST_F(OwnUpdater, HasOneHistory) {
  const std::string code =
      "ask('connect', '309dcde8-ccb1-4062-8f78-600115a34327')\n"
      "ask('send', '00000000')\nask('receive')\nask('sleep', '50')\n";
  tell(kPython, code);
  const std::string first = trace_;
  EXPECT_NE(first.find("message_to_me"), std::string::npos);
  tell(kPython, code);
  EXPECT_EQ(trace_, first);
}

TEST_F(OwnUpdater, IsSkippedWhereNoProgramMayBeStarted) {
  const auto told = tell("updater = [\"true\"]\n", {}, engine::in_process());
  EXPECT_EQ(told.verdict, Verdict::skipped);
  EXPECT_NE(told.message.find("it starts a program, which `mesim run` does"), std::string::npos);
}

TEST_F(OwnUpdater, HasADeviceThatNobodyElseHas) {
  const auto told = tell("meupdate = [\"info\", \"${device}\"]\n");
  EXPECT_EQ(told.verdict, Verdict::script_error);
  EXPECT_NE(told.message.find("${device} is for updater"), std::string::npos) << told.message;
}

TEST_F(OwnUpdater, IsRefusedInWordsWhereItsStepMakesNoSense) {
  const auto complaint = [&](const std::string& step) {
    return folder_.complaint(engine::kHead + "[[step]]\n" + step);
  };
  EXPECT_EQ(complaint("updater = []\n"),
            "story.toml:5:11: updater needs a program, such as [\"./mine\", \"${device}\"]");
  EXPECT_EQ(complaint("updater = [\"true\"]\nlimit = \"0s\"\n"),
            "story.toml:6:9: limit must be more than 0");
  EXPECT_NE(complaint("updater = [\"true\"]\nperson = \"yes\"\n").find("person"),
            std::string::npos);
}

}  // namespace
}  // namespace scenarios::program
