// SPDX-License-Identifier: BSD-3-Clause
// Updates through the TPM of a whole board, what set-up does to the TPM, and snapshots between.
#include <algorithm>
#include <array>

#include "emulator/factory/update_image.h"
#include "protocol/tpm/crypto.h"
#include "tests/emulator/tpm/contents.h"
#include "tests/emulator/tpm/rig.h"
#include "tpm_board.h"
#include "trace_log.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;
using namespace protocol::tpm;
using base::Bytes;
using base::ByteView;
using tpm::BiosAction;
using tpm::Host;
using tpm::ItpmStatus;
using tpm::kOwner;

Bytes new_image() {
  return factory::build_update_image(
             {.version = {.major = 5, .minor = 2, .hotfix = 70, .build = 1046},
              .sku = 0x83E,
              .size = kSmallCode})
      .value();
}

constexpr std::size_t kBlock = 1024;

void push(Host& host, ByteView bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
    Host::Outcome outcome;
    ASSERT_EQ(host.data(bytes.subspan(at, std::min(kBlock, bytes.size() - at)), &outcome),
              ReturnCode::success);
    ASSERT_EQ(outcome.status, 0u) << "at " << at;
  }
}

void finish(Machine& machine, Host& host) {
  Host::Outcome outcome;
  ASSERT_EQ(host.complete(&outcome), ReturnCode::success);
  ASSERT_EQ(outcome.status, 0u);
  machine.clock().sleep(10s);
}

void update_through_tpm(Machine& machine, Host& host) {
  const Bytes image = new_image();
  Host::Outcome outcome;
  ASSERT_EQ(host.start_as_owner(*host.oiap(kOwner), image, &outcome), ReturnCode::success);
  ASSERT_EQ(outcome.status, 0u);
  push(host, image);
  finish(machine, host);
}

TpmVersion version_of(Host& host) {
  const Bytes answer = host.send(capability_command(CapArea::version_val));
  const auto data = decode_capability_response(answer);
  const auto info = data ? decode_version_info(*data) : std::nullopt;
  return info ? info->version : TpmVersion{0, 0, 0, 0};
}

TEST(BoardTpmUpdate, NewFirmwareIsANewTpmVersionInactiveUntilThePlatformRestarts) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  Host host(*machine->itpm());
  EXPECT_EQ(version_of(host), (TpmVersion{1, 2, 5, 0}));
  update_through_tpm(*machine, host);
  EXPECT_EQ(machine->firmware().running_version().build, 1046);
  EXPECT_EQ(version_of(host), (TpmVersion{1, 2, 5, 2}));
  EXPECT_FALSE(machine->itpm()->status().active) << "TCG: inactive until it is started anew";
  machine->reset_platform();
  machine->clock().sleep(2s);
  EXPECT_TRUE(machine->itpm()->status().active);
  EXPECT_EQ(version_of(host), (TpmVersion{1, 2, 5, 2}));
}

TEST(BoardTpmUpdate, OwnerKeysAndNvSurviveIt) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  Host host(*machine->itpm());
  ASSERT_TRUE(tpm::fill_area(host, kOwner));
  const Bytes key = tpm::create_signing_key(host);
  const Bytes signature = tpm::sign_with(host, key);
  ASSERT_EQ(signature.size(), 4u + 256u);

  update_through_tpm(*machine, host);
  machine->power_cut();
  boot(*machine);
  ASSERT_EQ(machine->firmware().running_version().build, 1046);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success);
  EXPECT_EQ(tpm::sign_with(host, key), signature) << "with the key created before";
  EXPECT_EQ(tpm::read_area(host), tpm::kAreaContents);
}

/// A board whose update has half of its image, and a block under way.
std::unique_ptr<Machine> in_mid_block(const Bytes& image) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  Host host(*machine->itpm());
  EXPECT_EQ(host.start_as_owner(*host.oiap(kOwner), image), ReturnCode::success);
  push(host, ByteView(image).first(image.size() / 2));
  EXPECT_TRUE(machine->itpm()->submit(
      0, upgrade_command(UpgradeCommand::data, ByteView(image).subspan(image.size() / 2, kBlock))));
  machine->clock().sleep(112ms);  // the session has it and works on it
  return machine;
}

