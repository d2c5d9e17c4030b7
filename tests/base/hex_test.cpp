// SPDX-License-Identifier: BSD-3-Clause
// Hexadecimal text both ways.
#include "base/hex.h"

#include <gtest/gtest.h>

namespace {

TEST(Hex, EveryByteComesBack) {
  base::Bytes all(256);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(base::to_hex(all).substr(0, 8), "00010203");
  EXPECT_EQ(base::to_hex(all).substr(508), "feff");
  EXPECT_EQ(base::from_hex(base::to_hex(all)), all);
}

TEST(Hex, BlanksAndCapitalsAreAccepted) {
  EXPECT_EQ(base::from_hex(" aB\tCd\n0 1 "), (base::Bytes{0xAB, 0xCD, 0x01}));
  EXPECT_EQ(base::from_hex(""), base::Bytes{});
}

TEST(Hex, HalfBytesAndOtherCharactersAreRefused) {
  for (const char* wrong : {"a", "abc", "0x12", "gg", "12,34", "1\r2"}) {
    EXPECT_FALSE(base::from_hex(wrong)) << wrong;
  }
}

}  // namespace
