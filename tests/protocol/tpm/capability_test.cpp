// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/capability.h"

#include <gtest/gtest.h>

#include "tests/protocol/tpm/hex_text.h"

namespace protocol::tpm {
namespace {

using base::Bytes;

TEST(Capability, AsksWithAnAreaAndASubCapability) {
  EXPECT_EQ(capability_command(CapArea::property, kCapPropManufacturer),
            hex("00c1 00000016 00000065 00000005 00000004 00000103"));
  EXPECT_EQ(capability_command(CapArea::version_val),
            hex("00c1 00000012 00000065 0000001a 00000000"));
  EXPECT_EQ(da_logic_command(), hex("00c1 00000014 00000065 00000019 00000002 0002"));
}

TEST(Capability, RequestIsReadBack) {
  const Bytes frame = hex("00c1 00000016 00000065 00000001 00000004 000000aa");
  const auto request = decode_capability_request(frame);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->area, CapArea::ord);
  EXPECT_EQ(number_of(*request), 0xAAu);
  EXPECT_FALSE(decode_capability_request(hex("00c1 00000016 00000065 00000001 00000005 000000aa")));
}

TEST(Capability, AnswerIsALengthAndThatManyBytes) {
  const Bytes frame = hex("00c4 00000012 00000000 00000004 494e5443");
  EXPECT_EQ(capability_response(kVendorIntel), frame);
  EXPECT_EQ(base::to_hex(decode_capability_response(frame).value()), "494e5443");
  EXPECT_FALSE(decode_capability_response(hex("00c4 00000012 00000000 00000005 494e5443")));
  EXPECT_FALSE(decode_capability_response(hex("00c4 0000000a 00000003")));
}

TEST(Capability, PermanentFlagsStandInTheSpecificationsOrder) {
  // disable 0, ownership 1, deactivated 0, readPubek 1, ... ppCMDEnable 1, ... nvLocked 1
  const Bytes bytes = hex("001f 00 01 00 01 00 01 00 00 01 00 00 00 00 00 01 01 00 00 00 00");
  PermanentFlags flags;
  flags.ownership = true;
  flags.read_pubek = true;
  flags.allow_maintenance = true;
  flags.physical_presence_cmd_enable = true;
  flags.enable_revoke_ek = true;
  flags.nv_locked = true;
  EXPECT_EQ(to_bytes(flags), bytes);
  EXPECT_EQ(decode_permanent_flags(bytes), flags);
  EXPECT_FALSE(decode_permanent_flags(hex("0020 00 00 00 00 00")));
}

TEST(Capability, VolatileFlagsAreFive) {
  const Bytes bytes = hex("0020 01 00 00 01 00");
  const StclearFlags flags{.deactivated = true, .physical_presence_lock = true};
  EXPECT_EQ(to_bytes(flags), bytes);
  EXPECT_EQ(decode_stclear_flags(bytes), flags);
}

TEST(Capability, VersionInfoOfLibtpmsIsReadAsTheFactsPageDoes) {
  const auto info = decode_version_info(hex("0030 0102129e 0002 03 49424d00 0000"));
  ASSERT_TRUE(info);
  EXPECT_EQ(info->version, (TpmVersion{1, 2, 0x12, 0x9E}));
  EXPECT_EQ(info->vendor, (VendorId{'I', 'B', 'M', 0}));
  EXPECT_EQ(info->errata_revision, 3);
}

TEST(Capability, VersionInfoOfTheItpmCarriesItsBuild) {
  const VersionInfo info{.version = {1, 2, 5, 0},
                         .vendor = kVendorIntel,
                         .vendor_specific = to_bytes(BuildRecord{.hotfix = 1, .build = 1111})};
  const Bytes bytes = hex("0030 01020500 0002 03 494e5443 0004 0001 0457");
  EXPECT_EQ(to_bytes(info), bytes);
  EXPECT_EQ(decode_version_info(bytes), info);
}

TEST(Capability, DaInfoOfLibtpmsInALockoutIsReadAsTheFactsPageDoes) {
  const Bytes bytes = hex("0037 01 0006 0005 0039 00000001 00000001 00000000");
  const DaInfo info{.active = true,
                    .current_count = 6,
                    .threshold_count = 5,
                    .actions = kDaActionTimeout,
                    .action_depend_value = 1};
  EXPECT_EQ(to_bytes(info), bytes);
  EXPECT_EQ(decode_da_info(bytes), info);
}

TEST(Capability, DaInfoWithoutDetailsHasAnotherTag) {
  const Bytes bytes = hex("0038 01 0039 00000001 00000000");
  EXPECT_EQ(to_bytes(DaInfoLimited{.active = true}), bytes);
  EXPECT_EQ(decode_da_info_limited(bytes), DaInfoLimited{.active = true});
  EXPECT_FALSE(decode_da_info(bytes));
}

// The record behind the field report's two readings: 10/240/2/3600, and three bytes
// late 61440/526/4096/0.
TEST(LockoutRecordTest, IsTheReportsAndItsMisreadingToo) {
  const Bytes bytes = hex("000a 00f0 0002 0e10");
  const LockoutRecord record{
      .threshold = 10, .initial_seconds = 240, .multiplier = 2, .fade_out_seconds = 3600};
  EXPECT_EQ(to_bytes(record), bytes);
  EXPECT_EQ(decode_lockout_record(bytes), record);
  Bytes late = bytes;
  late.erase(late.begin(), late.begin() + 3);
  late.resize(LockoutRecord::size);
  EXPECT_EQ(
      decode_lockout_record(late),
      (LockoutRecord{
          .threshold = 61440, .initial_seconds = 526, .multiplier = 4096, .fade_out_seconds = 0}));
}

TEST(BoardRecordTest, IsATextAndTheId) {
  const Bytes bytes = hex("6d 65 62 65 6e 63 68 3a 5a010203 00000000 00000000 000000ff");
  const BoardRecord record{{{0x5A, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF}}};
  EXPECT_EQ(to_bytes(record), bytes);
  EXPECT_EQ(decode_board_record(bytes), record);
  EXPECT_EQ(capability_command(CapArea::mfr, kCapMfrBoardId),
            hex("00c1 00000016 00000065 00000010 00000004 4d424944"));
}

// Another maker's answer to the same question is no board.
TEST(BoardRecordTest, IsNothingElse) {
  const Bytes bytes = to_bytes(BoardRecord{});
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_board_record(base::ByteView(bytes).first(size))) << size;
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(decode_board_record(longer));
  for (std::size_t i = 0; i < BoardRecord::kText.size(); ++i) {
    Bytes other = bytes;
    other[i] ^= 0x20;
    EXPECT_FALSE(decode_board_record(other)) << i;
  }
}

TEST(Capability, EveryTruncatedStructureIsRefused) {
  const Bytes info = hex("0030 01020500 0002 03 494e5443 0004 0001 0457");
  for (std::size_t size = 0; size < info.size(); ++size) {
    EXPECT_FALSE(decode_version_info(base::ByteView(info).first(size))) << size;
  }
  const Bytes da = hex("0037 01 0006 0005 0039 00000001 00000001 00000000");
  for (std::size_t size = 0; size < da.size(); ++size) {
    EXPECT_FALSE(decode_da_info(base::ByteView(da).first(size))) << size;
  }
}

}  // namespace
}  // namespace protocol::tpm
