// SPDX-License-Identifier: BSD-3-Clause
#include "os/safe_text.h"

#include <gtest/gtest.h>

namespace os {
namespace {

TEST(SafeText, KeepsLinesAndLettersAndShowsControls) {
  EXPECT_EQ(safe_text("a\nb\tc\x1b\r\x7f"), "a\nb\\x09c\\x1b\\x0d\\x7f");
  EXPECT_EQ(safe_text("M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80"),
            "M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80");
}

TEST(SafeText, ShowsC1ControlsInUtf8AndAsBytes) {
  EXPECT_EQ(safe_text("\xc2\x9b"), "\\xc2\\x9b");
  EXPECT_EQ(safe_text("\x9b"), "\\x9b");
}

TEST(SafeText, ShowsMarksThatTurnTheWritingDirection) {
  EXPECT_EQ(safe_text("a\xe2\x80\xae"
                      "b"),
            "a\\xe2\\x80\\xaeb");
}

TEST(SafeText, ShowsBrokenUtf8AsBytes) {
  EXPECT_EQ(safe_text("\xe0\x82\x9b"), "\\xe0\\x82\\x9b");  // CSI, spelt too long
  EXPECT_EQ(safe_text("\xe2\x82"), "\\xe2\\x82");
  EXPECT_EQ(safe_text("\xff\xc0\x80"), "\\xff\\xc0\\x80");
}

TEST(ShellQuoted, LeavesPlainWordsAndQuotesTheRest) {
  EXPECT_EQ(shell_quoted("--device"), "--device");
  EXPECT_EQ(shell_quoted("sim:x/y.toml"), "sim:x/y.toml");
  EXPECT_EQ(shell_quoted("a b"), "'a b'");
  EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_quoted(""), "''");
}

}  // namespace
}  // namespace os
