// SPDX-License-Identifier: BSD-3-Clause
// The program's console without a terminal: questions that a pipe answers, requests to stop, output
// that goes nowhere, the date.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <utility>

#include "updater/cli/terminal.h"

namespace {

using updater::cli::Terminal;

/// One of this process's standard descriptors is another for a while.
class Instead {
 public:
  Instead(int number, int other) : number_(number), before_(::dup(number)) {
    ::dup2(other, number);
  }
  ~Instead() {
    ::dup2(before_, number_);
    ::close(before_);
  }
  Instead(const Instead&) = delete;
  Instead& operator=(const Instead&) = delete;

 private:
  int number_;
  int before_;
};

/// Standard input is a pipe that already holds what was typed.
class Typed {
 public:
  explicit Typed(const std::string& text) {
    EXPECT_EQ(::pipe(ends_.data()), 0);
    EXPECT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    input_.emplace(STDIN_FILENO, ends_[0]);
  }
  ~Typed() {
    for (const int end : ends_) ::close(end);
  }
  Typed(const Typed&) = delete;
  Typed& operator=(const Typed&) = delete;

 private:
  std::array<int, 2> ends_{-1, -1};
  std::optional<Instead> input_;
};

class Question : public testing::TestWithParam<std::pair<const char*, bool>> {};

TEST_P(Question, IsAnsweredByOneLine) {
  const Typed typed(GetParam().first);
  EXPECT_EQ(Terminal().confirm("? "), GetParam().second);
}

INSTANTIATE_TEST_SUITE_P(Lines, Question,
                         testing::Values(std::pair{"y\n", true}, std::pair{"YES\n", true},
                                         std::pair{"n\n", false}, std::pair{"\n", false},
                                         std::pair{"yet\n", false}, std::pair{"y y\n", false}));

TEST(QuestionInARow, TakesOneLineEach) {
  const Typed typed("y\nn\n");
  Terminal terminal;
  EXPECT_TRUE(terminal.confirm("? "));
  EXPECT_FALSE(terminal.confirm("? "));
}

class QuestionDeathTest : public testing::TestWithParam<int> {};

// In a process of its own: the request stays.
TEST_P(QuestionDeathTest, IsNotAskedOfAPersonWhoHasAskedToStop) {
  EXPECT_EXIT(
      {
        updater::cli::catch_stop_signals();
        std::raise(GetParam());
        const Typed typed("y\n");
        Terminal terminal;
        ::_exit(terminal.confirm("? ") ? 1 : terminal.stop_requested() ? 0 : 2);
      },
      testing::ExitedWithCode(0), "");
}

INSTANTIATE_TEST_SUITE_P(Signals, QuestionDeathTest, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(HangUpDeathTest, IsNoRequestUnderNohup) {
  EXPECT_EXIT(
      {
        std::signal(SIGHUP, SIG_IGN);
        updater::cli::catch_stop_signals();
        std::raise(SIGHUP);
        ::_exit(Terminal().stop_requested() ? 1 : 0);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Output, ThatCannotBeWrittenIsRemembered) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  Terminal terminal;
  {
    const Instead output(STDOUT_FILENO, full);
    terminal.out("all of it\n");
  }
  ::close(full);
  EXPECT_EQ(terminal.output_error(), ENOSPC);
  terminal.out("");
  EXPECT_EQ(terminal.output_error(), ENOSPC);
}

/// Where it is nine hours later than in Greenwich.
class ElsewhereTest : public testing::Test {
 protected:
  ElsewhereTest() {
    ::setenv("TZ", "XXX-9", 1);
    ::tzset();
  }
  ~ElsewhereTest() override {
    ::unsetenv("TZ");
    ::tzset();
  }
};

TEST_F(ElsewhereTest, TheDateIsThePresentSecondInUtc) {
  const std::time_t before = std::time(nullptr);
  const std::string date = Terminal().date();
  const std::time_t after = std::time(nullptr);
  std::tm told = {};
  const char* rest = ::strptime(date.c_str(), "%Y-%m-%dT%H:%M:%SZ", &told);
  ASSERT_NE(rest, nullptr) << date;
  EXPECT_STREQ(rest, "") << date;
  EXPECT_LE(before, ::timegm(&told)) << date;
  EXPECT_GE(after, ::timegm(&told)) << date;
}

}  // namespace
