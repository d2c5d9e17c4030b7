// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/field_upgrade.h"

#include <gtest/gtest.h>

#include "tests/protocol/tpm/hex_text.h"

namespace protocol::tpm {
namespace {

using base::Bytes;

TEST(UpgradeBodyTest, QueriesAreThirteenBytesWithoutACheckByte) {
  EXPECT_EQ(upgrade_command(UpgradeCommand::information, {}),
            hex("00c1 0000000d 000000aa 10 0000"));
  EXPECT_EQ(upgrade_command(UpgradeCommand::status, {}), hex("00c1 0000000d 000000aa 11 0000"));
}

TEST(UpgradeBodyTest, OthersEndWithTheXorOfEverything) {
  // 32 ^ 00 ^ 01 ^ 00 = 33; 31 ^ 00 ^ 03 ^ 01 ^ 02 ^ 04 = 35
  EXPECT_EQ(upgrade_command(UpgradeCommand::complete, hex("00")),
            hex("00c1 0000000f 000000aa 32 0001 00 33"));
  EXPECT_EQ(upgrade_command(UpgradeCommand::data, hex("010204")),
            hex("00c1 00000011 000000aa 31 0003 010204 35"));
}

TEST(UpgradeBodyTest, IsReadBack) {
  const Bytes bytes = hex("31 0003 010204 35");
  const DecodedBody decoded = decode_upgrade_body(bytes);
  EXPECT_EQ(decoded.fault, BodyFault::none);
  EXPECT_EQ(decoded.body.command, UpgradeCommand::data);
  EXPECT_EQ(base::to_hex(decoded.body.data), "010204");
}

TEST(UpgradeBodyTest, FaultsAreToldApart) {
  EXPECT_EQ(decode_upgrade_body(hex("31 0003 010204 36")).fault, BodyFault::check_byte);
  EXPECT_EQ(decode_upgrade_body(hex("31 0003 010204")).fault, BodyFault::length);
  EXPECT_EQ(decode_upgrade_body(hex("31 0003 0102")).fault, BodyFault::length);
  EXPECT_EQ(decode_upgrade_body(hex("31 0003 010204 35 00")).fault, BodyFault::length);
  EXPECT_EQ(decode_upgrade_body(hex("10 0000 00")).fault, BodyFault::length);
  EXPECT_EQ(decode_upgrade_body(hex("")).fault, BodyFault::length);
  EXPECT_EQ(decode_upgrade_body(hex("20 0000 20")).fault, BodyFault::unknown_command);
}

TEST(UpgradeStartTest, NamesTheImageTheOwnerAuthorises) {
  const UpgradeStart start{
      .image_length = 0x00180000, .image_digest = twenty(0xD1), .oem_id = {0x0E}, .password = "pw"};
  const Bytes bytes =
      hex("00180000 d1d1d1d1 d1d1d1d1 d1d1d1d1 d1d1d1d1 d1d1d1d1"
          "0e000000 00000000 00000000 00000000 02 7077");
  EXPECT_EQ(to_bytes(start), bytes);
  const auto decoded = decode_upgrade_start(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->image_length, 0x00180000u);
  EXPECT_EQ(decoded->image_digest, twenty(0xD1));
  EXPECT_EQ(decoded->password, "pw");
}

TEST(UpgradeStartTest, RefusesEveryOtherLength) {
  const Bytes whole = to_bytes(UpgradeStart{.image_length = 1, .password = "pw"});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode_upgrade_start(base::ByteView(whole).first(size))) << size;
  }
  const Bytes too_long =
      to_bytes(UpgradeStart{.image_length = 1, .password = std::string(33, 'x')});
  EXPECT_FALSE(decode_upgrade_start(too_long));
}

TEST(UpgradeAnswers, AreALengthAndTheirFields) {
  const UpgradeInformation info{.owner_set = true,
                                .deferred_presence = true,
                                .max_block = 1024,
                                .state = UpgradeState::staging,
                                .version = {5, 0, 1, 1111},
                                .last_status = 8706};
  const Bytes bytes = hex("0011 02 09 0400 01 0005 0000 0001 0457 00002202");
  EXPECT_EQ(to_bytes(info), bytes);
  EXPECT_EQ(decode_upgrade_information(bytes), info);

  const UpgradeStatus status{.state = UpgradeState::committed,
                             .feeder = UpgradeFeeder::tpm,
                             .announced = 0x1000,
                             .received = 0x0800,
                             .last_status = 0x213,
                             .reset_type = 2,
                             .digest = twenty(0xD1),
                             .working = UpgradeWork::complete};
  const Bytes status_bytes = hex(
      "0027 04 02 00001000 00000800 00000213 00000002 d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1 03");
  EXPECT_EQ(to_bytes(status), status_bytes);
  EXPECT_EQ(decode_upgrade_status(status_bytes), status);

  const UpgradeOutcome outcome{.status = 8719, .reset_type = 1};
  EXPECT_EQ(to_bytes(outcome), hex("0008 0000220f 00000001"));
  EXPECT_EQ(decode_upgrade_outcome(hex("0008 0000220f 00000001")), outcome);
  EXPECT_FALSE(decode_upgrade_outcome(hex("0008 0000220f 000000")));
  EXPECT_FALSE(decode_upgrade_outcome(hex("0007 0000220f 000000")));
}

TEST(UpgradeAnswers, OfTheFirstLayoutTellNoDigest) {
  const UpgradeStatus status{.layout = kFirstUpgradeLayout,
                             .state = UpgradeState::staging,
                             .feeder = UpgradeFeeder::tpm,
                             .announced = 0x1000,
                             .received = 0x0800,
                             .last_status = 1,
                             .reset_type = 0};
  const Bytes bytes = hex("0012 01 02 00001000 00000800 00000001 00000000");
  EXPECT_EQ(to_bytes(status), bytes);
  EXPECT_EQ(decode_upgrade_status(bytes), status);
  EXPECT_FALSE(decode_upgrade_status(hex("0013 01 02 00001000 00000800 00000001 00000000 00")));
}

}  // namespace
}  // namespace protocol::tpm
