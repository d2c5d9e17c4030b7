// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/wrapped.h"

#include <gtest/gtest.h>

namespace updater::report {
namespace {

TEST(Wrapped, GoesOnBelowTheWordsBehindTheLabel) {
  EXPECT_EQ(wrapped("  Meaning:   one two three four five six\n  Next:      go\n", 28),
            "  Meaning:   one two three\n             four five six\n  Next:      go\n");
}

TEST(Wrapped, LeavesWhatFitsAsItIs) {
  const std::string text = "a line\n\n  another: line\n";
  EXPECT_EQ(wrapped(text, 40), text);
}

TEST(Wrapped, KeepsALongWordWhole) {
  EXPECT_EQ(wrapped("see https://example.org/a/very/long/address now\n", 24),
            "see\nhttps://example.org/a/very/long/address\nnow\n");
}

TEST(Wrapped, DoesNothingWhereThereIsNoWidthOrNone) {
  const std::string text = "one two three four five six seven eight nine ten\n";
  EXPECT_EQ(wrapped(text, 0), text);
  EXPECT_EQ(wrapped(text, 10), text);
}

TEST(Wrapped, CountsCharactersAndNotBytes) {
  EXPECT_EQ(wrapped("\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4 ab cd ef gh ij kl mno\n", 25),
            "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4 ab cd ef gh ij kl\nmno\n");
}

}  // namespace
}  // namespace updater::report
