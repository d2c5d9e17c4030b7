// SPDX-License-Identifier: BSD-3-Clause
// Firmware-update messages against their golden bytes.
#include "protocol/mei/fwu.h"

#include "tests/golden/checks.h"
#include "tests/golden/golden.h"

namespace protocol::fwu {
namespace {

using golden::encoded;
using golden::expect_only_this_size_decodes;

const golden::File& file() {
  static const golden::File fwu("fwu");
  return fwu;
}
std::string hex(const char* name) {
  return base::to_hex(file()[name]);
}

std::string encoded_request(Type type) {
  std::array<std::uint8_t, 8> buffer{};
  base::ByteWriter out(buffer);
  encode_request(out, type);
  return base::to_hex(out.written());
}

const VersionReply kEsprimo{.status = 0,
                            .sku = 2110,
                            .ich_version = 10,
                            .mch_version = 2,
                            .vendor = 0x8086,
                            .last_update_status = 1,
                            .hardware_sku = 12,
                            .code = {5, 0, 1, 1111},
                            .amt = FirmwareVersion{5, 2, 70, 1046},
                            .recovery = {},
                            .enabled_update_interfaces = 5};

TEST(FirmwareUpdateMessage, RequestsAreABareType) {
  EXPECT_EQ(encoded_request(Type::get_version), hex("get_version_request"));
  EXPECT_EQ(encoded_request(Type::get_info), hex("get_info_request"));
  EXPECT_EQ(encoded_request(Type::end), hex("end_request"));
  EXPECT_EQ(decode_type(file()["get_info_request"]), 8u);
  EXPECT_FALSE(decode_type(base::ByteView(file()["get_info_request"]).first(3)));
}

TEST(FirmwareUpdateMessage, VersionReplyHasThe52ByteForm) {
  EXPECT_EQ(file()["get_version_reply"].size(), 52u);
  const auto m = decode_version_reply(file()["get_version_reply"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->sku, 2110u);
  EXPECT_EQ(m->ich_version, 10u);
  EXPECT_EQ(m->mch_version, 2u);
  EXPECT_EQ(m->vendor, 0x8086u);
  EXPECT_EQ(m->last_update_status, 1u);
  EXPECT_EQ(m->hardware_sku, 12u);
  EXPECT_EQ(to_text(m->code), "5.0.1.1111");
  EXPECT_EQ(to_text(*m->amt), "5.2.70.1046");
  EXPECT_FALSE(m->recovery);
  EXPECT_EQ(m->enabled_update_interfaces, 5);
  EXPECT_EQ(encoded(kEsprimo), hex("get_version_reply"));
}

TEST(FirmwareUpdateMessage, VersionReplyOfMe3HasThe47ByteForm) {
  EXPECT_EQ(file()["get_version_reply_me3"].size(), 47u);
  const auto m = decode_version_reply(file()["get_version_reply_me3"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->status, 0u);
  EXPECT_EQ(m->sku, 6u);
  EXPECT_EQ(m->ich_version, 9u);
  EXPECT_EQ(m->mch_version, 1u);
  EXPECT_EQ(m->vendor, 0x8086u);
  EXPECT_EQ(to_text(m->code), "3.2.20.1044");
  EXPECT_EQ(to_text(*m->recovery), "3.2.1.1069");
  EXPECT_FALSE(m->amt);
  EXPECT_EQ(m->enabled_update_interfaces, 1);
  EXPECT_EQ(m->last_update_status, 2u);
}

TEST(FirmwareUpdateMessage, Me3FormEncodesFieldByField) {
  const VersionReply m{.status = 0,
                       .sku = 6,
                       .ich_version = 9,
                       .mch_version = 1,
                       .vendor = 0x8086,
                       .last_update_status = 2,
                       .hardware_sku = 0,
                       .code = {3, 2, 20, 1044},
                       .amt = {},
                       .recovery = FirmwareVersion{3, 2, 1, 1069},
                       .enabled_update_interfaces = 1};
  std::array<std::uint8_t, 64> buffer{};
  base::ByteWriter out(buffer);
  encode_me3(out, m);
  EXPECT_EQ(base::to_hex(out.written()), hex("get_version_reply_me3"));
}

TEST(FirmwareUpdateMessage, InfoReplyUnpacksItsBitFields) {
  const auto m = decode_info_reply(file()["get_info_reply"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->status, 0u);
  EXPECT_EQ(to_text(m->mebx), "5.0.5.8");
  EXPECT_EQ(m->flash_override_policy, 3u);
  EXPECT_EQ(m->manageability_mode, ManageabilityMode::amt);
  EXPECT_EQ(m->bios_boot_state, kBiosPostBoot);
  EXPECT_TRUE(m->crypto_fuse);
  EXPECT_TRUE(m->flash_protection);
  EXPECT_EQ(m->override_qualifier, OverrideQualifier::always);
  EXPECT_EQ(m->reset_reason, ResetReason::system_reset);
  EXPECT_EQ(m->override_counter, kOverrideCounterAlways);
  EXPECT_EQ(m->bios_version, "6.00 R1.19.2824.A1");
  EXPECT_EQ(encoded(*m), hex("get_info_reply"));
}

TEST(FirmwareUpdateMessage, EachBitFieldOfInfoStandsAlone) {
  const auto m = decode_info_reply(file()["get_info_reply_restricted"]);
  ASSERT_TRUE(m);
  EXPECT_FALSE(m->crypto_fuse);
  EXPECT_TRUE(m->flash_protection);
  EXPECT_EQ(m->override_qualifier, OverrideQualifier::restricted);
  EXPECT_EQ(m->reset_reason, ResetReason::power_up);
  EXPECT_EQ(m->override_counter, 3);
  EXPECT_EQ(encoded(*m), hex("get_info_reply_restricted"));
}

TEST(FirmwareUpdateMessage, StartCarriesLengthPasswordAndOemId) {
  const base::Bytes message = file()["start_request"];
  const auto m = decode_start_request(message);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->image_length, 0x180000u);
  EXPECT_EQ(m->update_type, 0);
  EXPECT_EQ(m->password, "abc");
  EXPECT_EQ(m->ipu_id, 4u);
  EXPECT_EQ(m->environment, kEnvironmentField);
  EXPECT_EQ(m->flags, 0x80000000u);
  EXPECT_EQ(base::to_hex(m->oem_id), "101112131415161718191a1b1c1d1e1f");
  EXPECT_EQ(encoded(*m), hex("start_request"));
}

TEST(FirmwareUpdateMessage, StartWithAPasswordBeyondItsFieldIsRefused) {
  base::Bytes message = file()["start_request"];
  message[9] = 33;
  EXPECT_FALSE(decode_start_request(message));
}

TEST(FirmwareUpdateMessage, DataIsCountedAndMayHaveOnePadByte) {
  EXPECT_EQ(base::to_hex(decode_data_request(file()["data_request"])->data), "244d414eff");
  EXPECT_EQ(base::to_hex(decode_data_request(file()["data_request_padded"])->data), "244d414eff");
  base::Bytes longer = file()["data_request_padded"];
  longer.push_back(0);
  EXPECT_FALSE(decode_data_request(longer));
  const base::Bytes payload = {0x24, 0x4D, 0x41, 0x4E, 0xFF};
  EXPECT_EQ(encoded(DataRequest{.data = payload}), hex("data_request"));
}

TEST(FirmwareUpdateMessage, DataThatClaimsMoreThanItCarriesIsRefused) {
  base::Bytes message = file()["data_request"];
  message[4] = 6;
  EXPECT_FALSE(decode_data_request(message));
  message[7] = 0xFF;
  EXPECT_FALSE(decode_data_request(message));
}

TEST(FirmwareUpdateMessage, LargestDataFillsTheClientsLimit) {
  EXPECT_EQ(max_data_length(512), 500u);
  EXPECT_EQ(max_data_length(12), 0u);
  EXPECT_EQ(max_data_length(3), 0u);
}

TEST(FirmwareUpdateMessage, RepliesCarryTheStatus) {
  EXPECT_EQ(decode_start_reply(file()["start_reply"])->status, 8721u);
  EXPECT_EQ(encoded(StartReply{.status = 8721}), hex("start_reply"));
  EXPECT_EQ(decode_data_reply(file()["data_reply"])->status, 8714u);
  EXPECT_EQ(encoded(DataReply{.status = 8714}), hex("data_reply"));
  EXPECT_EQ(decode_end_reply(file()["end_reply"])->reset_type, kResetPlatform);
  EXPECT_EQ(encoded(EndReply{.status = 0, .reset_type = kResetPlatform}), hex("end_reply"));
}

TEST(FirmwareUpdateMessage, WrongSizesAreRefused) {
  expect_only_this_size_decodes(file()["get_version_reply_me3"], decode_version_reply);
  expect_only_this_size_decodes(file()["get_info_reply"], decode_info_reply);
  expect_only_this_size_decodes(file()["start_request"], decode_start_request);
  expect_only_this_size_decodes(file()["start_reply"], decode_start_reply);
  expect_only_this_size_decodes(file()["data_reply"], decode_data_reply);
  expect_only_this_size_decodes(file()["end_reply"], decode_end_reply);
  golden::expect_no_prefix_decodes(file()["data_request"], decode_data_request);
}

TEST(FirmwareUpdateMessage, The52ByteFormIsRefusedAtEveryOtherLength) {
  const base::ByteView whole = file()["get_version_reply"];
  // Only the size tells the two forms apart, as in the LMS of the era: 47 bytes of this one read as
  // the older one.
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(decode_version_reply(whole.first(length)).has_value(),
              length == VersionReply::size_me3)
        << length;
  }
}

TEST(FirmwareUpdateMessage, AnotherTypeIsRefusedThoughTheSizeFits) {
  EXPECT_FALSE(decode_info_reply(file()["get_version_reply"]));
  EXPECT_FALSE(decode_version_reply(file()["get_info_reply"]));
  base::Bytes data = file()["data_request"];
  data[0] = 6;
  EXPECT_FALSE(decode_data_request(data));
}

}  // namespace
}  // namespace protocol::fwu
