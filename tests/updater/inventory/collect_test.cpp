// SPDX-License-Identifier: BSD-3-Clause
// What inventory::collect makes of devices that answer, answer otherwise, or do not answer.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/updater/inventory/esprimo.h"
#include "updater/inventory/inventory.h"

namespace {

using base::Errc;
using tests::Esprimo;
using updater::inventory::collect;
using updater::inventory::Inventory;

class Collect : public testing::Test {
 protected:
  tests::WaitingClock clock;
  tests::ScriptedDevice device{clock};
};

TEST_F(Collect, ReadsEveryFactOfTheFieldReportsBoard) {
  tests::become(device, Esprimo{});
  const auto found = collect(device);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found->firmware_status, 0x3009065Au);
  EXPECT_EQ(*found->pci_device_id, 0x2E14);
  EXPECT_EQ(to_text(found->version->code), "5.0.1.1111");
  EXPECT_EQ(found->version->enabled_update_interfaces, 5);
  EXPECT_EQ(found->version->last_update_status, 1u);
  EXPECT_EQ(to_text(found->info->mebx), "5.0.5.8");
  EXPECT_EQ(*found->capabilities, 62u);
  EXPECT_EQ(*found->local_update, 1);
  EXPECT_EQ(*found->override_behaviour, protocol::mkhi::kOverrideHalt);
  EXPECT_EQ(found->code_versions->find("Build Number"), "1111");
  EXPECT_EQ(*found->provisioning_state, protocol::amthi::ProvisioningState::post);
  EXPECT_EQ(found->provisioning_mode->mode, protocol::amthi::ProvisioningMode::small_business);
  EXPECT_EQ(found->wired->mac[5], 0xdd);
  EXPECT_EQ(*found->update_message_limit, 512u);
  EXPECT_FALSE(*found->remote_connectivity);
}

TEST_F(Collect, KeepsTheFirmwaresStatusWhereAnAnswerIsNo) {
  tests::become(device, Esprimo{});
  const auto found = collect(device);
  ASSERT_FALSE(found->wireless);
  EXPECT_EQ(found->wireless.error().code, Errc::refused);
  EXPECT_EQ(found->wireless.error().status, protocol::amthi::kInvalidParameter);
}

TEST_F(Collect, ReachesMkhiAtItsFixedAddressWhereItIsNoDynamicClient) {
  tests::become(device, Esprimo{});
  device.clients.erase(protocol::mei::kMkhiGuid.bytes);
  device.fixed[7] = tests::esprimo_mkhi(Esprimo{});
  const auto found = collect(device);
  EXPECT_EQ(*found->capabilities, 62u);
}

TEST_F(Collect, LeavesMkhiFactsMissingWhereNoWayLeadsToIt) {
  tests::become(device, Esprimo{});
  device.clients.erase(protocol::mei::kMkhiGuid.bytes);
  const auto found = collect(device);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->capabilities.error().code, Errc::not_found);
  EXPECT_EQ(found->local_update.error().code, Errc::not_found);
}

TEST_F(Collect, TakesThe47ByteVersionAndAsksSuchFirmwareForNoInfo) {
  Esprimo board;
  board.me3 = true;
  tests::become(device, board);
  const auto found = collect(device);
  EXPECT_EQ(to_text(*found->version->recovery), "5.0.1.1111");
  EXPECT_EQ(found->info.error().code, Errc::unsupported);
  EXPECT_EQ(clock.now().count(), 0) << "a question was asked that such firmware never answers";
}

TEST_F(Collect, StopsAskingASilentClientAfterTwoQuestions) {
  tests::become(device, Esprimo{});
  device.add(protocol::mei::kAmthiGuid, [](base::ByteView) { return tests::silence(); });
  const auto found = collect(device);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code_versions.error().code, Errc::timeout);
  EXPECT_EQ(found->amt_state.error().code, Errc::timeout);
  EXPECT_EQ(clock.now(), 2 * base::Duration(std::chrono::seconds(15)));
}

TEST_F(Collect, IsAnErrorWhereNothingAnswers) {
  device.connect_error = base::Error{Errc::permission, "opening /dev/mei0"};
  const auto found = collect(device);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::permission);
}

