// SPDX-License-Identifier: BSD-3-Clause
// Which share of the work is this process's: an option, or what a test runner says in the
// environment.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "scenarios/engine/find_scenarios.h"

namespace scenarios::cli {

/// `option` ("2/4") goes first; empty: GTEST_TOTAL_SHARDS and GTEST_SHARD_INDEX, then Bazel's
/// TEST_TOTAL_SHARDS and TEST_SHARD_INDEX (both count from 0), whose TEST_SHARD_STATUS_FILE is made
/// to say that shares are understood; else all of it. Errors: invalid (says which of them makes
/// no sense).
base::Result<engine::Shard> chosen_shard(const std::string& option);

}  // namespace scenarios::cli