void finish_from_mid_block(Machine& machine, const Bytes& image) {
  machine.clock().sleep(1s);
  ASSERT_TRUE(machine.itpm()->take_response());
  Host host(*machine.itpm());
  push(host, ByteView(image).subspan(image.size() / 2 + kBlock));
  finish(machine, host);
}

TEST(BoardTpmUpdate, MachineRestoredInMidUpdateContinuesByteForByte) {
  const Bytes image = new_image();
  auto first = in_mid_block(image);
  const Bytes saved = first->snapshot();
  TraceLog first_log;
  first->trace().attach(first_log);
  finish_from_mid_block(*first, image);

  auto second = tpm_board(tpm_profile());
  ASSERT_TRUE(second->restore(saved));
  EXPECT_TRUE(second->snapshot() == saved);
  TraceLog second_log;
  second->trace().attach(second_log);
  finish_from_mid_block(*second, image);

  EXPECT_EQ(second->firmware().running_version().build, 1046);
  EXPECT_GT(first_log.lines.size(), 100u);
  EXPECT_EQ(first_log.lines, second_log.lines);
  EXPECT_TRUE(first->snapshot() == second->snapshot());
}

TEST(BoardTpmUpdate, SnapshotWhileTheTpmWritesItsStateContinuesTheSame) {
  auto reference = tpm_board(tpm_profile());
  boot(*reference);
  Host host(*reference->itpm());
  auto session = host.oiap(tpm::kWrong);
  const Bytes params = owner_read_internal_pub_params(kHandleSrk);
  const AuthRequest auth{.handle = session->handle, .nonce_odd = {1}, .hmac = {}};
  ASSERT_TRUE(reference->itpm()->submit(
      0, to_bytes(AuthorisedCommand{.ordinal = Ordinal::owner_read_internal_pub,
                                    .handles = {},
                                    .params = params,
                                    .auth = auth})));
  const Bytes asked = reference->snapshot();
  constexpr base::Duration all = 200ms;
  reference->clock().sleep(all);
  const Bytes wanted = reference->snapshot();
  auto machine = tpm_board(tpm_profile());
  auto other = tpm_board(tpm_profile());
  for (base::Duration moment = 5ms; moment < all; moment += 21ms) {
    ASSERT_TRUE(machine->restore(asked));
    machine->clock().sleep(moment);
    ASSERT_TRUE(other->restore(machine->snapshot()));
    other->clock().sleep(all - moment);
    ASSERT_TRUE(other->snapshot() == wanted) << moment.count() << " ns";
    ASSERT_TRUE(other->itpm()->take_response());
  }
}

TEST(BoardTpmUpdate, MeRestartInMidUploadEndsItAndTheTpmKeepsItsSessions) {
  const Bytes image = new_image();
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  Host host(*machine->itpm());
  auto session = host.oiap(kOwner);
  ASSERT_EQ(host.start_as_owner(*host.oiap(kOwner), image), ReturnCode::success);
  push(host, ByteView(image).first(4 * kBlock));
  machine->reset_me();
  EXPECT_FALSE(machine->itpm()->submit(0, get_random_command(4)));
  machine->clock().sleep(2s);
  Host::Outcome outcome;
  EXPECT_EQ(host.data(ByteView(image).first(kBlock), &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, 8723u) << "no update in progress";
  EXPECT_EQ(host.authorised(*session, Ordinal::owner_read_internal_pub,
                            owner_read_internal_pub_params(kHandleSrk)),
            ReturnCode::success)
      << "a session opened before";
}

TEST(BoardTpmUpdate, PlatformResetInMidUploadEndsItAndStartsTheTpmAnew) {
  const Bytes image = new_image();
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  Host host(*machine->itpm());
  auto session = host.oiap(kOwner);
  ASSERT_EQ(host.start_as_owner(*host.oiap(kOwner), image), ReturnCode::success);
  push(host, ByteView(image).first(4 * kBlock));
  machine->reset_platform();
  machine->clock().sleep(2s);
  EXPECT_EQ(host.status()->state, UpgradeState::idle);
  EXPECT_EQ(host.authorised(*session, Ordinal::owner_read_internal_pub,
                            owner_read_internal_pub_params(kHandleSrk)),
            ReturnCode::invalid_auth_handle);
  update_through_tpm(*machine, host);
  EXPECT_EQ(machine->firmware().running_version().build, 1046);
}

TEST(BoardTpmUpdate, PowerCutsAllOverItsFlashWorkNeverHarmTheTpm) {
  const Bytes image = new_image();
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  Host host(*machine->itpm());
  ASSERT_EQ(host.start_as_owner(*host.oiap(kOwner), image), ReturnCode::success);
  push(host, ByteView(image).first(image.size() - 2 * kBlock));
  const Bytes moment = machine->snapshot();
  for (std::uint32_t n = 1; n < 280; n += 29) {
    ASSERT_TRUE(machine->restore(moment));
    machine->faults().arm({.point = sim::FaultPoint::flash_operation,
                           .occurrence = n,
                           .action = sim::FaultAction::power_cut_inside});
    for (std::size_t at = image.size() - 2 * kBlock; at < image.size() && machine->powered();
         at += kBlock)
      host.data(ByteView(image).subspan(at, kBlock));
    if (machine->powered()) host.complete();
    machine->clock().sleep(20s);
    ASSERT_FALSE(machine->powered()) << "operation " << n;
    boot(*machine);
    if (machine->firmware().boot_path() != firmware::BootPath::operational) continue;
    EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success) << "operation " << n;
  }
}

