// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/step_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/machine/facts.h"
#include "emulator/trace/duration_text.h"
#include "scenarios/engine/checks.h"
#include "updater/cli/meupdate.h"

namespace scenarios::engine {
namespace {

using emulator::sim::FaultPoint;
using emulator::trace::to_text;

using updater::cli::Exit;

constexpr std::int64_t kExitDone = 0;

/// Nobody is left to say it, and it is what a loss of power is.
bool means_interrupted(std::int64_t exit) {
  return exit == static_cast<int>(Exit::interrupted_rerun) ||
         exit == static_cast<int>(Exit::interrupted_recovery);
}

FaultPoint point(std::size_t index) {
  return static_cast<FaultPoint>(index);
}

void add(Mismatches& out, const Mismatches& more) {
  out.insert(out.end(), more.begin(), more.end());
}

void check_number(const FactExpectation& expected, std::uint64_t got, const std::string& what,
                  Mismatches& out) {
  if (agrees(expected, std::to_string(got))) return;
  const std::string wanted = expected.high ? expected.low + " to " + *expected.high : expected.low;
  out.push_back({.place = expected.place,
                 .what = fmt::format("{}: {}", what, expected.name),
                 .expected = wanted,
                 .got = std::to_string(got)});
}

void check_exit(const Step& step, StepOutcome& outcome) {
  if (!outcome.exit && !outcome.host_lost) return;
  const std::int64_t expected = step.expect.exit.value_or(kExitDone);
  if (outcome.host_lost ? means_interrupted(expected) : *outcome.exit == expected) return;
  const std::string got =
      outcome.host_lost ? "none: the host went down with it" : std::to_string(*outcome.exit);
  outcome.mismatches.push_back({.place = step.expect.exit ? step.expect.place : step.place,
                                .what = "exit status",
                                .expected = std::to_string(expected),
                                .got = got});
}

void check_counts(const Expectation& expect, const Before& before, World& world, Mismatches& out) {
  for (const FactExpectation& reached : expect.reached) {
    const auto at = static_cast<std::size_t>(*emulator::sim::parse_fault_point(reached.name));
    check_number(reached, world.machine().faults().reached(point(at)) - before.reached[at],
                 "points reached", out);
  }
  for (std::size_t i = 0; i < expect.counted.size(); ++i) {
    const std::uint64_t now = counter(world.machine(), expect.counted[i].name);
    check_number(expect.counted[i], now - before.counted[i], "bad input counted", out);
  }
}

void check_flash(const Expectation& expect, const Before& before, World& world, Mismatches& out) {
  if (!expect.flash_changed) return;
  const base::ByteView now = world.machine().flash();
  const bool changed =
      !std::equal(now.begin(), now.end(), before.flash.begin(), before.flash.end());
  if (changed == *expect.flash_changed) return;
  out.push_back({.place = expect.place,
                 .what = "contents of the flash",
                 .expected = *expect.flash_changed ? "changed" : "unchanged",
                 .got = changed ? "changed" : "unchanged"});
}

void check_took(const Expectation& expect, const Before& before, World& world, Mismatches& out) {
  if (!expect.took) return;
  const base::Duration took = world.host().now() - before.at;
  if (expect.took->low <= took && took <= expect.took->high) return;
  out.push_back(
      {.place = expect.place,
       .what = "virtual time it took",
       .expected = fmt::format("{} to {}", to_text(expect.took->low), to_text(expect.took->high)),
       .got = to_text(took)});
}

}  // namespace

Before look(const Expectation& expect, World& world) {
  Before before{.at = world.host().now()};
  for (std::size_t i = 0; i < before.reached.size(); ++i) {
    before.reached[i] = world.machine().faults().reached(point(i));
  }
  for (const FactExpectation& counted : expect.counted) {
    before.counted.push_back(counter(world.machine(), counted.name));
  }
  if (expect.flash_changed) {
    const base::ByteView flash = world.machine().flash();
    before.flash.assign(flash.begin(), flash.end());
  }
  return before;
}

void check_step(const Step& step, const Before& before, World& world, StepOutcome& outcome) {
  const Expectation& expect = step.expect;
  check_exit(step, outcome);
  add(outcome.mismatches, check_text(expect.out, outcome.out, "standard output", expect.place));
  add(outcome.mismatches, check_text(expect.err, outcome.err, "standard error", expect.place));
  add(outcome.mismatches, check_facts(expect.device, world.machine()));
  check_counts(expect, before, world, outcome.mismatches);
  check_flash(expect, before, world, outcome.mismatches);
  check_took(expect, before, world, outcome.mismatches);
}

}  // namespace scenarios::engine
