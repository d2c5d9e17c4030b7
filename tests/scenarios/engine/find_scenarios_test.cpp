// SPDX-License-Identifier: BSD-3-Clause
// Which stories a command line means.
#include "scenarios/engine/find_scenarios.h"

#include <filesystem>
#include <set>

#include "tests/scenarios/engine/load.h"

namespace scenarios::engine {
namespace {

TEST(FindScenarios, WalksFoldersSortedAndLeavesBasesOut) {
  const StoryFolder folder;
  for (const char* name : {"b.toml", "a/z.toml", "a/_base.toml", "a/notes.txt"})
    folder.write(name, "");
  const auto found = find_scenario_files({folder.path()});
  ASSERT_TRUE(found) << found.error().doing;
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ(found->at(0).id, "a/z.toml");
  EXPECT_EQ(found->at(1).id, "b.toml");
}

TEST(FindScenarios, TakesALinkToItselfForAStoryThatCannotBeRead) {
  const StoryFolder folder;
  folder.write("a.toml", "");
  std::filesystem::create_symlink("loop.toml", std::filesystem::path(folder.path()) / "loop.toml");
  const auto found = find_scenario_files({folder.path()});
  ASSERT_TRUE(found) << found.error().doing;
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ(found->at(1).id, "loop.toml");
}

TEST(FindScenarios, SaysWhatIsNotThere) {
  const auto found = find_scenario_files({"/no/such/story.toml"});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().doing, "no such file or folder: /no/such/story.toml");
}

TEST(FindScenarios, DoesNotTakeAnEmptyFolderForSuccess) {
  const StoryFolder folder;
  const auto found = find_scenario_files({folder.path()});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, base::Errc::not_found);
}

TEST(Shard, AllSharesTogetherAreTheWholeAndNoStoryIsInTwo) {
  std::multiset<std::string> seen;
  for (std::size_t i = 1; i <= 3; ++i) {
    for (const Scenario& story : share_of(stories(8), {.index = i, .count = 3}))
      seen.insert(story.id);
  }
  std::multiset<std::string> whole;
  for (const Scenario& story : stories(8)) whole.insert(story.id);
  EXPECT_EQ(seen, whole);
}

TEST(Shard, TakesNothingButOneToN) {
  EXPECT_EQ(parse_shard("2/4")->index, 2u);
  for (const char* wrong : {"", "1", "0/4", "5/4", "1/0", "a/b", "1/4x", "-1/4"}) {
    EXPECT_FALSE(parse_shard(wrong)) << wrong;
  }
}

TEST(Filter, KeepsWhatTheExpressionFinds) {
  const auto kept = filtered(stories(12), "-1$|-11");
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 2u);
  EXPECT_EQ(kept->at(1).id, "story-11");
  EXPECT_FALSE(filtered(stories(1), "("));
}

}  // namespace
}  // namespace scenarios::engine