TEST(BiosSetup, ClearThenEnableAndActivateLeavesAnUnownedWorkingTpm) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  constexpr std::array actions = {BiosAction::clear, BiosAction::enable, BiosAction::activate};
  machine->bios_setup(actions);
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::booting) << "the board restarts";
  machine->clock().sleep(2s);
  for (const std::uint32_t result : machine->itpm()->bios_results()) EXPECT_EQ(result, 0u);
  const ItpmStatus s = machine->itpm()->status();
  EXPECT_FALSE(s.owned);
  EXPECT_TRUE(s.has_ek);
  EXPECT_TRUE(s.enabled);
  EXPECT_TRUE(s.active);
  EXPECT_TRUE(s.presence_locked);
}

TEST(BiosSetup, WhatItChangedIsOnTheFlashWithoutAnyCommandFromTheHost) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  constexpr std::array actions = {BiosAction::deactivate};
  machine->bios_setup(actions);
  machine->clock().sleep(2s);
  machine->power_cut();
  boot(*machine);
  EXPECT_FALSE(machine->itpm()->status().active);
}

TEST(BiosSetup, OnABoardWithoutPowerItIsDoneAtThePowerOn) {
  auto machine = tpm_board(tpm_profile());
  constexpr std::array actions = {BiosAction::disable};
  machine->bios_setup(actions);
  EXPECT_FALSE(machine->powered());
  boot(*machine);
  EXPECT_FALSE(machine->itpm()->status().enabled);
}

TEST(BiosSetup, DeferredPresenceLetsAnUnownedTpmBeUpdatedInThatBootOnly) {
  auto machine =
      tpm_board(tpm_profile({{.key = "tpm.state.ownership", .value = "unowned", .where = {}}}));
  boot(*machine);
  Host host(*machine->itpm());
  const Bytes image = new_image();
  EXPECT_EQ(host.start_unowned(image), ReturnCode::bad_presence);
  constexpr std::array actions = {BiosAction::allow_unowned_upgrade};
  machine->bios_setup(actions);
  machine->clock().sleep(2s);
  EXPECT_EQ(host.start_unowned(image), ReturnCode::success);
  machine->reset_platform();
  machine->clock().sleep(2s);
  EXPECT_EQ(host.start_unowned(image), ReturnCode::bad_presence);
}

TEST(MebxSetup, UnprovisioningLeavesTheTpmAlone) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  machine->unprovision();
  machine->clock().sleep(2s);
  EXPECT_EQ(machine->firmware().settings().provisioning_state,
            protocol::amthi::ProvisioningState::pre);
  EXPECT_EQ(Host(*machine->itpm()).prove_owner(kOwner), ReturnCode::success);
}

}  // namespace
}  // namespace emulator::machine
