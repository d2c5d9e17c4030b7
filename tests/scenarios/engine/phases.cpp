// SPDX-License-Identifier: BSD-3-Clause
#include "tests/scenarios/engine/phases.h"

#include <string_view>

#include "scenarios/engine/actions.h"

namespace scenarios::engine {
namespace {

using emulator::sim::FaultPoint;
using emulator::sim::kFaultPointCount;
using Counts = std::array<std::uint64_t, kFaultPointCount>;

/// Notes how often each point had been reached when the session came into its next state.
class Onlooker final : public emulator::sim::TraceSink {
 public:
  explicit Onlooker(const emulator::sim::FaultPlan& faults) : faults_(faults) { mark(); }

  void record(const emulator::sim::TraceRecord& record) override {
    if (std::string_view(record.text).starts_with("session: ")) mark();
  }
  void mark() {
    Counts counts{};
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] = faults_.reached(static_cast<FaultPoint>(i));
    marks_.push_back(counts);
  }
  const std::vector<Counts>& marks() const { return marks_; }

 private:
  const emulator::sim::FaultPlan& faults_;
  std::vector<Counts> marks_;
};

Phase phase_between(const char* name, const Counts& began, const Counts& from, const Counts& to) {
  Phase phase{.name = name, .ranges = {}};
  for (std::size_t i = 0; i < kFaultPointCount; ++i) {
    phase.ranges[i] = {.first = static_cast<std::uint32_t>(from[i] - began[i] + 1),
                       .last = static_cast<std::uint32_t>(to[i] - began[i])};
  }
  return phase;
}

}  // namespace

Phases phases_of(World& world, const Meupdate& update) {
  Onlooker onlooker(world.machine().faults());
  world.machine().trace().attach(onlooker);
  perform(update, world);
  world.machine().trace().detach(onlooker);
  onlooker.mark();
  // In the beginning; staging, verifying, committing, committed; in the end.
  const std::vector<Counts>& marks = onlooker.marks();
  Phases phases;
  if (marks.size() < 6) return phases;
  phases.list = {phase_between("starting", marks[0], marks[0], marks[1]),
                 phase_between("transferring", marks[0], marks[1], marks[2]),
                 phase_between("committing", marks[0], marks[2], marks[4]),
                 phase_between("checking", marks[0], marks[4], marks[5])};
  return phases;
}

}  // namespace scenarios::engine
