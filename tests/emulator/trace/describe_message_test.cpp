// SPDX-License-Identifier: BSD-3-Clause
// The bus in words. Messages are written out from the layouts of the protocols, byte by byte.
#include "emulator/trace/describe_message.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "emulator/clients/amthi_client.h"
#include "emulator/clients/fwu_client.h"
#include "emulator/clients/mkhi_client.h"
#include "emulator/heci/hbm_words.h"
#include "protocol/mei/clients.h"

namespace emulator::trace {
namespace {

std::string words(const sim::MessageWords& client, std::string_view hex) {
  const base::Bytes message = *base::from_hex(hex);
  return say(client, message, message.size());
}

TEST(DescribeMessage, NamesHostBusMessages) {
  EXPECT_EQ(words(heci::kHbmWords, "01 00 00 01"), "HBM HOST_START_REQ 000001");
  EXPECT_EQ(words(heci::kHbmWords, "86 20 01 03"), "HBM CONNECT_RES 200103");
  EXPECT_EQ(words(heci::kHbmWords, "7f 00 00 00"), "HBM unknown command 0x7f");
}

TEST(DescribeMessage, TellsLengthsAndStatusesOfAnUpdate) {
  EXPECT_EQ(words(clients::FwuClient::kWords, "02000000 00001800"), "FWU START 1572864 bytes");
  EXPECT_EQ(words(clients::FwuClient::kWords, "04000000 f4010000"), "FWU DATA 500 bytes");
  EXPECT_EQ(words(clients::FwuClient::kWords, "03000000 11220000"), "FWU START_REPLY status 8721");
  EXPECT_EQ(words(clients::FwuClient::kWords, "06000000"), "FWU END");
}

TEST(DescribeMessage, SurvivesMessagesThatEndTooSoon) {
  EXPECT_EQ(words(heci::kHbmWords, ""), "HBM nothing");
  EXPECT_EQ(words(heci::kHbmWords, "01"), "HBM HOST_START_REQ ");
  EXPECT_EQ(words(clients::FwuClient::kWords, "0200"), "FWU 0200");
  EXPECT_EQ(words(clients::FwuClient::kWords, "02000000 00"), "FWU START 0 bytes");
  EXPECT_EQ(words(clients::MkhiClient::kWords, "ff"), "MKHI ff");
  EXPECT_EQ(words(clients::AmthiClient::kWords, "0101"), "AMTHI 0101");
}

TEST(ClientMap, LearnsAddressesFromThePropertiesTheMeTells) {
  ClientMap known;
  const sim::TraceRecord message{.me_addr = 0x21, .words = &clients::FwuClient::kWords};
  EXPECT_STREQ(known.words_of(message).name, "client");
  // CLIENT_PROPS_RES of address 21h, status 0, and the GUID of the firmware-update client.
  known.learn(0,
              *base::from_hex("85 21 00 00 e8cd9d30b1cc62408f78600115a34327 01 01 00 00 00020000"));
  EXPECT_STREQ(known.words_of(message).name, "FWU");
  EXPECT_EQ(known.guid_at(0x21), protocol::mei::kFwuGuid);
}

TEST(ClientMap, LearnsNothingFromOtherMessages) {
  ClientMap known;
  known.learn(7,
              *base::from_hex("85 21 00 00 e8cd9d30b1cc62408f78600115a34327 01 01 00 00 00020000"));
  known.learn(0,
              *base::from_hex("85 22 01 00 e8cd9d30b1cc62408f78600115a34327 01 01 00 00 00020000"));
  EXPECT_EQ(known.guid_at(0x21), std::nullopt);
  EXPECT_EQ(known.guid_at(0x22), std::nullopt);
}

TEST(ClientMap, SaysAMessageWithTheWordsThatItsClientBrings) {
  ClientMap known;
  const sim::MessageWords own{
      .name = "lights", .says = [](base::ByteView message, std::size_t size) {
        return "lamp " + std::to_string(message[0]) + " of " + std::to_string(size);
      }};
  const base::Bytes data = {3, 9};
  const sim::TraceRecord record{.kind = sim::TraceKind::message_to_me,
                                .me_addr = 0x23,
                                .host_addr = 1,
                                .data = data,
                                .words = &own};
  EXPECT_EQ(describe_untimed(record, known, data, 2), "-> client 0309 (2 bytes, me 0x23 host 1)");
  known.learn(0,
              *base::from_hex("85 23 00 00 000102030405060708090a0b0c0d0e0f 01 01 00 00 00020000"));
  EXPECT_EQ(describe_untimed(record, known, data, 2),
            "-> lights lamp 3 of 2 (2 bytes, me 0x23 host 1)");
}

}  // namespace
}  // namespace emulator::trace
