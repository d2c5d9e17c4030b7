// SPDX-License-Identifier: BSD-3-Clause
// A host that sleeps until the next event sees, and causes, the same history to the nanosecond as
// one that looks all the time.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/hex.h"
#include "tests/integration/host_link/host_link_bench.h"

namespace test {
namespace {

/// The board's time of which a host is told nothing but the hour, as on hardware.
class ReticentClock final : public base::Clock {
 public:
  explicit ReticentClock(base::Clock& clock) : clock_(clock) {}
  base::TimePoint now() const override { return clock_.now(); }
  void sleep(base::Duration amount) override { clock_.sleep(amount); }

 private:
  base::Clock& clock_;
};

class CountedReads final : public base::Mmio {
 public:
  explicit CountedReads(base::Mmio& registers) : registers_(registers) {}
  std::uint32_t read32(std::uint32_t offset) override {
    ++reads;
    return registers_.read32(offset);
  }
  void write32(std::uint32_t offset, std::uint32_t value) override {
    registers_.write32(offset, value);
  }
  std::uint64_t reads = 0;

 private:
  base::Mmio& registers_;
};

class Diary final : public emulator::sim::TraceSink {
 public:
  void record(const emulator::sim::TraceRecord& r) override {
    lines.push_back(std::to_string(r.at.count()) + " " + emulator::sim::name(r.kind) + " " +
                    r.text + " " + base::to_hex(r.data));
  }
  std::vector<std::string> lines;
};

struct History {
  std::vector<std::string> lines;
  base::TimePoint end{};
  std::uint64_t reads = 0;
};

enum class Told { nothing, next_event };

/// Connects, has messages of all sizes echoed, waits in vain for one answer.
History play(Told told) {
  HostLinkBench b;
  Diary diary;
  b.trace.attach(diary);
  ReticentClock reticent(b.scheduler);
  CountedReads registers(b.device);
  base::Clock& clock = told == Told::nothing ? static_cast<base::Clock&>(reticent) : b.scheduler;
  updater::mei::HeciHost host(registers, clock, {.name = "sim:bench", .simulated = true});
  auto fwu = host.connect(protocol::mei::kFwuGuid);
  if (!fwu) return {};
  for (const std::size_t size : {1u, 124u, 125u, 511u, 2048u}) {
    if (!(*fwu)->send(pattern(size), seconds(1)) || !(*fwu)->receive(seconds(1))) return {};
  }
  b.fwu.answers = false;
  if (!(*fwu)->send(pattern(40), seconds(1)) || (*fwu)->receive(milliseconds(1234))) return {};
  b.trace.detach(diary);
  return {.lines = diary.lines, .end = b.scheduler.now(), .reads = registers.reads};
}

TEST(QuietHost, HasTheHistoryOfOneThatLooksAllTheTime) {
  const History looking = play(Told::nothing);
  const History sleeping = play(Told::next_event);
  ASSERT_GT(looking.lines.size(), 20u);
  EXPECT_EQ(sleeping.lines, looking.lines);
  EXPECT_EQ(sleeping.end, looking.end);
}

TEST(QuietHost, LooksOnlyWhenSomethingCanHaveHappened) {
  const History looking = play(Told::nothing);
  const History sleeping = play(Told::next_event);
  ASSERT_GT(sleeping.reads, 0u);
  EXPECT_LT(sleeping.reads * 2, looking.reads);
}

}  // namespace
}  // namespace test
