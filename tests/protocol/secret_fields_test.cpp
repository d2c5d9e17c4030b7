// SPDX-License-Identifier: BSD-3-Clause
// What a log or trace may show of a message: all but its secrets.
#include "protocol/mei/secret_fields.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/hex.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"

namespace protocol::mei {
namespace {

using base::Bytes;

constexpr std::string_view kPassword = "Pa55w0rd!mebx";

bool holds(base::ByteView message, std::string_view text) {
  const base::ByteView wanted = base::as_bytes(text);
  return std::search(message.begin(), message.end(), wanted.begin(), wanted.end()) != message.end();
}

Bytes shown(std::optional<Guid> client, Bytes message) {
  blank_secrets(client, message, message.size());
  return message;
}

Bytes start(std::string_view password) {
  Bytes message(fwu::StartRequest::size);
  base::ByteWriter out(message);
  encode(out, fwu::StartRequest{.image_length = 0x180000,
                                .password = password,
                                .ipu_id = 4,
                                .environment = 1,
                                .oem_id = {0x10, 0x11}});
  return message;
}

TEST(SecretFields, OfAStartAreItsPasswordAndHowLongThatIs) {
  ASSERT_TRUE(holds(start(kPassword), kPassword));
  EXPECT_EQ(shown(kFwuGuid, start(kPassword)), start("")) << "and everything else is left";
}

TEST(SecretFields, OfAMessageOfNobodyKnownAreBlankedAsWell) {
  EXPECT_EQ(shown(std::nullopt, start(kPassword)), start(""));
  EXPECT_EQ(shown(kMkhiGuid, start(kPassword)), start(kPassword)) << "MKHI has no such message";
}

// START of the tools for CSME 12 and later has 90 bytes: four more stand before the password.
TEST(SecretFields, OfALaterStartStandFourBytesLater) {
  const std::string longest(32, 'p');
  Bytes message(90);
  base::ByteWriter(message).u32(2).u32(0x180000).u32(0).u8(0).u8(32).text(longest, 32).u8(0x77);
  ASSERT_TRUE(holds(message, longest));
  const Bytes seen = shown(kFwuGuid, message);
  EXPECT_FALSE(holds(seen, "p"));
  EXPECT_EQ(seen[46], 0x77) << "what follows is left";
}

TEST(SecretFields, AreBlankedInABeginningOfAMessageToo) {
  for (std::size_t size = 0; size <= fwu::StartRequest::size; ++size) {
    Bytes head = start(kPassword);
    head.resize(size);
    blank_secrets(kFwuGuid, head, fwu::StartRequest::size);
    EXPECT_FALSE(holds(head, kPassword.substr(0, 2))) << size;
  }
}

TEST(SecretFields, OfAmtAreTheOneTimePasswordAndTheLocalAccounts) {
  Bytes request(12 + 2 + kPassword.size());
  base::ByteWriter(request)
      .u8(1)
      .u8(1)
      .u16(0)
      .u32(0x0400002A)
      .u32(15)
      .u16(13)
      .bytes(base::as_bytes(kPassword));
  Bytes otp = shown(kAmthiGuid, request);
  EXPECT_FALSE(holds(otp, kPassword.substr(0, 2)));
  EXPECT_TRUE(std::equal(otp.begin(), otp.begin() + 12, request.begin()));

  Bytes reply(12 + 4 + 33 + 33);
  base::ByteWriter out(reply);
  out.u8(1)
      .u8(1)
      .u16(0)
      .u32(0x04800067)
      .u32(70)
      .u32(0)
      .text("$$OsAdmin", 33)
      .text(std::string(kPassword), 33);
  ASSERT_TRUE(holds(reply, kPassword));
  const Bytes account = shown(kAmthiGuid, reply);
  EXPECT_FALSE(holds(account, kPassword.substr(0, 2)));
  EXPECT_TRUE(holds(account, "$$OsAdmin"));
}

TEST(SecretFields, AreNowhereElse) {
  for (const char* hex : {"00000000", "04000000 08000000 000000 0102030405060708", "06000000",
                          "03000000 00000000 00000000 00000000", ""}) {
    const Bytes message = base::from_hex(hex).value();
    EXPECT_EQ(shown(kFwuGuid, message), message);
    EXPECT_EQ(shown(std::nullopt, message), message);
  }
}

}  // namespace
}  // namespace protocol::mei
