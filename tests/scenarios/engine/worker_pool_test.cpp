// SPDX-License-Identifier: BSD-3-Clause
// Stories in processes of their own: what one does to itself stays with it.
#include "scenarios/engine/worker_pool.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "tests/scenarios/engine/load.h"

namespace scenarios::engine {
namespace {

ScenarioResult result_named(const std::string& id) {
  ScenarioResult result;
  result.id = id;
  return result;
}

std::vector<std::string> ids(const std::vector<ScenarioResult>& results) {
  std::vector<std::string> out;
  for (const ScenarioResult& result : results) out.push_back(result.id);
  return out;
}

const Stopped never = [] { return false; };

TEST(WorkerPool, AnswersInTheStoriesOrderHoweverManyRunAtOnce) {
  for (const std::size_t jobs : {1u, 2u, 16u}) {
    std::vector<std::string> told;
    const auto results = run_in_processes(
        stories(9), jobs, [](std::size_t i) { return result_named("story-" + std::to_string(i)); },
        [&](const ScenarioResult& result) { told.push_back(result.id); }, never);
    EXPECT_EQ(told, ids(results)) << jobs;
    EXPECT_EQ(results.at(8).id, "story-8");
  }
}

TEST(WorkerPool, AStoryThatCrashesIsAnInternalErrorAndTakesNoOtherAlong) {
  const auto results = run_in_processes(
      stories(3), 2,
      [](std::size_t i) {
        if (i == 1) {
          std::fputs("last words\n", stderr);
          std::signal(SIGABRT, SIG_DFL);
          ::kill(::getpid(), SIGABRT);
        }
        return result_named("story-" + std::to_string(i));
      },
      [](const ScenarioResult&) {}, never);
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[0].verdict, Verdict::passed);
  EXPECT_EQ(results[1].verdict, Verdict::internal);
  EXPECT_EQ(results[1].id, "story-1");
  EXPECT_EQ(results[1].message, "its process was ended by signal 6 (Aborted)\nlast words\n");
  EXPECT_EQ(results[2].verdict, Verdict::passed);
}

TEST(WorkerPool, AStoryThatLeavesWithoutAResultIsAnInternalError) {
  const auto results = run_in_processes(
      stories(1), 1, [](std::size_t) -> ScenarioResult { std::_Exit(0); },
      [](const ScenarioResult&) {}, never);
  EXPECT_EQ(results.at(0).verdict, Verdict::internal);
  EXPECT_EQ(results.at(0).message, "its process ended early");
}

TEST(WorkerPool, CarriesAResultThatIsLongerThanAPipe) {
  const std::string longest(3'000'000, 'x');
  const auto results = run_in_processes(
      stories(2), 2,
      [&](std::size_t) {
        ScenarioResult result = result_named("long");
        result.message = longest;
        return result;
      },
      [](const ScenarioResult&) {}, never);
  EXPECT_EQ(results.at(0).message, longest);
  EXPECT_EQ(results.at(1).message, longest);
}

TEST(WorkerPool, ARunThatIsStoppedKillsWhatRunsAndStartsNothingMore) {
  bool stop = false;
  const auto results = run_in_processes(
      stories(3), 2,
      [](std::size_t i) {
        if (i > 0) ::pause();  // only a kill ends this one
        return result_named("story-" + std::to_string(i));
      },
      [&](const ScenarioResult&) { stop = true; }, [&] { return stop; });
  EXPECT_EQ(ids(results), std::vector<std::string>{"story-0"});
  EXPECT_LT(::waitpid(-1, nullptr, WNOHANG), 0);  // no child is left
}

}  // namespace
}  // namespace scenarios::engine
