// SPDX-License-Identifier: BSD-3-Clause
// The archive as the kernel's documentation lays it out: fields at their places, everything on four
// bytes.
#include "scenarios/guest/cpio_archive.h"

#include <gtest/gtest.h>

namespace scenarios::guest {
namespace {

constexpr std::size_t kHeader = 110;

TEST(CpioArchive, AnEntryIsAHeaderANameAndContentsOnFourBytes) {
  CpioArchive archive;
  archive.add_file("ab", "xyz");
  const std::string bytes = archive.finish();
  EXPECT_EQ(bytes.substr(0, 6), "070701");
  EXPECT_EQ(bytes.substr(14, 8), "000081A4");  // 0100644
  EXPECT_EQ(bytes.substr(54, 8), "00000003");  // contents
  EXPECT_EQ(bytes.substr(94, 8), "00000003");  // name with its NUL
  EXPECT_EQ(bytes.substr(kHeader, 3), std::string("ab\0", 3));
  EXPECT_EQ(bytes.substr(116, 3), "xyz");     // 113, rounded up
  EXPECT_EQ(bytes.substr(120, 6), "070701");  // 119, rounded up
}

TEST(CpioArchive, TheTrailerEndsIt) {
  CpioArchive archive;
  const std::string bytes = archive.finish();
  EXPECT_EQ(bytes.substr(kHeader, 10), "TRAILER!!!");
  EXPECT_EQ(bytes.size() % 4, 0u);
}

TEST(CpioArchive, ProgramsCanBeRunAndFoldersAreFolders) {
  CpioArchive archive;
  archive.add_program("p", "");
  archive.add_folder("d");
  const std::string bytes = archive.finish();
  EXPECT_EQ(bytes.substr(14, 8), "000081ED");
  EXPECT_EQ(bytes.substr(112 + 14, 8), "000041ED");
}

}  // namespace
}  // namespace scenarios::guest
