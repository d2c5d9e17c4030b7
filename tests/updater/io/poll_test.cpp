// SPDX-License-Identifier: BSD-3-Clause
// When a bounded wait looks: the moments are those of a clock that tells nothing, less those at
// which nothing new could be seen.
#include "updater/io/poll.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace updater::io {
namespace {

using base::Duration;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Its caller is alone until `next`; afterwards anything may happen at any time.
class TellingClock final : public base::Clock {
 public:
  base::TimePoint now() const override { return now_; }
  void sleep(Duration amount) override { now_ += amount; }
  Duration quiet_for() const override { return std::max(next - now_, Duration::zero()); }
  base::TimePoint next{};

 private:
  base::TimePoint now_{};
};

/// The moments of all looks in a wait of `limit`.
std::vector<Duration> looks(Duration next, Duration limit) {
  TellingClock clock;
  clock.next = next;
  Poll poll(clock, limit);
  std::vector<Duration> at;
  do {
    at.push_back(clock.now());
  } while (poll.again());
  return at;
}

TEST(Poll, LooksLessAndLessOftenAndALastTimeAtTheDeadline) {
  const std::vector<Duration> expected = {
      microseconds(0),    microseconds(20),  microseconds(60),   microseconds(140),
      microseconds(300),  microseconds(620), microseconds(1260), microseconds(2260),
      microseconds(3260), microseconds(3300)};
  EXPECT_EQ(looks(Duration::zero(), microseconds(3300)), expected);
}

TEST(Poll, FirstLooksWhereItAlwaysWouldHaveOnceSomethingCanHaveHappened) {
  const auto all = looks(Duration::zero(), milliseconds(50));
  for (Duration next = microseconds(1); next <= milliseconds(50); next += microseconds(13)) {
    std::vector<Duration> expected = {Duration::zero()};
    std::copy_if(all.begin(), all.end(), std::back_inserter(expected),
                 [&](Duration at) { return at >= next; });
    ASSERT_EQ(looks(next, milliseconds(50)), expected) << next.count();
  }
}

TEST(Poll, LooksOnceMoreAtTheDeadlineWhenNothingEverHappens) {
  const std::vector<Duration> expected = {Duration::zero(), milliseconds(50)};
  EXPECT_EQ(looks(Duration::max(), milliseconds(50)), expected);
}

TEST(Poll, ALookThatTookTimeIsNotReliedOn) {
  TellingClock clock;
  clock.next = milliseconds(40);
  Poll poll(clock, milliseconds(50));
  clock.sleep(microseconds(300));  // something was waited for in the look
  ASSERT_TRUE(poll.again());
  EXPECT_EQ(clock.now(), microseconds(320)) << "what came meanwhile is seen at the next step";
  ASSERT_TRUE(poll.again());
  EXPECT_GE(clock.now(), milliseconds(40));
}

}  // namespace
}  // namespace updater::io
