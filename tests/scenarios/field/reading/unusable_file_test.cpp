// SPDX-License-Identifier: BSD-3-Clause
// Files that are no text logs are named, with the reason.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/scenarios/field/reports.h"
#include "tests/temporary_folder.h"

namespace scenarios::field {
namespace {

TEST(UnusableFile, ABinaryFileIsNamedAsOne) {
  FieldReport report;
  read_text(std::string("MZ\0\1\2\3", 6), "me.bin", report);
  ASSERT_EQ(report.unusable.size(), 1u);
  EXPECT_EQ(report.unusable[0].why, "is a binary file, not a text log");
  EXPECT_TRUE(report.runs.empty());
}

TEST(UnusableFile, BinariesWithFewNulsAreBinaries) {
  std::string erased(5000, '\xFF');
  for (const std::size_t at : {10u, 4999u}) erased[at] = '\0';
  std::string dotted;
  for (int i = 0; i < 500; ++i) dotted += std::string("readable ") + '\0';
  for (const std::string& bytes : {erased, dotted, std::string(9, '\0')}) {
    FieldReport report;
    read_text(bytes, "me.bin", report);
    ASSERT_EQ(report.unusable.size(), 1u);
    EXPECT_EQ(report.unusable[0].why, "is a binary file, not a text log");
  }
}

TEST(UnusableFile, AFileOfAHundredMegabytesIsNamedAndNotRead) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.file("large.txt");
  std::ofstream(path).seekp(100 << 20) << '.';
  const auto report = read_report({path});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->unusable.size(), 1u);
  EXPECT_NE(report->unusable[0].why.find("has 100 MiB"), std::string::npos);
}

TEST(UnusableFile, APathThatIsNotThereIsAnError) {
  const auto report = read_report({"/nowhere/at/all"});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, base::Errc::not_found);
}

}  // namespace
}  // namespace scenarios::field
