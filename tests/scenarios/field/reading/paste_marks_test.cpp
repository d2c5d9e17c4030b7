// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/paste_marks.h"

#include <gtest/gtest.h>

#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

TEST(PasteMarks, QuotationMarksComeOffAndAPromptStays) {
  EXPECT_EQ(without_quotes("> > VendorID: 8086"), "VendorID: 8086");
  EXPECT_EQ(without_quotes(">VendorID: 8086"), "VendorID: 8086");
  EXPECT_EQ(without_quotes("C:\\ME>MEInfo.exe"), "C:\\ME>MEInfo.exe");
}

TEST(PasteMarks, BulletsAndTableRowsComeOff) {
  for (const char* line : {"- VendorID: 8086", "* VendorID: 8086", "\xE2\x80\xA2 VendorID: 8086",
                           "| VendorID: 8086 |", "| VendorID: 8086"})
    EXPECT_EQ(without_quotes(line), "VendorID: 8086") << line;
  EXPECT_EQ(without_quotes("***** Flash Info ******"), "***** Flash Info ******");
}

TEST(PasteMarks, ASyslogPrefixComesOffAndASentenceThatBeginsLikeOneStays) {
  EXPECT_EQ(without_time("Mar 12 10:00:06 pc17 meinfo[812]: VendorID: 8086"), "VendorID: 8086");
  const char* sentence = "Mar 12 10:00:06 we met once more and said: no";
  EXPECT_EQ(without_time(sentence), sentence);
}

TEST(PasteMarks, TimesInFrontComeOff) {
  for (const char* stamp :
       {"[12:34:56] ", "12:34:56 ", "12:34:56.789: ", "2012-03-04 12:34 ", "2012-03-04T12:34:56Z ",
        "[04.03.2012 12:34:56,123] ", "3/4/2012 1:02:03 PM - "}) {
    EXPECT_EQ(without_time(std::string(stamp) + "Error (8721): x"), "Error (8721): x") << stamp;
  }
}

TEST(PasteMarks, ValuesThatLookLikeTimesStay) {
  for (const char* line :
       {"5.2.70.1046", "00-19-39-47-bb-dd", "12:34 is no stamp", "192.168.0.1", "10"})
    EXPECT_EQ(without_time(line), line);
}

TEST(PasteMarks, LineNumbersOfCodeBoxesAreSeen) {
  for (const char* line : {"12: VendorID: 8086", "12. VendorID: 8086", "12) VendorID: 8086",
                           "12|VendorID: 8086", "  12  VendorID: 8086"}) {
    const auto found = line_number(line);
    ASSERT_TRUE(found) << line;
    EXPECT_EQ(found->number, 12u);
    EXPECT_EQ(found->rest, "VendorID: 8086");
  }
  EXPECT_TRUE(line_number("12"));
  EXPECT_FALSE(line_number("5.2.70.1046"));
  EXPECT_FALSE(line_number("5.2 was installed"));
  EXPECT_FALSE(line_number("00-19-39-47-bb-dd"));
}

TEST(LogLine, NothingATerminalObeysIsLeftInVisibleText) {
  EXPECT_EQ(visible("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(visible("a\x07\x7f"), "a\\x07\\x7f");
  EXPECT_EQ(visible("a\xc2\x9b"
                    "31m"),
            "a\\u009b31m");
  EXPECT_EQ(visible("a\xe2\x80\xae"
                    "b"),
            "a\\u202eb");
  EXPECT_EQ(visible("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(visible("\xc0\xaf"), "\\xc0\\xaf");
  EXPECT_EQ(visible("a\tb\xc2\xa0"
                    "c"),
            "a b c");
  EXPECT_EQ(visible("\xef\xbb\xbf"
                    "caf\xc3\xa9"),
            "caf\xc3\xa9");
}

}  // namespace
}  // namespace scenarios::field
