// SPDX-License-Identifier: BSD-3-Clause
// The line of control, with a shell in QEMU's place: it speaks as a guest does, and ends as QEMU
// can.
#include "scenarios/guest/guest_run.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace scenarios::guest {
namespace {

class GuestRunTest : public testing::Test {
 protected:
  /// `script` is Python with `line`, a socket's file on the line of control.
  base::Result<GuestOutcome> run(const std::string& script, unsigned limit = 60) {
    const std::string control = folder_.file("control");
    const std::string before =
        "import socket,sys,time,os\n"
        "s=socket.socket(socket.AF_UNIX)\ns.connect('" +
        control +
        "')\nline=s.makefile('rw')\n"
        "def say(t):\n line.write(t); line.flush()\n";
    return run_guest({.words = {"python3", "-c", before + script},
                      .control = control,
                      .limit = limit,
                      .output = [this](std::string_view text) { output_ += text; },
                      .interrupted = [] { return false; }});
  }

  const tests::TemporaryFolder folder_;
  std::string output_;
};

TEST_F(GuestRunTest, TheCommandsStatusAndOutputAreTheGuests) {
  const auto outcome =
      run("say('boot\\n')\nprint('hears', line.readline().strip())\nsay('exit 7\\n')");
  ASSERT_TRUE(outcome) << outcome.error().doing;
  EXPECT_EQ(outcome->end, GuestEnd::exited);
  EXPECT_EQ(outcome->status, 7);
  EXPECT_EQ(output_, "hears 1\n");
}

TEST_F(GuestRunTest, EachBootHearsItsNumber) {
  const auto outcome =
      run("for i in (1,2):\n say('boot\\n'); print(line.readline().strip())\nsay('exit 0\\n')");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->boots, 2u);
  EXPECT_EQ(output_, "1\n2\n");
}

TEST_F(GuestRunTest, ACutEndsItAtOnce) {
  const auto outcome = run("say('boot\\n')\nline.readline()\nsay('cut\\n')\ntime.sleep(600)");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->end, GuestEnd::power_cut);
}

TEST_F(GuestRunTest, AGuestThatGoesOffWithoutAStatusIsLost) {
  const auto outcome = run("say('boot\\n')\nline.readline()");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->end, GuestEnd::lost);
}

TEST_F(GuestRunTest, AHalfLineSaysNothing) {
  const auto outcome = run("say('exit 0')");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->end, GuestEnd::lost);
}

TEST_F(GuestRunTest, TheLimitEndsAGuestThatHangs) {
  const auto outcome = run("time.sleep(600)", 1);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->end, GuestEnd::limit);
}

TEST_F(GuestRunTest, AGuestThatRestartsForEverIsGivenUp) {
  const auto outcome = run("while True:\n say('boot\\n'); line.readline()");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->end, GuestEnd::lost);
}

TEST_F(GuestRunTest, AProgramThatIsNotThereIsNamed) {
  const auto outcome = run_guest({.words = {"/nowhere/qemu"},
                                  .control = folder_.file("control"),
                                  .limit = 60,
                                  .output = [](std::string_view) {},
                                  .interrupted = [] { return false; }});
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().doing.find("/nowhere/qemu"), std::string::npos);
}

}  // namespace
}  // namespace scenarios::guest
