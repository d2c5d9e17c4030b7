// SPDX-License-Identifier: BSD-3-Clause
// The word that somebody meant.
#include "base/nearest.h"

#include <gtest/gtest.h>

namespace base {
namespace {

const std::vector<std::string> kWords = {"--junit", "--jobs", "--json", "--shard"};

TEST(Nearest, FindsTheWordWithTheFewestLettersWrong) {
  EXPECT_EQ(nearest("--junti", kWords), "--junit");
  EXPECT_EQ(nearest("--jsno", kWords), "--json");
}

/// Two letters the wrong way round are one slip of the fingers, not two wrong letters.
TEST(Nearest, TakesTwoSwappedLettersForOneFault) {
  EXPECT_EQ(nearest("--jbos", std::vector<std::string>{"--json", "--jobs"}), "--jobs");
  EXPECT_EQ(nearest("rnu", std::vector<std::string>{"reproduce", "run"}), "run");
}

TEST(Nearest, TakesAWordThatIsCutShortOrGoesOnForTheWord) {
  EXPECT_EQ(nearest("--ju", kWords), "--junit");
  EXPECT_EQ(nearest("--shards-of-all", kWords), "--shard");
}

TEST(Nearest, PrefersTheOneThatBeginsAlikeAmongThoseAsNear) {
  const std::vector<std::string> keys = {"key", "sku"};
  EXPECT_EQ(nearest("skew", keys), "sku");
  EXPECT_EQ(nearest("skew", std::vector<std::string>{"sku", "key"}), "sku");
}

TEST(Nearest, FindsNothingNearAnotherWord) {
  EXPECT_EQ(nearest("--password", kWords), "");
  EXPECT_EQ(nearest("", kWords), "");
}

}  // namespace
}  // namespace base
