// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/promise.h"
#include "emulator/trace/trace_writer.h"
#include "scenarios/engine/actions.h"
#include "scenarios/engine/step_checks.h"
#include "scenarios/engine/world.h"

namespace scenarios::engine {
namespace {

using emulator::sim::FaultRule;

std::string text_of(const FaultRule& rule) {
  return fmt::format("{} at {}, occurrence {}", name(rule.action), name(rule.point),
                     rule.occurrence);
}

class Story {
 public:
  Story(const Scenario& scenario, const RunOptions& options)
      : scenario_(scenario),
        options_(options),
        world_(scenario, options.scratch, trace_of(options), options.host) {
    result_.id = scenario.id;
    result_.file = scenario.file;
    result_.title = scenario.title;
    result_.steps = scenario.steps.size();
  }

  ScenarioResult tell() {
    if (const auto obstacle = options_.host.obstacle(scenario_))
      return ended_by(Verdict::skipped, to_text(obstacle->place) + ": " + obstacle->why);
    if (auto done = open_trace(); !done) return ended_by(Verdict::internal, done.error().doing);
    if (auto done = world_.begin(); !done)
      return ended_by(Verdict::script_error, done.error().doing);
    for (const Step& step : scenario_.steps) {
      if (!run_step(step)) break;
    }
    if (result_.verdict == Verdict::passed || result_.verdict == Verdict::failed) check_faults();
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
    MEBENCH_PROMISE(result_.steps_run <= result_.steps, "no more is run than the story tells");
    if (std::holds_alternative<Meupdate>(step.action)) {
      if (const auto ready = world_.system().get_ready(); !ready)
        return stop(step, verdict_of(ready.error()), ready.error().doing);
    }
    const Before before = look(step.expect, world_);
    StepOutcome outcome =
        std::visit([this](const auto& action) { return perform(action, world_); }, step.action);
    if (!outcome.script_error.empty())
      return stop(step, Verdict::script_error, outcome.script_error);
    if (!outcome.broken.empty()) return stop(step, Verdict::internal, outcome.broken);
    if (outcome.armed) note_fault(step, *outcome.armed);
    check_step(step, before, world_, outcome);
    for (const Mismatch& mismatch : outcome.mismatches) fail(step, mismatch);
    if (outcome.mismatches.empty()) return true;
    result_.out = std::move(outcome.out);
    result_.err = std::move(outcome.err);
    return false;
  }

  static Verdict verdict_of(const base::Error& error) {
    return error.code == base::Errc::invalid ? Verdict::script_error : Verdict::internal;
  }

  /// False: the story ends here.
  bool stop(const Step& step, Verdict verdict, const std::string& message) {
    result_.verdict = verdict;
    result_.message = with_place(step, message);
    return false;
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

  /// Where a fault was armed, and how often its point had been reached by then.
  struct Armed {
    config::Place place;
    emulator::sim::FaultId id{};
    FaultRule rule;
    std::uint64_t reached = 0;
  };

  void note_fault(const Step& step, emulator::sim::FaultId id) {
    const FaultRule& rule = std::get<ArmFault>(step.action).rule;
    armed_.push_back({.place = step.place,
                      .id = id,
                      .rule = rule,
                      .reached = world_.machine().faults().reached(rule.point)});
  }

  /// A fault that never struck has proved nothing: the story did not show what it set out to show,
  /// and is no pass.
  /// It is told of a story that had failed by then, too, for it may be the reason.
  void check_faults() {
    const auto& plan = world_.machine().faults();
    for (const emulator::sim::ArmedFault& fault : plan.unfired()) {
      const auto armed = std::ranges::find(armed_, fault.id, &Armed::id);
      if (armed != armed_.end()) never_struck(*armed, plan.reached(fault.rule.point));
    }
  }

  void never_struck(const Armed& armed, std::uint64_t reached) {
    const std::uint64_t since = reached - std::min(reached, armed.reached);
    if (result_.verdict == Verdict::passed) result_.verdict = Verdict::invalid;
    result_.failures.push_back(
        {.step = 0,
         .step_text = {},
         .place = to_text(armed.place),
         .what = "armed fault",
         .expected = text_of(armed.rule) + " strikes",
         .got = fmt::format("it never did: {} was reached {} time{}", name(armed.rule.point), since,
                            since == 1 ? "" : "s")});
  }

  const Scenario& scenario_;
  const RunOptions& options_;
  emulator::trace::TraceWriter trace_;
  World world_;
  std::vector<Armed> armed_;
  ScenarioResult result_;
};

}  // namespace

ScenarioResult run_scenario(const Scenario& scenario, const RunOptions& options) {
  return Story(scenario, options).tell();
}

}  // namespace scenarios::engine
