// SPDX-License-Identifier: BSD-3-Clause
// TPM_FieldUpgrade commands of the wrong form, and what is answered in every state.
#include <gtest/gtest.h>

#include "tests/emulator/tpm/upload.h"
#include "tests/protocol/tpm/hex_text.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

TEST(FieldUpgradeForm, AWrongCheckByteIsABadParameter) {
  Rig rig(open_to_all());
  Bytes command = upgrade_command(UpgradeCommand::complete, Bytes{0});
  command.back() ^= 0x40;
  EXPECT_EQ(Host(rig.tpm).run(command), ReturnCode::bad_parameter);
}

TEST(FieldUpgradeForm, AShortOrLongBodyIsABadSize) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  EXPECT_EQ(host.run(hex("00c1 0000000a 000000aa")), ReturnCode::bad_param_size);
  EXPECT_EQ(host.run(hex("00c1 0000000e 000000aa 10 0000 00")), ReturnCode::bad_param_size);
  EXPECT_EQ(host.run(hex("00c1 0000000d 000000aa 31 0004")), ReturnCode::bad_param_size);
}

TEST(FieldUpgradeForm, AnUnknownSubCommandIsABadParameter) {
  Rig rig(open_to_all());
  EXPECT_EQ(Host(rig.tpm).run(hex("00c1 0000000e 000000aa 77 0000 77")), ReturnCode::bad_parameter);
}

TEST(FieldUpgradeForm, OnlyStartIsAuthorised) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.oiap(kOwner);
  const Bytes body = to_bytes(UpgradeBody{.command = UpgradeCommand::abort, .data = {}});
  EXPECT_EQ(host.authorised(*session, Ordinal::field_upgrade, body), ReturnCode::bad_tag);
}

TEST(FieldUpgradeForm, InformationAnswersInEveryState) {
  TpmConfig config = owned();
  config.state.enabled = false;
  config.state.self_test = SelfTest::failed;
  Rig rig(config);
  const auto info = Host(rig.tpm).information();
  ASSERT_TRUE(info);
  EXPECT_EQ(info->max_block, 1024);
  EXPECT_EQ(info->version, (protocol::FirmwareVersion{5, 0, 1, 1111}));
}

TEST(FieldUpgradeForm, InformationTellsTheWayIn) {
  Rig known(owned());
  EXPECT_TRUE(Host(known.tpm).information()->owner_set);
  EXPECT_FALSE(Host(known.tpm).information()->unowned_allowed);
  Rig open(open_to_all());
  EXPECT_FALSE(Host(open.tpm).information()->owner_set);
  EXPECT_TRUE(Host(open.tpm).information()->unowned_allowed);
}

TEST(FieldUpgradeForm, AFailedSelfTestTakesNoUpdate) {
  TpmConfig config = open_to_all();
  config.state.self_test = SelfTest::failed;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).start_unowned(image()), ReturnCode::failed_self_test);
}

TEST(FieldUpgradeForm, WantsStartupFirst) {
  TpmConfig config = open_to_all();
  config.bios = Bios::absent;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).start_unowned(image()), ReturnCode::invalid_post_init);
}

}  // namespace
}  // namespace emulator::tpm
