// SPDX-License-Identifier: BSD-3-Clause
// The messages of ME 6 to CSME 16 against golden strings: replies of real boards where there are
// some.
#include <gtest/gtest.h>

#include "protocol/heci/hbm_later.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/fwu_later.h"
#include "protocol/mei/fwu_status.h"
#include "protocol/mei/mkhi.h"
#include "tests/golden/golden.h"

namespace protocol {
namespace {

template <class Message, class... Form>
base::Bytes encoded(const Message& message, const Form&... form) {
  base::Bytes room(1024);
  base::ByteWriter out(room);
  encode(out, message, form...);
  EXPECT_TRUE(out.ok());
  return {out.written().begin(), out.written().end()};
}

TEST(LaterVersion, IsReadFromARealReplyOfMe9) {
  const golden::File golden("fwu_later");
  const auto m = fwu::decode_version_reply(golden["version_reply_me9"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->status, 0u);
  EXPECT_EQ(m->sku, 0xC11199E0u);
  EXPECT_EQ(m->ich_version, 0x00800005u);
  EXPECT_EQ(m->vendor, 0x8086u);
  EXPECT_EQ(m->hardware_sku, 0x01001860u);
  EXPECT_EQ(m->code, (FirmwareVersion{9, 0, 2, 1345}));
  EXPECT_EQ(*m->amt, (FirmwareVersion{9, 0, 2, 1345}));
  EXPECT_FALSE(m->recovery);
  EXPECT_EQ(m->enabled_update_interfaces, 1u);
  EXPECT_EQ(*m->later, (fwu::LaterVersion{.security_version = 1, .data_format = 0x10000}));
}

TEST(LaterVersion, IsWrittenAsTheRealMe9WritesIt) {
  const golden::File golden("fwu_later");
  const fwu::VersionReply m{
      .sku = 0xC11199E0,
      .ich_version = 0x00800005,
      .vendor = 0x8086,
      .hardware_sku = 0x01001860,
      .code = {9, 0, 2, 1345},
      .amt = FirmwareVersion{9, 0, 2, 1345},
      .enabled_update_interfaces = 1,
      .later = fwu::LaterVersion{.security_version = 1, .data_format = 0x10000}};
  EXPECT_EQ(encoded(m, fwu::VersionForm::bytes_56), golden["version_reply_me9"]);
}

TEST(PartialUpdates, AreReadAndWrittenAsTheRealMe9WritesThem) {
  const golden::File golden("fwu_later");
  const fwu::PartialUpdate mdmv{.name = "MDMV",
                                .load_address = 0x420,
                                .version = {9, 0, 2, 1345},
                                .instance = 0x1234,
                                .update_version = 0x10000,
                                .expected_instance = 0x1234,
                                .expected_update_version = 0x10000};
  const auto m = fwu::decode_partial_updates_reply(golden["partial_updates_reply_me9"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->partitions, (std::vector<fwu::PartialUpdate>{mdmv}));
  EXPECT_EQ(
      encoded(fwu::PartialUpdatesReply{.partitions = {mdmv}}, fwu::PartialUpdatesReply::slots_me9),
      golden["partial_updates_reply_me9"]);
}

TEST(PartialUpdates, OfCsme15HaveA1000Bytes) {
  EXPECT_EQ(fwu::PartialUpdatesReply::size_with(fwu::PartialUpdatesReply::slots_csme15), 1000u);
  EXPECT_EQ(fwu::PartialUpdatesReply::size_with(fwu::PartialUpdatesReply::slots_me9), 232u);
}

TEST(PartialUpdates, ThatAreMoreThanTheReplyHasRoomForAreNotRead) {
  const golden::File golden("fwu_later");
  base::Bytes reply = golden["partial_updates_reply_me9"];
  reply[20] = 5;
  EXPECT_FALSE(fwu::decode_partial_updates_reply(reply));
  reply.pop_back();
  EXPECT_FALSE(fwu::decode_partial_updates_reply(reply));
}

TEST(Start, HasItsKindInByte8InFormAAndInByte12InFormB) {
  const golden::File golden("fwu_later");
  fwu::StartRequest m{.image_length = 0x123456};
  EXPECT_EQ(encoded(m), golden["start_a"]);
  m.update_type = 1;
  m.password = "ab";
  m.ipu_id = 0x564D444D;
  EXPECT_EQ(encoded(m, fwu::StartForm::a), golden["start_a_partial"]);
  m.oem_id = {0xA1, 0xA2, 0xA2, 0xA2, 0xA2, 0xA2, 0xA2, 0xA2,
              0xA2, 0xA2, 0xA2, 0xA2, 0xA2, 0xA2, 0xA2, 0xA2};
  EXPECT_EQ(encoded(m, fwu::StartForm::b), golden["start_b_partial"]);
}

TEST(Start, IsReadInTheFormThatIsAskedForAlone) {
  const golden::File golden("fwu_later");
  const base::Bytes& b = golden["start_b_partial"];
  EXPECT_FALSE(fwu::decode_start(b, fwu::StartForm::a));
  const auto m = fwu::decode_start(b, fwu::StartForm::b);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->image_length, 0x123456u);
  EXPECT_EQ(m->update_type, 1);
  EXPECT_EQ(m->password, "ab");
  EXPECT_EQ(m->ipu_id, 0x564D444Du);
  EXPECT_EQ(m->oem_id[0], 0xA1);
  EXPECT_FALSE(fwu::decode_start(golden["start_a"], fwu::StartForm::b));
}

TEST(Data, OfMe9HasOneByteMore) {
  const golden::File golden("fwu_later");
  const base::Bytes three = {0x11, 0x22, 0x33};
  EXPECT_EQ(encoded(fwu::DataRequest{.data = three}, fwu::DataForm::padded), golden["data_padded"]);
  const auto m = fwu::decode_data_request(golden["data_padded"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(base::Bytes(m->data.begin(), m->data.end()), three);
}

TEST(LaterReplies, AreThoseOfARealCsme15) {
  const golden::File golden("fwu_later");
  using fwu::Status;
  const auto word = [](Status s) { return fwu::number(s); };
  EXPECT_EQ(encoded(fwu::StartReply{.status = word(Status::start_length)}),
            golden["bare_start_reply_csme15"]);
  EXPECT_EQ(encoded(fwu::DataReply{.status = word(Status::start_length)}),
            golden["bare_data_reply_csme15"]);
  EXPECT_EQ(encoded(fwu::EndReply{.status = word(Status::end_without_data)}),
            golden["bare_end_reply_csme15"]);
  EXPECT_EQ(encoded(fwu::InvalidReply{.status = word(Status::unknown_command)}),
            golden["unknown_reply"]);
  EXPECT_EQ(fwu::decode_invalid_reply(golden["unknown_reply"])->status, 0x8Du);
  EXPECT_EQ(encoded(fwu::RestorePointReply{.status = 0, .bytes = 0x29A000}),
            golden["restore_point_reply"]);
  const auto busy = fwu::decode_restore_point_reply(golden["restore_point_busy_reply"]);
  ASSERT_TRUE(busy);
  EXPECT_EQ(busy->status, word(Status::restore_point_started));
}

TEST(LaterReplies, OfOneWordOrAnOemIdAreReadAndWritten) {
  const golden::File golden("fwu_later");
  const auto info = fwu::decode_info_status_reply(golden["info_status_reply"]);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->flags, fwu::kInitDone | fwu::kUpdateRuns);
  EXPECT_EQ(encoded(fwu::InfoStatusReply{.flags = 0x18}), golden["info_status_reply"]);
  base::Bytes request(24);
  base::ByteWriter out(request);
  fwu::encode_info_status_request(out);
  EXPECT_EQ(request, golden["info_status_request"]);
  EXPECT_EQ(encoded(fwu::OemIdReply{}), golden["oem_id_reply"]);
  EXPECT_TRUE(fwu::decode_oem_id_reply(golden["oem_id_reply"]));
  EXPECT_EQ(encoded(fwu::VerifyOemIdRequest{}), golden["verify_oem_id_request"]);
  EXPECT_EQ(encoded(fwu::VerifyOemIdReply{}), golden["verify_oem_id_reply"]);
  const auto platform =
      fwu::decode_word_reply(golden["platform_type_reply"], fwu::Later::platform_type);
  ASSERT_TRUE(platform);
  EXPECT_EQ(platform->word, 0x42000492u);
  EXPECT_FALSE(fwu::decode_word_reply(golden["platform_type_reply"], fwu::Later::feature_state));
}

TEST(LaterRequests, AreAnsweredByTheGenerationsThatHaveThem) {
  EXPECT_TRUE(fwu::answers(9, 0x00));
  EXPECT_FALSE(fwu::answers(15, 0x00)) << "FF 8D on 15.0.42";
  EXPECT_FALSE(fwu::answers(15, 0x08)) << "likewise";
  for (const std::uint32_t type : {0x02, 0x04, 0x06, 0x12, 0x18, 0x1A})
    EXPECT_TRUE(fwu::answers(15, type)) << type;
  EXPECT_FALSE(fwu::answers(9, 0x2C)) << "no such message";
}

TEST(LaterStatus, StandsForTheToolFamilysNumber) {
  using update::ToolError;
  EXPECT_EQ(fwu::number(fwu::status_for(ToolError::success)), 0u);
  EXPECT_EQ(fwu::number(fwu::status_for(ToolError::sku_mismatch)), 0x203u);
  EXPECT_EQ(fwu::number(fwu::status_for(ToolError::update_in_progress)), mkhi::kUpdateInProgress);
  EXPECT_EQ(fwu::number(fwu::status_for(ToolError::file_access)), 0x209u) << "has no row";
}

TEST(UpdateProgress, IsTwentyOnePercentInStage4Of19) {
  const golden::File golden("mkhi_later");
  const mkhi::UpdateProgress m{.percent = 21,
                               .stage = 4,
                               .stages = 19,
                               .status = mkhi::kUpdateInProgress,
                               .flags = fwu::kUpdateRuns};
  EXPECT_EQ(mkhi::decode_update_progress(golden["progress_reply"]), m);
  EXPECT_EQ(encoded(m), golden["progress_reply"]);
}

TEST(LaterMkhi, TellsTheVersionInThreeBlocks) {
  const golden::File golden("mkhi_later");
  const FirmwareVersion v{11, 8, 50, 3425};
  const auto m = mkhi::decode_firmware_version_response(golden["version_csme11"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->code, v);
  EXPECT_EQ(m->recovery, v);
  EXPECT_EQ(m->fitc, v);
  EXPECT_EQ(encoded(mkhi::FirmwareVersionResponse{.code = v, .recovery = v, .fitc = v}),
            golden["version_csme11"]);
  const FirmwareVersion t450{10, 0, 60, 3000};
  const base::Bytes whole = encoded(mkhi::FirmwareVersionResponse{.code = t450});
  EXPECT_EQ(base::Bytes(whole.begin() + 4, whole.begin() + 12), golden["version_me10"]);
}

TEST(LaterMkhi, ToMe8TellsTheVersionInTwoBlocks) {
  const FirmwareVersion v{7, 1, 40, 1161};
  base::Bytes reply(mkhi::FirmwareVersionResponse::size_of_two);
  base::ByteWriter out(reply);
  encode(out, mkhi::FirmwareVersionResponse{.code = v, .recovery = v, .fitc = v}, 2);
  EXPECT_EQ(base::to_hex(reply),
            "ff820000"
            "0100070089042800"
            "0100070089042800");
  const auto m = mkhi::decode_firmware_version_response(reply);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->recovery, v);
  EXPECT_EQ(m->fitc, FirmwareVersion{});
  reply[6] = 9;  // ME 9 tells three: this one was cut short
  EXPECT_FALSE(mkhi::decode_firmware_version_response(reply));
}

TEST(LaterMkhi, TellsARuleInFourBytes) {
  const golden::File golden("mkhi_later");
  EXPECT_EQ(encoded(mkhi::GetRuleRequest{.rule = 0}), golden["capabilities_request"]);
  const auto m = mkhi::decode_get_rule_response(golden["capabilities_csme11"]);
  ASSERT_TRUE(m);
  ASSERT_EQ(m->data.size(), 4u);
  EXPECT_EQ(base::ByteReader(m->data).u32(), 0x31101140u);
}

TEST(LaterHbm, AgreesOn22WithoutCapabilitiesAndWithoutARing) {
  const golden::File golden("hbm_later");
  const auto start = hbm::decode_host_start_request(golden["start_2_2"]);
  ASSERT_TRUE(start);
  EXPECT_EQ(start->major, 2);
  EXPECT_EQ(
      encoded(hbm::HostStartResponse{.version_supported = true, .max_minor = 2, .max_major = 2}),
      golden["start_2_2_agreed"]);
  EXPECT_EQ(encoded(hbm::CapabilitiesRequest{.wanted = 5}), golden["capabilities_6_1"]);
  EXPECT_EQ(hbm::decode_capabilities_request(golden["capabilities_6_1"])->wanted, 5);
  EXPECT_EQ(encoded(hbm::CapabilitiesResponse{}), golden["capabilities_none"]);
  EXPECT_EQ(encoded(hbm::DmaSetupResponse{.status = 5}), golden["dma_not_allowed"]);
  EXPECT_EQ(hbm::decode_dma_setup_response(golden["dma_not_allowed"])->status,
            static_cast<std::uint8_t>(hbm::Status::not_allowed));
  EXPECT_EQ(hbm::DmaSetupRequest::size, 40u);
}

TEST(LaterHbm, AddsAClientThatWasNotEnumerated) {
  const golden::File golden("hbm_later");
  const hbm::AddClientRequest m{.me_addr = 0x21,
                                .properties = {.guid = mei::kFwuGuid, .max_message_length = 4096}};
  EXPECT_EQ(encoded(m), golden["add_client"]);
  const auto read = hbm::decode_add_client_request(golden["add_client"]);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->properties.guid, mei::kFwuGuid);
  EXPECT_EQ(read->properties.max_message_length, 4096u);
  EXPECT_EQ(encoded(hbm::AddClientResponse{.me_addr = 0x21}), golden["add_client_taken"]);
}

TEST(LaterHbm, StartsNotifications) {
  const golden::File golden("hbm_later");
  EXPECT_EQ(encoded(hbm::NotifyRequest{.me_addr = 0x21, .host_addr = 1, .start = 1}),
            golden["notify_start"]);
  const auto m = hbm::decode_notify_response(golden["notify_started"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->start, 1);
  EXPECT_EQ(encoded(hbm::NotifyResponse{.me_addr = 0x21, .host_addr = 1, .status = 0, .start = 1}),
            golden["notify_started"]);
}

}  // namespace
}  // namespace protocol
