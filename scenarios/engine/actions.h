// SPDX-License-Identifier: BSD-3-Clause
// What each kind of step does to a story's world: one function a kind.
#pragma once

#include "scenarios/engine/step.h"
#include "scenarios/engine/step_outcome.h"
#include "scenarios/engine/world.h"

namespace scenarios::engine {

StepOutcome perform(const Check& action, World& world);
StepOutcome perform(const Meupdate& action, World& world);
StepOutcome perform(const Power& action, World& world);
StepOutcome perform(const Wait& action, World& world);
StepOutcome perform(const Until& action, World& world);
StepOutcome perform(const SetUp& action, World& world);
StepOutcome perform(const ArmFault& action, World& world);
StepOutcome perform(const DisarmFaults& action, World& world);
StepOutcome perform(const TakeSnapshot& action, World& world);
StepOutcome perform(const Restore& action, World& world);
StepOutcome perform(const ResetLink& action, World& world);
StepOutcome perform(const Fwu& action, World& world);
StepOutcome perform(const Bus& action, World& world);
StepOutcome perform(const BiosSetUp& action, World& world);
StepOutcome perform(const PutTpm& action, World& world);
StepOutcome perform(const TpmActions& action, World& world);

}  // namespace scenarios::engine
