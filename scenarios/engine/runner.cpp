// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/runner.h"

#include <fmt/format.h>

#include "scenarios/engine/actions.h"
#include "scenarios/engine/checks.h"
#include "scenarios/engine/duration_text.h"
#include "scenarios/engine/facts.h"
#include "scenarios/engine/trace_writer.h"
#include "scenarios/engine/world.h"

namespace scenarios::engine {
namespace {

using emulator::sim::FaultPoint;
using emulator::sim::FaultRule;

constexpr std::int64_t kExitDone = 0;

/// What a step is compared with: how things stood when it began.
struct Before {
  base::TimePoint at{};
  std::array<std::uint64_t, emulator::sim::kFaultPointCount> reached{};
  std::vector<std::uint64_t> counted;
  base::Bytes flash;
};

FaultPoint point(std::size_t index) {
  return static_cast<FaultPoint>(index);
}

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

void check_exit(const Step& step, Outcome& outcome) {
  if (!outcome.exit) return;
  const std::int64_t expected = step.expect.exit.value_or(kExitDone);
  if (*outcome.exit == expected) return;
  outcome.mismatches.push_back({.place = step.expect.exit ? step.expect.place : step.place,
                                .what = "exit status",
                                .expected = std::to_string(expected),
                                .got = fmt::format("{}\nstandard output:\n{}standard error:\n{}",
                                                   *outcome.exit, outcome.out, outcome.err)});
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

void check_step(const Step& step, const Before& before, World& world, Outcome& outcome) {
  const Expectation& expect = step.expect;
  check_exit(step, outcome);
  add(outcome.mismatches, check_text(expect.out, outcome.out, "standard output", expect.place));
  add(outcome.mismatches, check_text(expect.err, outcome.err, "standard error", expect.place));
  add(outcome.mismatches, check_facts(expect.device, world.machine()));
  check_counts(expect, before, world, outcome.mismatches);
  check_flash(expect, before, world, outcome.mismatches);
  check_took(expect, before, world, outcome.mismatches);
}

std::string text_of(const FaultRule& rule) {
  return fmt::format("{} at {}, occurrence {}", name(rule.action), name(rule.point),
                     rule.occurrence);
}

class Story {
 public:
  Story(const Scenario& scenario, const RunOptions& options)
      : scenario_(scenario),
        options_(options),
        world_(scenario, options.scratch, trace_of(options)) {
    result_.id = scenario.id;
    result_.file = scenario.file;
    result_.title = scenario.title;
    result_.steps = scenario.steps.size();
  }

  ScenarioResult tell() {
    if (auto done = open_trace(); !done) return ended_by(Verdict::internal, done.error().doing);
    if (auto done = world_.begin(); !done)
      return ended_by(Verdict::script_error, done.error().doing);
    for (const Step& step : scenario_.steps) {
      if (!run_step(step)) break;
    }
    if (result_.verdict == Verdict::passed) check_faults();
    if (result_.verdict != Verdict::passed) result_.bus = world_.bus().last_lines();
    result_.virtual_time = world_.host().now();
    result_.faults_struck = world_.bus().faults_struck();
    if (auto done = trace_.close(); !done) return ended_by(Verdict::internal, done.error().doing);
    return std::move(result_);
  }

 private:
  emulator::sim::TraceSink* trace_of(const RunOptions& options) {
    return options.trace_file.empty() ? nullptr : &trace_;
  }

  base::Result<void> open_trace() {
    if (options_.trace_file.empty()) return {};
    return trace_.open(options_.trace_file, scenario_.id);
  }

  ScenarioResult ended_by(Verdict verdict, std::string message) {
    result_.verdict = verdict;
    result_.message = std::move(message);
    return std::move(result_);
  }

  /// False when the story ends here.
  bool run_step(const Step& step) {
    ++result_.steps_run;
    const Before before = look(step.expect, world_);
    Outcome outcome =
        std::visit([this](const auto& action) { return perform(action, world_); }, step.action);
    if (!outcome.script_error.empty()) {
      result_.verdict = Verdict::script_error;
      result_.message = with_place(step, outcome.script_error);
      return false;
    }
    check_step(step, before, world_, outcome);
    for (const Mismatch& mismatch : outcome.mismatches) fail(step, mismatch);
    return outcome.mismatches.empty();
  }

  static std::string with_place(const Step& step, const std::string& message) {
    const bool has_place = message.find(".toml:") != std::string::npos;
    return has_place ? message : to_text(step.place) + ": " + message;
  }

  void fail(const Step& step, const Mismatch& mismatch) {
    result_.verdict = Verdict::failed;
    result_.failures.push_back({.step = result_.steps_run,
                                .step_text = step.text,
                                .place = to_text(mismatch.place),
                                .what = mismatch.what,
                                .expected = mismatch.expected,
                                .got = mismatch.got});
  }

  /// A fault that never struck has proved nothing: the story did not show what it set out to show.
  void check_faults() {
    for (const FaultRule& rule : world_.machine().faults().unfired()) {
      result_.verdict = Verdict::failed;
      result_.failures.push_back({.step = 0,
                                  .step_text = {},
                                  .place = scenario_.file,
                                  .what = "armed fault",
                                  .expected = text_of(rule) + " strikes",
                                  .got = "it never did"});
    }
  }

  const Scenario& scenario_;
  const RunOptions& options_;
  TraceWriter trace_;
  World world_;
  ScenarioResult result_;
};

}  // namespace

ScenarioResult run_scenario(const Scenario& scenario, const RunOptions& options) {
  return Story(scenario, options).tell();
}

}  // namespace scenarios::engine
