// SPDX-License-Identifier: BSD-3-Clause
// The watchdog's messages, both directions, against bytes from the two drivers.
#include <gtest/gtest.h>

#include <array>

#include "base/hex.h"
#include "protocol/mei/watchdog.h"

namespace protocol::watchdog {
namespace {

template <class Message>
std::string encoded(const Message& m) {
  std::array<std::uint8_t, 32> buffer{};
  base::ByteWriter out(buffer);
  encode(out, m);
  return base::to_hex(out.written());
}

base::Bytes hex(std::string_view text) {
  return base::from_hex(text).value();
}

TEST(WatchdogMessages, StartIsTheEraDriversTwentyBytes) {
  EXPECT_EQ(encoded(StartRequest{.timeout = 120}), "0212131078000000000000000000000000000000");
  EXPECT_EQ(decode_start_request(hex("0212131078000000000000000000000000000000"))->timeout, 120);
}

TEST(WatchdogMessages, StopIsFourBytes) {
  EXPECT_EQ(encoded(StopRequest{}), "02021410");
  EXPECT_TRUE(decode_stop_request(hex("02021410")));
  EXPECT_FALSE(decode_stop_request(hex("02031410 00")));
}

TEST(WatchdogMessages, StartResponseIsSixBytes) {
  EXPECT_EQ(encoded(StartResponse{.status = 0, .state = kStateNotRequired}), "020483100001");
  const auto m = decode_start_response(hex("020483100001"));
  ASSERT_TRUE(m);
  EXPECT_EQ(m->state, kStateNotRequired);
  EXPECT_FALSE(decode_start_response(hex("0202831000")));
}

}  // namespace
}  // namespace protocol::watchdog
