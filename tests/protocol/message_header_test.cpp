// SPDX-License-Identifier: BSD-3-Clause
// The HECI message header against its golden slots.
#include "protocol/heci/message_header.h"

#include "tests/golden/golden.h"

namespace protocol::heci {
namespace {

struct Row {
  const char* name;
  MessageHeader header;
};

const Row kRows[] = {
    {"hbm_start_request",
     {.me_addr = 0, .host_addr = 0, .length = 4, .reserved = 0, .complete = true}},
    {"middle_fragment",
     {.me_addr = 0x21, .host_addr = 3, .length = 511, .reserved = 0, .complete = false}},
    {"bios_to_mkhi", {.me_addr = 7, .host_addr = 0, .length = 8, .reserved = 0, .complete = true}},
    {"reserved_bits_set",
     {.me_addr = 0, .host_addr = 0, .length = 0, .reserved = 0x3F, .complete = true}},
};

std::uint32_t slot(const golden::File& file, const char* name) {
  return base::ByteReader(file[name]).u32();
}

TEST(MessageHeader, SlotsDecodeToTheirFields) {
  const golden::File file("heci_header");
  for (const Row& row : kRows)
    EXPECT_EQ(decode_header(slot(file, row.name)), row.header) << row.name;
}

TEST(MessageHeader, FieldsEncodeToTheirSlots) {
  const golden::File file("heci_header");
  for (const Row& row : kRows) EXPECT_EQ(encode(row.header), slot(file, row.name)) << row.name;
}

TEST(MessageHeader, EverySlotSurvivesDecodingAndEncoding) {
  for (std::uint32_t bit = 0; bit < 32; ++bit) {
    EXPECT_EQ(encode(decode_header(1u << bit)), 1u << bit) << "bit " << bit;
  }
}

}  // namespace
}  // namespace protocol::heci
