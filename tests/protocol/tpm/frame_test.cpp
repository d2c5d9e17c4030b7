// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/frame.h"

#include <gtest/gtest.h>

#include <set>

#include "protocol/tpm/owner.h"
#include "tests/protocol/tpm/hex_text.h"

namespace protocol::tpm {
namespace {

TEST(TpmFrame, StartupIsTwelveBytes) {
  EXPECT_EQ(startup_command(StartupType::clear), hex("00c1 0000000c 00000099 0001"));
  EXPECT_EQ(startup_command(StartupType::state), hex("00c1 0000000c 00000099 0002"));
  EXPECT_EQ(startup_command(StartupType::deactivated), hex("00c1 0000000c 00000099 0003"));
}

TEST(TpmFrame, AnErrorHasNoBodyAndTheUnauthorisedTag) {
  EXPECT_EQ(error_response(ReturnCode::auth_fail), hex("00c4 0000000a 00000001"));
  EXPECT_EQ(error_response(ReturnCode::defend_lock_running), hex("00c4 0000000a 00000803"));
}

TEST(TpmFrame, SizeMustBeThatOfTheFrame) {
  EXPECT_TRUE(decode_command(hex("00c1 0000000a 000000f1")));
  EXPECT_FALSE(decode_command(hex("00c1 0000000b 000000f1")));
  EXPECT_FALSE(decode_command(hex("00c1 0000000a 000000f1 00")));
  EXPECT_FALSE(decode_command(hex("00c1 00000009 000000")));
  EXPECT_FALSE(decode_command({}));
}

TEST(TpmFrame, BodyIsWhatFollowsTheHeader) {
  const base::Bytes frame = hex("00c2 0000000d 000000aa 10 0000");
  const auto command = decode_command(frame);
  ASSERT_TRUE(command);
  EXPECT_EQ(command->tag, Tag::request_auth1);
  EXPECT_EQ(command->ordinal, Ordinal::field_upgrade);
  EXPECT_EQ(base::to_hex(command->body), "100000");
}

TEST(TpmFrame, AnnouncedSizeNeedsSixBytes) {
  EXPECT_EQ(announced_size(hex("00c1 00001000")), 4096u);
  EXPECT_FALSE(announced_size(hex("00c1 000010")));
}

TEST(TpmOrdinals, AreEachListedOnce) {
  std::set<Ordinal> seen;
  for (const OrdinalRow& row : kOrdinals) EXPECT_TRUE(seen.insert(row.ordinal).second) << row.name;
}

TEST(TpmOrdinals, HaveTheSpecificationsNames) {
  EXPECT_EQ(name(Ordinal::field_upgrade), "FieldUpgrade");
  EXPECT_EQ(name(static_cast<Ordinal>(0x4000000A)), "TSC_PhysicalPresence");
  EXPECT_EQ(name(static_cast<Ordinal>(0x7777)), "unknown");
}

TEST(TpmReturnCodes, AreEachListedOnceWithTheirNumber) {
  std::set<ReturnCode> seen;
  for (const ReturnCodeRow& row : kReturnCodes)
    EXPECT_TRUE(seen.insert(row.code).second) << row.name;
  EXPECT_EQ(name(static_cast<ReturnCode>(0x23)), "TPM_NO_ENDORSEMENT");
  EXPECT_EQ(name(static_cast<ReturnCode>(0x803)), "TPM_DEFEND_LOCK_RUNNING");
  EXPECT_EQ(name(static_cast<ReturnCode>(0x12)), "TPM_NOSRK");
}

TEST(TpmReturnCodes, OnlyThoseFromEightHundredPass) {
  EXPECT_TRUE(passes(ReturnCode::retry));
  EXPECT_TRUE(passes(ReturnCode::defend_lock_running));
  EXPECT_FALSE(passes(ReturnCode::auth_fail));
}

}  // namespace
}  // namespace protocol::tpm