TEST_F(Collect, TellsAnAnswerOfTheWrongFormFromNone) {
  tests::become(device, Esprimo{});
  device.add(protocol::mei::kFwuGuid, [](base::ByteView) { return tests::answer({1, 2, 3}); });
  const auto found = collect(device);
  EXPECT_EQ(found->version.error().code, Errc::protocol);
}

TEST_F(Collect, ClosesEachConnectionBeforeTheNextClient) {
  tests::become(device, Esprimo{});
  int most = 0;
  device.before_connect = [&] {
    most = std::max(most, device.open_now + 1);
    return std::optional<base::Error>{};
  };
  ASSERT_TRUE(collect(device));
  EXPECT_EQ(most, 1);
  EXPECT_EQ(device.open_now, 0);
}

TEST_F(Collect, ReadsTheStatusWhenTheClientsHaveAnswered) {
  tests::become(device, Esprimo{});
  device.status = 0x1E000181u;  // it still starts
  device.before_connect = [this]() -> std::optional<base::Error> {
    device.status = 0x1E000245u;
    return std::nullopt;
  };
  EXPECT_EQ(collect(device)->firmware_status.value_or(0), 0x1E000245u);
}

TEST(InRecovery, IsWhatTheStatusWordsSayFromMe6On) {
  Inventory inventory;
  inventory.version =
      protocol::fwu::VersionReply{.code = {9, 0, 2, 1345}, .later = protocol::fwu::LaterVersion{}};
  inventory.firmware_status_words = {0x1E003052, 0x1632017A};  // a real ME 8 with an image failure
  EXPECT_TRUE(in_recovery(inventory));
  inventory.firmware_status_words = {0x1E000245, 0x66002306};
  EXPECT_FALSE(in_recovery(inventory));
  inventory.firmware_status_words = {};
  EXPECT_FALSE(in_recovery(inventory)) << "nothing tells";
}

TEST(InRecovery, IsWhatMkhiShowsWithNoOperationalVersion) {
  Inventory inventory;
  EXPECT_FALSE(in_recovery(inventory));
  inventory.mkhi_version =
      protocol::mkhi::FirmwareVersionResponse{.code = {}, .recovery = {5, 0, 1, 1111}, .fitc = {}};
  EXPECT_TRUE(in_recovery(inventory));
  EXPECT_EQ(to_text(*running_version(inventory)), "5.0.1.1111");
  inventory.mkhi_version->code.major = 5;
  EXPECT_FALSE(in_recovery(inventory));
}

TEST(InRecovery, IsWhereAnSkuWithAmtHasNeitherMkhiNorAmt) {
  Inventory inventory;
  inventory.version = protocol::fwu::VersionReply{.sku = 2110, .code = {5, 0, 1, 1111}};
  inventory.mkhi_version = base::Error{Errc::not_found, "no such client"};
  inventory.code_versions = base::Error{Errc::not_found, "no such client"};
  EXPECT_TRUE(in_recovery(inventory));
  EXPECT_EQ(to_text(*running_version(inventory)), "5.0.1.1111");
  inventory.code_versions = protocol::amthi::CodeVersions{};
  EXPECT_FALSE(in_recovery(inventory)) << "AMT answers";
  inventory.code_versions = base::Error{Errc::timeout, "no answer"};
  EXPECT_FALSE(in_recovery(inventory)) << "AMT is there, and silent";
  inventory.code_versions = base::Error{Errc::not_found, "no such client"};
  inventory.version->sku = 0x0E & ~0x08u;
  EXPECT_FALSE(in_recovery(inventory)) << "a SKU without AMT never has its client";
}

TEST(LocalUpdateState, FallsBackToTheInterfaceBitWhereTheRuleIsNotKnown) {
  Inventory inventory;
  EXPECT_EQ(local_update_state(inventory), std::nullopt);
  inventory.version = protocol::fwu::VersionReply{.enabled_update_interfaces = 5};
  EXPECT_EQ(local_update_state(inventory), protocol::mkhi::kLocalUpdateEnabled);
  inventory.version->enabled_update_interfaces = 4;
  EXPECT_EQ(local_update_state(inventory), protocol::mkhi::kLocalUpdateDisabled);
  inventory.local_update = protocol::mkhi::kLocalUpdatePassword;
  EXPECT_EQ(local_update_state(inventory), protocol::mkhi::kLocalUpdatePassword);
}

}  // namespace
