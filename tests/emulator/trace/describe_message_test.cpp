// SPDX-License-Identifier: BSD-3-Clause
// The bus in words. Messages are written out from the layouts of the protocols, byte by byte.
#include "emulator/trace/describe_message.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace emulator::trace {
namespace {

std::string words(Client client, std::string_view hex) {
  const base::Bytes message = *base::from_hex(hex);
  return describe(client, message, message.size());
}

TEST(DescribeMessage, NamesHostBusMessages) {
  EXPECT_EQ(words(Client::hbm, "01 00 00 01"), "HBM HOST_START_REQ 000001");
  EXPECT_EQ(words(Client::hbm, "86 20 01 03"), "HBM CONNECT_RES 200103");
  EXPECT_EQ(words(Client::hbm, "0f 00 00 00"), "HBM unknown command 0x0f");
}

TEST(DescribeMessage, TellsLengthsAndStatusesOfAnUpdate) {
  EXPECT_EQ(words(Client::fwu, "02000000 00001800"), "FWU START 1572864 bytes");
  EXPECT_EQ(words(Client::fwu, "04000000 f4010000"), "FWU DATA 500 bytes");
  EXPECT_EQ(words(Client::fwu, "03000000 11220000"), "FWU START_REPLY status 8721");
  EXPECT_EQ(words(Client::fwu, "06000000"), "FWU END");
}

TEST(DescribeMessage, SurvivesMessagesThatEndTooSoon) {
  EXPECT_EQ(words(Client::hbm, ""), "HBM nothing");
  EXPECT_EQ(words(Client::hbm, "01"), "HBM HOST_START_REQ ");
  EXPECT_EQ(words(Client::fwu, "0200"), "FWU 0200");
  EXPECT_EQ(words(Client::fwu, "02000000 00"), "FWU START 0 bytes");
  EXPECT_EQ(words(Client::mkhi, "ff"), "MKHI ff");
  EXPECT_EQ(words(Client::amthi, "0101"), "AMTHI 0101");
}

TEST(ClientMap, LearnsAddressesFromThePropertiesTheMeTells) {
  ClientMap clients;
  EXPECT_EQ(clients.at(0x21), Client::unknown);
  // CLIENT_PROPS_RES of address 21h, status 0, and the GUID of the firmware-update client.
  clients.learn(
      0, *base::from_hex("85 21 00 00 e8cd9d30b1cc62408f78600115a34327 01 01 00 00 00020000"));
  EXPECT_EQ(clients.at(0x21), Client::fwu);
}

TEST(ClientMap, LearnsNothingFromOtherMessages) {
  ClientMap clients;
  clients.learn(
      7, *base::from_hex("85 21 00 00 e8cd9d30b1cc62408f78600115a34327 01 01 00 00 00020000"));
  clients.learn(
      0, *base::from_hex("85 22 01 00 e8cd9d30b1cc62408f78600115a34327 01 01 00 00 00020000"));
  EXPECT_EQ(clients.at(0x21), Client::unknown);
  EXPECT_EQ(clients.at(0x22), Client::unknown);
}

}  // namespace
}  // namespace emulator::trace
