// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/owner_secret.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "tests/temporary_folder.h"

namespace updater::tpm {
namespace {

using base::Bytes;
using base::Errc;

Bytes bytes_of(const OwnerSecret& secret) {
  return {secret.bytes().begin(), secret.bytes().end()};
}

const os::NoCoreDumps held;

/// A file that goes with the test.
struct SecretFile {
  explicit SecretFile(std::size_t size) : path(folder.write("secret", std::string(size, 'S'))) {}

  const tests::TemporaryFolder folder;
  const std::string path;
};

// sha1sum of "abc" is the first example of FIPS 180-4.
TEST(OwnerSecret, OfAPassphraseIsItsSha1) {
  EXPECT_EQ(bytes_of(OwnerSecret::from_passphrase("abc")),
            base::from_hex("a9993e364706816aba3e25717850c26c9cd0d89d"));
}

// printf 'a\0b\0c\0' | sha1sum
TEST(OwnerSecret, InUnicodeIsTheSha1OfItsUtf16Units) {
  EXPECT_EQ(bytes_of(*OwnerSecret::from_passphrase_utf16("abc")),
            base::from_hex("9f04f41a848514162050e3d68c1a7abb441dc2b5"));
}

TEST(OwnerSecret, InUnicodeMustBeUtf8) {
  const auto secret = OwnerSecret::from_passphrase_utf16("\xFF");
  ASSERT_FALSE(secret);
  EXPECT_EQ(secret.error().code, Errc::invalid);
}

TEST(OwnerSecret, WellKnownIsTwentyZeroBytes) {
  EXPECT_EQ(bytes_of(OwnerSecret::well_known()), Bytes(20));
}

TEST(OwnerSecret, OfAFileIsItsTwentyBytes) {
  const SecretFile file(20);
  const auto secret = OwnerSecret::from_file(file.path, held);
  ASSERT_TRUE(secret);
  EXPECT_EQ(bytes_of(*secret), Bytes(20, 'S'));
}

TEST(OwnerSecret, AFileOfAnotherSizeIsRefused) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{19}, std::size_t{21}}) {
    const SecretFile file(size);
    const auto secret = OwnerSecret::from_file(file.path, held);
    ASSERT_FALSE(secret) << size;
    EXPECT_EQ(secret.error().code, Errc::invalid);
  }
}

TEST(OwnerSecret, AMissingFileIsNotFound) {
  EXPECT_EQ(OwnerSecret::from_file("/nonexistent/secret", held).error().code, Errc::not_found);
}

TEST(OwnerSecret, LeavesNothingWhereItWasMovedFrom) {
  OwnerSecret secret = OwnerSecret::from_passphrase("abc");
  const OwnerSecret taken = std::move(secret);
  EXPECT_TRUE(bytes_of(secret).empty());  // NOLINT: what is left is the point
  EXPECT_EQ(bytes_of(taken).size(), 20u);
}

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Printable<OwnerSecret>);
static_assert(!std::is_copy_constructible_v<OwnerSecret>);

}  // namespace
}  // namespace updater::tpm
