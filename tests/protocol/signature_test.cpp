// SPDX-License-Identifier: BSD-3-Clause
// Signatures against the openssl command line: what it signed we accept, what we signed it accepts.
#include "protocol/image/signature.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/hex.h"
#include "tests/golden/golden.h"
#include "tests/temporary_folder.h"

namespace protocol::image {
namespace {

using base::Bytes;
namespace fs = std::filesystem;

void write_file(const fs::path& path, base::ByteView bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

Bytes read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

/// A folder with a fresh RSA key made by openssl, and the bytes to sign: an empty manifest with its
/// $SKU trailer.
class OpensslSignature : public testing::Test {
 protected:
  void SetUp() override {
    openssl("genrsa -traditional -out key.pem 2048");
    openssl("rsa -in key.pem -pubout -out public.pem");
    const golden::File file("image");
    image_ = file["manifest"];
    image_.insert(image_.end(), file["sku_trailer"].begin(), file["sku_trailer"].end());
    image_[Manifest::at_size] = static_cast<std::uint8_t>(image_.size() / 4);
  }

  bool openssl_succeeds(const std::string& arguments) const {
    const std::string command =
        "cd '" + folder_.string() + "' && openssl " + arguments + " >log 2>&1";
    return std::system(command.c_str()) == 0;
  }
  void openssl(const std::string& arguments) const {
    ASSERT_TRUE(openssl_succeeds(arguments)) << arguments;
  }

  /// What the signature covers, cut out by hand: [0, 0x80) and [0x284, end).
  Bytes covered() const {
    Bytes bytes(image_.begin(), image_.begin() + 0x80);
    bytes.insert(bytes.end(), image_.begin() + 0x284, image_.end());
    return bytes;
  }

  std::string private_key() const {
    const Bytes pem = read_file(folder_ / "key.pem");
    return {pem.begin(), pem.end()};
  }

  /// The modulus as openssl prints it, "Modulus=C0FFEE...", turned little-endian.
  Bytes modulus() const {
    openssl("rsa -in key.pem -modulus -noout -out modulus");
    const Bytes text = read_file(folder_ / "modulus");
    const std::string line(text.begin(), text.end());
    Bytes bytes = *base::from_hex(line.substr(line.find('=') + 1));
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
  }

  bool verifies() const { return signature_verifies(image_, *decode_manifest(image_)); }

  /// Signs with openssl and puts key and signature in place by hand, little-endian at 0x80, 0x180
  /// and 0x184.
  void sign_by_hand(const std::string& digest) {
    write_file(folder_ / "covered", covered());
    openssl("dgst -" + digest + " -sign key.pem -out signature covered");
    Bytes signature = read_file(folder_ / "signature");
    ASSERT_EQ(signature.size(), 256u);
    std::reverse(signature.begin(), signature.end());
    const Bytes n = modulus();
    ASSERT_EQ(n.size(), 256u);
    std::copy(n.begin(), n.end(), image_.begin() + 0x80);
    const Bytes e = {1, 0, 1, 0};
    std::copy(e.begin(), e.end(), image_.begin() + 0x180);
    std::copy(signature.begin(), signature.end(), image_.begin() + 0x184);
  }

  const tests::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
  Bytes image_;
};

TEST_F(OpensslSignature, Sha1SignatureMadeByOpensslIsAccepted) {
  sign_by_hand("sha1");
  EXPECT_TRUE(verifies());
}

TEST_F(OpensslSignature, Sha256SignatureIsForTheLaterManifest) {
  image_[Manifest::at_tag + 2] = 'N';
  image_[Manifest::at_tag + 3] = '2';
  sign_by_hand("sha256");
  EXPECT_TRUE(verifies());
  sign_by_hand("sha1");
  EXPECT_FALSE(verifies());
}

TEST_F(OpensslSignature, AnyChangedBitIsNoticed) {
  sign_by_hand("sha1");
  for (std::size_t at = 0; at < image_.size(); at += 7) {
    image_[at] ^= 0x10;
    EXPECT_FALSE(verifies()) << "byte " << at;
    image_[at] ^= 0x10;
  }
  EXPECT_TRUE(verifies());
}

TEST_F(OpensslSignature, WhatWeSignOpensslVerifies) {
  ASSERT_TRUE(sign(image_, private_key()));
  EXPECT_TRUE(verifies());
  Bytes signature(image_.begin() + 0x184, image_.begin() + 0x284);
  std::reverse(signature.begin(), signature.end());
  write_file(folder_ / "covered", covered());
  write_file(folder_ / "signature", signature);
  EXPECT_TRUE(openssl_succeeds("dgst -sha1 -verify public.pem -signature signature covered"));
  signature[100] ^= 1;
  write_file(folder_ / "signature", signature);
  EXPECT_FALSE(openssl_succeeds("dgst -sha1 -verify public.pem -signature signature covered"));
}

TEST_F(OpensslSignature, SigningStoresThePublicHalfOfTheKey) {
  ASSERT_TRUE(sign(image_, private_key()));
  const auto m = decode_manifest(image_);
  EXPECT_EQ(base::to_hex(m->modulus), base::to_hex(modulus()));
  EXPECT_EQ(m->exponent, 65537u);
}

TEST_F(OpensslSignature, KeyNameIsTheMd5OfModulusAndExponent) {
  ASSERT_TRUE(sign(image_, private_key()));
  write_file(folder_ / "key_bytes", base::ByteView(image_).subspan(0x80, 260));
  openssl("dgst -md5 -binary -out md5 key_bytes");
  EXPECT_EQ(base::to_hex(key_md5(*decode_manifest(image_))),
            base::to_hex(read_file(folder_ / "md5")));
}

TEST_F(OpensslSignature, OnlyAnUnencryptedRsa2048KeySigns) {
  openssl("genrsa -out short.pem 1024");
  openssl("rsa -in key.pem -aes256 -passout pass:secret -out locked.pem");
  openssl("ecparam -name prime256v1 -genkey -out curve.pem");
  for (const char* name : {"short.pem", "locked.pem", "curve.pem", "public.pem"}) {
    const Bytes pem = read_file(folder_ / name);
    const auto outcome = sign(image_, std::string(pem.begin(), pem.end()));
    ASSERT_FALSE(outcome) << name;
    EXPECT_EQ(outcome.error().code, base::Errc::invalid) << name;
  }
}

TEST(Signature, NothingShorterThanAManifestIsSignedOrVerified) {
  Bytes image(Manifest::size - 1);
  EXPECT_FALSE(sign(image, "no key"));
  EXPECT_FALSE(signature_verifies(image, Manifest{}));
}

TEST(Signature, Sha1IsTheStandardOne) {
  // FIPS 180 example: SHA-1 of "abc".
  EXPECT_EQ(base::to_hex(sha1(base::as_bytes("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

}  // namespace
}  // namespace protocol::image
