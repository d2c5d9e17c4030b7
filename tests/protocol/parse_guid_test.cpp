// SPDX-License-Identifier: BSD-3-Clause
// GUIDs that come as text.
#include <gtest/gtest.h>

#include "protocol/mei/clients.h"
#include "protocol/mei/parse_guid.h"

namespace {

using protocol::mei::parse_guid;

TEST(ParseGuid, ReadsWhatToTextWrites) {
  const auto fwu = parse_guid("309dcde8-ccb1-4062-8f78-600115a34327");
  ASSERT_TRUE(fwu);
  EXPECT_EQ(*fwu, protocol::mei::kFwuGuid);
  EXPECT_EQ(protocol::mei::to_text(*fwu), "309dcde8-ccb1-4062-8f78-600115a34327");
}

TEST(ParseGuid, HasItsFirstThreeGroupsLittleEndian) {
  const auto guid = parse_guid("00112233-4455-6677-8899-AABBCCDDEEFF");
  ASSERT_TRUE(guid);
  const std::array<std::uint8_t, 16> wire = {0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66,
                                             0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
  EXPECT_EQ(guid->bytes, wire);
}

TEST(ParseGuid, RefusesAnythingElse) {
  for (const char* text :
       {"", "309dcde8", "309dcde8-ccb1-4062-8f78-600115a3432",
        "309dcde8-ccb1-4062-8f78-600115a343277", "309dcde8ccb1-4062-8f78-600115a34327-",
        "309dcde8-ccb1-4062-8f78_600115a34327", "g09dcde8-ccb1-4062-8f78-600115a34327",
        "309dcde8-ccb1-4062-8f78-60011-a34327"})
    EXPECT_FALSE(parse_guid(text)) << text;
}

}  // namespace
