// SPDX-License-Identifier: BSD-3-Clause
#include "os/signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "os/write_all.h"

namespace os {
namespace {

volatile std::sig_atomic_t came = 0;

TEST(Signals, ACaughtOneIsToldAndTheLastHandlerComesBack) {
  came = 0;
  const struct sigaction before = catch_signal(
      SIGUSR1, [](int) { came = 1; }, Caught::always);
  std::raise(SIGUSR1);
  EXPECT_EQ(came, 1);
  ::sigaction(SIGUSR1, &before, nullptr);
}

TEST(Signals, OneThatIsCaughtOnceIsItselfAgain) {
  came = 0;
  std::signal(SIGUSR2, SIG_IGN);
  catch_signal(
      SIGUSR2, [](int) { came = came + 1; }, Caught::once);
  EXPECT_FALSE(is_ignored(SIGUSR2));
  std::raise(SIGUSR2);
  EXPECT_EQ(came, 1);
  struct sigaction now {};
  ::sigaction(SIGUSR2, nullptr, &now);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

TEST(Signals, AnIgnoredOneIsKnown) {
  std::signal(SIGUSR2, SIG_IGN);
  EXPECT_TRUE(is_ignored(SIGUSR2));
  std::signal(SIGUSR2, SIG_DFL);
  EXPECT_FALSE(is_ignored(SIGUSR2));
}

TEST(Signals, APipeThatNobodyReadsIsAnErrorAndNoEnd) {
  ignore_broken_pipes();
  int ends[2] = {};
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  EXPECT_EQ(write_text(ends[1], "text"), EPIPE);
  ::close(ends[1]);
}

}  // namespace
}  // namespace os
