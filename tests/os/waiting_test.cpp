// SPDX-License-Identifier: BSD-3-Clause
#include "os/waiting.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace {

using namespace std::chrono_literals;
using os::Expected;

class Wait : public testing::TestWithParam<Expected> {
 protected:
  void SetUp() override { ASSERT_EQ(::pipe(ends_), 0); }
  void TearDown() override {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  void say() const { ASSERT_EQ(::write(ends_[1], "x", 1), 1); }
  int wait(std::optional<base::Duration> limit) {
    file_ = {.fd = ends_[0], .events = POLLIN, .revents = 0};
    return waiting_.wait({&file_, 1}, limit, GetParam());
  }

  int ends_[2] = {-1, -1};
  pollfd file_{};
  os::Waiting waiting_;
};

TEST_P(Wait, TellsWhatIsReady) {
  say();
  EXPECT_EQ(wait(std::nullopt), 1);
  EXPECT_EQ(file_.revents, POLLIN);
}

TEST_P(Wait, TellsThatNothingCameInTime) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(wait(5ms), 0);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 5ms);
  EXPECT_EQ(wait(0ns), 0);
  EXPECT_EQ(wait(10us), 0);
}

/// Long after it has gone to sleep.
TEST_P(Wait, IsWokenByWhatComesLate) {
  std::thread late([this] {
    std::this_thread::sleep_for(20ms);
    say();
  });
  EXPECT_EQ(wait(std::nullopt), 1);
  late.join();
}

TEST_P(Wait, TellsThatAFileIsNoneAtOnce) {
  file_ = {.fd = 1'000'000, .events = POLLIN, .revents = 0};
  EXPECT_EQ(waiting_.wait({&file_, 1}, std::nullopt, GetParam()), 1);
  EXPECT_EQ(file_.revents, POLLNVAL);
}

INSTANTIATE_TEST_SUITE_P(Both, Wait, testing::Values(Expected::later, Expected::soon),
                         [](const auto& each) {
                           return each.param == Expected::soon ? "LooksFirst" : "SleepsAtOnce";
                         });

}  // namespace
