// SPDX-License-Identifier: BSD-3-Clause
// Runs stories in processes of their own, several at a time: one that breaks takes no other along.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "scenarios/engine/result.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::engine {

/// Runs the scenario with this index, in a process made for it.
using RunOne = std::function<ScenarioResult(std::size_t index)>;
/// Told of each result, in the order of the scenarios whatever the order they end in.
using Finished = std::function<void(const ScenarioResult&)>;

/// Asked between events: true ends the run. Nothing more is started, what runs is killed.
using Stopped = std::function<bool()>;

/// Results are of the scenarios that ended, in their order. A process that dies, or that has not
/// ended after `kStoryLimitSeconds` of processor time, is an internal error of its scenario. What
/// it wrote to its standard error is in the message.
inline constexpr unsigned kStoryLimitSeconds = 300;
std::vector<ScenarioResult> run_in_processes(const std::vector<Scenario>& scenarios,
                                             std::size_t jobs, const RunOne& run,
                                             const Finished& finished, const Stopped& stopped);

}  // namespace scenarios::engine
