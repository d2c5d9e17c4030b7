// SPDX-License-Identifier: BSD-3-Clause
// What each kind of step does to a story's world: one function a kind.
#pragma once

#include "scenarios/engine/outcome.h"
#include "scenarios/engine/step.h"
#include "scenarios/engine/world.h"

namespace scenarios::engine {

Outcome perform(const Check& action, World& world);
Outcome perform(const Meupdate& action, World& world);
Outcome perform(const OwnUpdater& action, World& world);
Outcome perform(const Power& action, World& world);
Outcome perform(const Wait& action, World& world);
Outcome perform(const Until& action, World& world);
Outcome perform(const SetUp& action, World& world);
Outcome perform(const ArmFault& action, World& world);
Outcome perform(const DisarmFaults& action, World& world);
Outcome perform(const TakeSnapshot& action, World& world);
Outcome perform(const Restore& action, World& world);
Outcome perform(const ResetLink& action, World& world);
Outcome perform(const Fwu& action, World& world);
Outcome perform(const Bus& action, World& world);
Outcome perform(const BiosSetUp& action, World& world);
Outcome perform(const PutTpm& action, World& world);
Outcome perform(const TpmActions& action, World& world);

}  // namespace scenarios::engine
