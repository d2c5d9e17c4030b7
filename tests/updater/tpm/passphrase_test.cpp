// SPDX-License-Identifier: BSD-3-Clause
// A passphrase out of a file: one line, and nothing that is not there.
#include "updater/tpm/passphrase.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.h"
#include "updater/io/descriptor.h"

namespace updater::tpm {
namespace {

using base::Errc;

class PassphraseFile : public testing::Test {
 protected:
  base::Result<Passphrase> holding(const std::string& content) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
    return Passphrase::from_file(path_);
  }

  const tests::TemporaryFolder folder_;
  const std::string path_ = folder_.file("passphrase");
};

TEST_F(PassphraseFile, IsItsFirstLineWithoutItsEnd) {
  EXPECT_EQ(holding("open sesame\nnot this\n")->text(), "open sesame");
  EXPECT_EQ(holding("open sesame\r\n")->text(), "open sesame");
  EXPECT_EQ(holding("open sesame")->text(), "open sesame");
  EXPECT_EQ(holding(" blanks are kept \n")->text(), " blanks are kept ");
}

TEST_F(PassphraseFile, AnEmptyLineIsNoPassphrase) {
  EXPECT_EQ(holding("").error().code, Errc::invalid);
  EXPECT_EQ(holding("\nlater\n").error().code, Errc::invalid);
}

TEST_F(PassphraseFile, TakesAsManyBytesAsThereIsRoomForAndNotOneMore) {
  EXPECT_EQ(holding(std::string(1024, 'x') + "\n")->text().size(), 1024u);
  EXPECT_EQ(holding(std::string(1025, 'x') + "\n").error().code, Errc::invalid);
}

TEST_F(PassphraseFile, AFileThatIsMissingIsNamed) {
  const auto missing = Passphrase::from_file("/nonexistent/secret");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::not_found);
  EXPECT_NE(missing.error().doing.find("/nonexistent/secret"), std::string::npos);
}

TEST_F(PassphraseFile, LeavesTheNextLineToTheNextReader) {
  std::ofstream(path_) << "first\nsecond\n";
  const io::Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(Passphrase::read_line(file.number(), "it")->text(), "first");
  EXPECT_EQ(Passphrase::read_line(file.number(), "it")->text(), "second");
}

TEST_F(PassphraseFile, MovesWithoutLeavingACopy) {
  auto first = holding("open sesame");
  const Passphrase second = std::move(*first);
  EXPECT_EQ(second.text(), "open sesame");
  EXPECT_EQ(first->text(), "");
}

}  // namespace
}  // namespace updater::tpm
