// SPDX-License-Identifier: BSD-3-Clause
// The test vectors of RFC 4648, section 10.
#include "scenarios/recording/base64.h"

#include <gtest/gtest.h>

namespace scenarios::recording {
namespace {

struct Vector {
  std::string_view plain;
  std::string_view encoded;
};

constexpr Vector kVectors[] = {{"", ""},
                               {"f", "Zg=="},
                               {"fo", "Zm8="},
                               {"foo", "Zm9v"},
                               {"foob", "Zm9vYg=="},
                               {"fooba", "Zm9vYmE="},
                               {"foobar", "Zm9vYmFy"}};

TEST(Base64, IsThatOfTheRfcBothWays) {
  for (const Vector& vector : kVectors) {
    const base::Bytes plain(vector.plain.begin(), vector.plain.end());
    EXPECT_EQ(to_base64(plain), vector.encoded);
    EXPECT_EQ(from_base64(vector.encoded), plain) << vector.encoded;
  }
}

TEST(Base64, HasTheLettersPlusAndSlash) {
  const base::Bytes bytes = {0xFB, 0xFF, 0xFE};
  EXPECT_EQ(to_base64(bytes), "+//+");
  EXPECT_EQ(from_base64("+//+"), bytes);
}

TEST(Base64, WhatIsNoneIsNotRead) {
  for (const char* text : {"Z", "Zg", "Zg=", "Z===", "====", "Zm9v!m8=", "Zm=v", "Zm9v\n"})
    EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace
}  // namespace scenarios::recording
