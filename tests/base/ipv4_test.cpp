// SPDX-License-Identifier: BSD-3-Clause
#include "base/ipv4.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Ipv4, IsFourNumbersOf0To255) {
  EXPECT_EQ(parse_ipv4("192.168.0.1"), 0xC0A80001u);
  EXPECT_EQ(parse_ipv4("255.255.255.255"), 0xFFFFFFFFu);
  for (const char* text : {"", "1.2.3", "1.2.3.", "1.2.3.4.5", "1.2.3.256", "1.2.3.4 ", "1..3.4"})
    EXPECT_EQ(parse_ipv4(text), std::nullopt) << text;
}

TEST(Ipv4, TextIsReadBackAsTheSameNumber) {
  EXPECT_EQ(ipv4_text(0xC0A80001), "192.168.0.1");
  for (const std::uint32_t address : {0u, 1u, 0x01020304u, 0xFF00FF00u, 0xFFFFFFFFu})
    EXPECT_EQ(parse_ipv4(ipv4_text(address)), address);
}

}  // namespace
}  // namespace base
