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

/// A process that dies, or that has not ended after `kStoryLimitSeconds` of processor time, is an
/// internal error of its scenario. What it wrote to its standard error is in the message.
inline constexpr unsigned kStoryLimitSeconds = 300;
std::vector<ScenarioResult> run_in_processes(const std::vector<Scenario>& scenarios,
                                             std::size_t jobs, const RunOne& run,
                                             const Finished& finished);

}  // namespace scenarios::engine
