// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/typography.h"

#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

TEST(Typography, SignsOfWordProcessorsBecomeWhatTheToolPrints) {
  EXPECT_EQ(as_printed_by_tool("Intel\xC2\xAE QST"), "Intel(R) QST");
  EXPECT_EQ(as_printed_by_tool("00\xE2\x80\x93"
                               "1a\xE2\x80\x91"
                               "2b"),
            "00-1a-2b");
  EXPECT_EQ(as_printed_by_tool("Register\xE2\x80\xA6."), "Register....");
}

TEST(Typography, EntitiesOfHtmlAreReadOnceAndMakeNoControlCharacter) {
  EXPECT_EQ(as_printed_by_tool("Intel&reg; AMT:&nbsp;5.0.1"), "Intel(R) AMT: 5.0.1");
  EXPECT_EQ(as_printed_by_tool("&amp;lt;"), "&lt;");
  EXPECT_EQ(as_printed_by_tool("&#27;[31m"), "&#27;[31m");
}

TEST(Typography, FormattingTagsComeOffAndWhatIsNoneStays) {
  EXPECT_EQ(as_printed_by_tool("<p>VendorID: 8086<br />"), "VendorID: 8086");
  EXPECT_EQ(as_printed_by_tool("[code][i]VendorID: 8086[/i][/code]"), "VendorID: 8086");
  EXPECT_EQ(as_printed_by_tool("[quote=\"Franz\"]hello[/quote]"), "hello");
  for (const char* line :
       {"C:\\ME>MEUPD.CMD <passwd>", "[12:34:56] x", "<script>alert(1)</script>"})
    EXPECT_EQ(as_printed_by_tool(line), line);
}

TEST(WrappedLines, HalvesOfALineComeTogether) {
  const FieldReport report = reading(
      "VendorID: 8086\niTPM - Physical presence life time lock flag:\nFalse\n"
      "TPM fuses (MCH/ICH/soft strap MCH/ soft strap\nICH): Enabled\nLink status: Link up\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].of_kind(LineKind::content).size(), 4u);
  EXPECT_EQ(value(report.runs[0], Fact::presence_lifetime_lock), "False");
}

TEST(WrappedLines, ASoftBreakOfQuotedPrintableMailIsUndone) {
  const FieldReport report =
      reading("VendorID: 8086\nTPM fuses (MCH/ICH/soft strap MCH/ soft str=\nap ICH): Enabled\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs[0], Fact::tpm_fuses), "Enabled");
}

TEST(WrappedLines, ALabelWithoutAValueIsNotFilledWithTheNextWords) {
  const FieldReport report = reading("VendorID: 8086\nConfiguration Mode:\nthank you\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs[0], Fact::configuration_mode), "");
}

}  // namespace
}  // namespace scenarios::field
