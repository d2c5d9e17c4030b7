// SPDX-License-Identifier: BSD-3-Clause
// Numbers and versions in the middle of words, as tools, people and file names have them.
#include "protocol/tools/number_in_text.h"

#include <gtest/gtest.h>

namespace {

using namespace protocol;
using namespace protocol::tools;

TEST(NumberInText, StandsBehindBlanksAndABracket) {
  EXPECT_EQ(number_behind(" (8721): Firmware update through TPM is enabled."), 8721u);
  EXPECT_EQ(number_behind("8741: FW Update Failed."), 8741u);
  EXPECT_EQ(number_behind("code 8741"), std::nullopt);
  EXPECT_EQ(number_behind("4294967296"), std::nullopt) << "more than 32 bits";
}

TEST(NumberInText, IsWholeOrNone) {
  EXPECT_EQ(whole_number("94000245", 16), 0x94000245u);
  EXPECT_EQ(whole_number("8741."), std::nullopt);
  EXPECT_EQ(whole_number(""), std::nullopt);
}

TEST(VersionInText, IsTheOneThatTheFirstDigitsBegin) {
  constexpr FirmwareVersion seen{11, 8, 55, 3510};
  EXPECT_EQ(version_in("Version: 11.8.55.3510 H"), seen);
  EXPECT_EQ(version_in("Win 10, version 11.8.55.3510"), std::nullopt) << "10 begins none";
  EXPECT_EQ(version_anywhere_in("Win 10, version 11.8.55.3510"), seen);
}

TEST(VersionInText, IsAWordOfItsOwn) {
  EXPECT_EQ(version_anywhere_in("v0:12.0.71.1681"), (FirmwareVersion{12, 0, 71, 1681}));
  EXPECT_EQ(version_anywhere_in("part A1.2.3.4"), std::nullopt);
  EXPECT_EQ(version_anywhere_in("5.2.70"), std::nullopt);
}

TEST(VersionInText, ShowsTheGenerationByItsFirstNumber) {
  EXPECT_EQ(leading_major("v11.8 Build 3781, Hotfix 81"), 11);
  EXPECT_EQ(leading_major("7.1.86.1221"), 7);
  EXPECT_EQ(leading_major("184.83.3874"), 0) << "fwupd's numbers of a capsule";
  EXPECT_EQ(leading_major("31.0"), 0) << "no engine's";
}

TEST(FileNames, TellTheVersionOfAnImage) {
  EXPECT_EQ(version_in_file_name("81651568"), "8.1");
  EXPECT_EQ(version_in_file_name("5.2.70.1046"), "5.2");
  EXPECT_EQ(version_in_file_name("ME_11.8_Corporate_D0_H_Production"), "11.8");
  EXPECT_EQ(version_in_file_name("ME8_5M_Production"), "");
  EXPECT_EQ(version_in_file_name("firmware"), "");
  EXPECT_EQ(version_in_packed_name("81651568"), (FirmwareVersion{8, 1, 65, 1568}));
  EXPECT_EQ(version_in_packed_name("20171201"), (FirmwareVersion{2, 0, 17, 1201}))
      << "a date looks the same: it is a guess";
  EXPECT_EQ(version_in_packed_name("719132172"), std::nullopt) << "nine digits";
}

}  // namespace
