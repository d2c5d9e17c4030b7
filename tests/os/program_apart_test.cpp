// SPDX-License-Identifier: BSD-3-Clause
// Somebody else's program: where it runs, what it says, what becomes of what it leaves behind.
#include "os/program_apart.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "tests/temporary_folder.h"

namespace os {
namespace {

std::string all_of(Descriptor& pipe) {
  std::string text;
  std::array<char, 64> part{};
  for (ssize_t got = 0; (got = ::read(pipe.number(), part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<std::size_t>(got));
  return text;
}

std::unique_ptr<ProgramApart> started(const std::string& script, const std::string& folder = "/") {
  return ProgramApart::start({"sh", "-c", script}, folder).value();
}

TEST(ProgramApart, RunsInItsFolderAndSaysThingsOnTwoPipes) {
  const tests::TemporaryFolder folder;
  const auto program = started("pwd; cat; echo aside >&2; exit 3", folder.path());
  EXPECT_EQ(all_of(program->output()), folder.path() + "\n");
  EXPECT_EQ(all_of(program->errors()), "aside\n");
  const int status = program->wait();
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

TEST(ProgramApart, ThatCannotBeStartedIsSaidWhy) {
  const auto why = [](const std::string& program, const std::string& folder) {
    return ProgramApart::start({program}, folder).error();
  };
  EXPECT_EQ(why("no-such-program", "/").code, base::Errc::not_found);
  EXPECT_EQ(why("/etc/passwd", "/").code, base::Errc::permission);
  EXPECT_EQ(why("/etc/passwd", "/").doing, "cannot start /etc/passwd: Permission denied");
  EXPECT_EQ(why("true", "/no/such/folder").code, base::Errc::not_found);
}

TEST(ProgramApart, TellsThatItHasEndedWhateverItLeftRunning) {
  const auto program = started("sleep 1000 & exit 0");
  pollfd ended{.fd = program->ended().number(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&ended, 1, 20'000), 1);
  EXPECT_EQ(program->wait(), 0);
  // What was left held the pipe, and is gone.
  EXPECT_EQ(all_of(program->output()), "");
}

TEST(ProgramApart, IsAskedToEndAndCanSayNo) {
  const auto program = started("trap 'echo no' TERM; echo up; while :; do sleep 1; done");
  std::array<char, 3> up{};
  ASSERT_EQ(::read(program->output().number(), up.data(), up.size()), 3);
  program->terminate();
  ASSERT_EQ(::read(program->output().number(), up.data(), up.size()), 3);
  EXPECT_EQ(std::string(up.data(), 3), "no\n");
  program->kill();
  const int status = program->wait();
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

}  // namespace
}  // namespace os
