// SPDX-License-Identifier: BSD-3-Clause
// What a host reads of the iTPM, in the bytes of the field report and of the facts pages.
#include <gtest/gtest.h>

#include "emulator/tpm/identity.h"
#include "tests/emulator/tpm/rig.h"
#include "tests/protocol/tpm/hex_text.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

TEST(Identity, VendorIsIntel) {
  Rig rig;
  EXPECT_EQ(Host(rig.tpm).send(hex("00c1 00000016 00000065 00000005 00000004 00000103")),
            hex("00c4 00000012 00000000 00000004 494e5443"));
}

TEST(Identity, VersionIsTheFirmwaresBehindOneTwo) {
  Rig rig;
  // 1.2.5.0, level 2, errata 3, INTC, then our own record: hotfix 1, build 1111.
  EXPECT_EQ(Host(rig.tpm).send(hex("00c1 00000012 00000065 0000001a 00000000")),
            hex("00c4 00000021 00000000 00000013"
                "0030 01020500 0002 03 494e5443 0004 0001 0457"));
}

TEST(Identity, OldVersionStructureIsOneOneAsOnEveryTpmOfTheTcg) {
  Rig rig;
  EXPECT_EQ(Host(rig.tpm).send(hex("00c1 00000012 00000065 00000006 00000000")),
            hex("00c4 00000012 00000000 00000004 01010000"));
}

TEST(Identity, OldVersionStructureFollowsNoUpdate) {
  Rig rig;
  rig.tpm.me_stopped();
  rig.tpm.me_started({.major = 5, .minor = 2, .hotfix = 70, .build = 1046});
  EXPECT_EQ(Host(rig.tpm).send(hex("00c1 00000012 00000065 00000006 00000000")),
            hex("00c4 00000012 00000000 00000004 01010000"));
}

TEST(Identity, VersionFollowsAnUpdate) {
  Rig rig;
  rig.tpm.me_stopped();
  rig.tpm.me_started({.major = 5, .minor = 2, .hotfix = 70, .build = 1046});
  const Bytes answer = Host(rig.tpm).send(capability_command(CapArea::version_val));
  const auto info = decode_version_info(decode_capability_response(answer).value());
  EXPECT_EQ(info->version, (TpmVersion{1, 2, 5, 2}));
  EXPECT_EQ(decode_build_record(info->vendor_specific), (BuildRecord{.hotfix = 70, .build = 1046}));
}

TEST(Identity, FieldUpgradeIsAmongItsOrdinals) {
  Rig rig;
  EXPECT_EQ(Host(rig.tpm).send(hex("00c1 00000016 00000065 00000001 00000004 000000aa")),
            hex("00c4 0000000f 00000000 00000001 01"));
}

TEST(Identity, LockoutRecordIsThatOfTheReport) {
  Rig rig;
  // inactive, 0 of 10 failures, time-out, 0 s left; 10, 240 s, x 2, 3600 s in big-endian.
  EXPECT_EQ(Host(rig.tpm).send(hex("00c1 00000014 00000065 00000019 00000002 0002")),
            hex("00c4 0000002b 00000000 0000001d"
                "0037 00 0000 000a 0039 00000001 00000000 00000008 000a00f000020e10"));
}

TEST(Identity, OwnersCapabilitySaysItToUnderTheTpmsHmac) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.osap(kOwner);
  Bytes out;
  ASSERT_EQ(host.authorised(*session, Ordinal::get_capability_owner, {}, Host::After::end, &out),
            ReturnCode::success);  // which checks the HMAC
  ASSERT_EQ(out.size(), 12u);      // version, then the two words of flags
  EXPECT_EQ(Bytes(out.begin(), out.begin() + 4), hex("01020500"));
}

TEST(Identity, OtherAnswersAreNotTouched) {
  Rig rig;
  const Bytes answer = Host(rig.tpm).send(capability_command(CapArea::property, 0x101));
  EXPECT_EQ(answer, hex("00c4 00000012 00000000 00000004 00000018"));  // 24 PCRs
}

TEST(Identity, TicksCountVirtualTime) {
  Rig rig;
  Host host(rig.tpm);
  const Bytes before = host.send(hex("00c1 0000000a 000000f1"));
  rig.clock.sleep(std::chrono::seconds(5));
  const Bytes after = host.send(hex("00c1 0000000a 000000f1"));
  const auto low = [](const Bytes& b) {
    return base::ByteReader(base::ByteView(b).subspan(16)).be32();
  };
  EXPECT_EQ(after[11], 0x14);                               // TPM_TAG_CURRENT_TICKS
  EXPECT_NEAR(low(after) - low(before), 5'008'000u, 1000);  // and the command's own 8 ms
}

TEST(Identity, FipsAndPresenceFlagsAreTheProfiles) {
  TpmConfig config = fitted();
  config.fips = true;
  config.presence = {.lifetime_lock = true, .command_enabled = true, .hardware_enabled = true};
  Rig rig(config);
  const Bytes answer = Host(rig.tpm).send(capability_command(CapArea::flag, kCapFlagPermanent));
  const auto flags = decode_permanent_flags(decode_capability_response(answer).value());
  EXPECT_TRUE(flags->fips);
  EXPECT_TRUE(flags->physical_presence_lifetime_lock);
  EXPECT_TRUE(flags->physical_presence_hw_enable);
}

}  // namespace
}  // namespace emulator::tpm
