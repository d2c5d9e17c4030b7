// SPDX-License-Identifier: BSD-3-Clause
// A payload in slots: four bytes each, the first one lowest, the last slot filled up with zeros.
#include "protocol/heci/slots.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>
#include <vector>

namespace protocol::heci {
namespace {

TEST(Slots, CarryFourBytesTheFirstOneLowest) {
  const base::Bytes payload = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
  std::array<std::uint32_t, 2> slots{};
  pack_slots(payload, slots);
  EXPECT_EQ(slots, (std::array<std::uint32_t, 2>{0x44332211, 0x88776655}));
  base::Bytes back(8);
  unpack_slots(slots, back);
  EXPECT_EQ(back, payload);
}

TEST(Slots, TheLastOneIsFilledUpWithZerosAndNothingBehindItIsTouched) {
  const std::vector<std::pair<base::Bytes, std::uint32_t>> rows = {
      {{0xA1}, 0x000000A1}, {{0xA1, 0xB2}, 0x0000B2A1}, {{0xA1, 0xB2, 0xC3}, 0x00C3B2A1}};
  for (const auto& [payload, expected] : rows) {
    std::array<std::uint32_t, 2> slots = {0xFFFFFFFF, 0xDEADBEEF};
    pack_slots(payload, slots);
    EXPECT_EQ(slots, (std::array<std::uint32_t, 2>{expected, 0xDEADBEEF})) << payload.size();
  }
}

TEST(Slots, AnEmptyPayloadHasNone) {
  std::array<std::uint32_t, 1> slots = {0xDEADBEEF};
  pack_slots({}, slots);
  EXPECT_EQ(slots[0], 0xDEADBEEF);
}

}  // namespace
}  // namespace protocol::heci
