// SPDX-License-Identifier: BSD-3-Clause
// What Python's tarfile reads of ours, and what GNU tar writes for us, tests/integration/collect
// holds against each other.
#include "base/tar.h"

#include <gtest/gtest.h>

namespace {

using base::Bytes;
using base::TarFile;

Bytes contents(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t at = 0; at < size; ++at) bytes[at] = static_cast<std::uint8_t>(at * 7);
  return bytes;
}

TEST(TarArchive, ComesBackAsItWas) {
  const std::vector<TarFile> files = {{"a", {}}, {"b/c", contents(512)}, {"d", contents(513)}};
  const auto read = base::read_tar(base::tar_archive(files));
  ASSERT_TRUE(read) << read.error().doing;
  ASSERT_EQ(read->size(), files.size());
  for (std::size_t at = 0; at < files.size(); ++at) {
    EXPECT_EQ((*read)[at].name, files[at].name);
    EXPECT_EQ((*read)[at].contents, files[at].contents);
  }
}

TEST(TarArchiveDeathTest, ANameFitsItsField) {
  EXPECT_EQ(base::tar_archive({{std::string(100, 'a'), {}}}).size(), 3 * 512u);
  EXPECT_DEATH((void)base::tar_archive({{std::string(101, 'a'), {}}}), "fits its field");
}

TEST(TarArchive, HasBlocksOf512BytesAndTwoOfZerosAtItsEnd) {
  const Bytes archive = base::tar_archive({{"a", contents(1)}});
  EXPECT_EQ(archive.size(), 512u * 4);
  EXPECT_EQ(std::string(archive.begin() + 257, archive.begin() + 262), "ustar");
  EXPECT_EQ(archive[512], contents(1)[0]);
}

TEST(TarArchive, BrokenOffAnywhereIsAnErrorWithItsOffset) {
  const Bytes archive = base::tar_archive({{"a", contents(600)}, {"b", contents(1)}});
  for (std::size_t size = 0; size < archive.size() - 1024; size += 100) {
    const auto read = base::read_tar(base::ByteView(archive).first(size));
    ASSERT_FALSE(read) << size;
    EXPECT_NE(read.error().doing.find("at offset"), std::string::npos);
  }
}

TEST(TarArchive, OneFlippedBitOfAHeaderIsSeen) {
  const Bytes archive = base::tar_archive({{"a", contents(1)}});
  for (std::size_t at = 0; at < 512; ++at) {
    if (at == 155) continue;  // the blank that ends the checksum
    Bytes wrong = archive;
    wrong[at] ^= 1;
    EXPECT_FALSE(base::read_tar(wrong)) << at;
  }
}

TEST(TarArchive, OfOnlyZerosIsEmpty) {
  const auto read = base::read_tar(Bytes(1024));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->empty());
}

}  // namespace
