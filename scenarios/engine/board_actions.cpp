// SPDX-License-Identifier: BSD-3-Clause
// Steps that act on the board, on time, and on what is to go wrong.
#include <fmt/format.h>

#include "emulator/trace/duration_text.h"
#include "scenarios/engine/actions.h"
#include "scenarios/engine/checks.h"

namespace scenarios::engine {
namespace {

using emulator::trace::to_text;

/// How often Until looks.
constexpr base::Duration kLook = std::chrono::milliseconds(1);

StepOutcome cannot(const std::string& why) {
  return {.script_error = why};
}

StepOutcome done_by_host(const base::Result<void>& done) {
  return done ? StepOutcome{} : StepOutcome{.broken = done.error().doing};
}

}  // namespace

StepOutcome perform(const Check&, World&) {
  return {};
}

StepOutcome perform(const Meupdate& action, World& world) {
  return world.system().run(action);
}

StepOutcome perform(const Power& action, World& world) {
  base::Result<void> done;
  switch (action.action) {
    case PowerAction::on:
      world.machine().power_on();
      return {};
    case PowerAction::reset_platform:
      return done_by_host(world.system().restart());
    case PowerAction::reset_me:
      world.machine().reset_me();
      return {};
    case PowerAction::off:
      done = world.system().shut_down();
      break;
    case PowerAction::cut:
      break;
  }
  world.machine().power_cut();
  world.system().go_down();
  return done_by_host(done);
}

StepOutcome perform(const Wait& action, World& world) {
  return done_by_host(world.system().sleep(action.amount));
}

StepOutcome perform(const Until& action, World& world) {
  const base::TimePoint end = world.host().now() + action.limit;
  while (world.host().now() < end) {
    if (check_facts(action.device, world.machine()).empty()) return {};
    if (auto slept = world.system().sleep(kLook); !slept) return done_by_host(slept);
  }
  StepOutcome outcome;
  outcome.mismatches = check_facts(action.device, world.machine());
  for (Mismatch& mismatch : outcome.mismatches)
    mismatch.what += fmt::format(", {} later", to_text(action.limit));
  return outcome;
}

StepOutcome perform(const SetUp& action, World& world) {
  switch (action.action) {
    case SetUp::Action::provision:
      world.machine().provision(action.mode);
      break;
    case SetUp::Action::begin:
      world.machine().begin_provisioning();
      break;
    case SetUp::Action::unprovision:
      world.machine().unprovision();
      break;
  }
  world.system().go_down();  // the board restarts
  return {};
}

StepOutcome perform(const ArmFault& action, World& world) {
  return {.armed = world.machine().faults().arm(action.rule)};
}

StepOutcome perform(const DisarmFaults&, World& world) {
  world.machine().faults().disarm_all();
  return {};
}

StepOutcome perform(const TakeSnapshot& action, World& world) {
  world.take_snapshot(action.name);
  return {};
}

StepOutcome perform(const Restore& action, World& world) {
  if (auto done = world.restore(action.name); !done) return cannot(done.error().doing);
  return {};
}

StepOutcome perform(const ResetLink&, World& world) {
  world.host().reset_link();
  return {};
}

}  // namespace scenarios::engine
