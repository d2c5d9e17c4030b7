// SPDX-License-Identifier: BSD-3-Clause
// The TPM's partition and what can befall it: power cuts at every flash operation, erased and
// corrupted flash, a part that fails.
#include <algorithm>

#include "protocol/tpm/crypto.h"
#include "tests/emulator/tpm/rig.h"
#include "tpm_board.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;
using namespace protocol::tpm;
using base::Bytes;
using sim::FaultAction;
using sim::FaultPoint;
using tpm::Host;
using tpm::ItpmStatus;
using tpm::kOwner;

Profile unowned() {
  return tpm_profile({{.key = "tpm.state.ownership", .value = "unowned", .where = {}}});
}

/// A TPM_TakeOwnership that is on its way to be authorised with `secret`.
Bytes take_ownership_command(Host& host, const Secret& secret) {
  const Nonce nonce{7};
  const auto ek = decode_pubek_reply(host.send(read_pubek_command(nonce)), nonce);
  const auto session = host.oiap(secret);
  const Bytes params = to_bytes(
      TakeOwnershipParams{.encrypted_owner_secret = *encrypt_for_tpm(ek->modulus, secret),
                          .encrypted_srk_secret = *encrypt_for_tpm(ek->modulus, kWellKnownSecret)});
  AuthRequest auth{.handle = session->handle, .nonce_odd = {9}, .continue_session = 0, .hmac = {}};
  auth.hmac = auth_value(session->key, command_digest(Ordinal::take_ownership, params),
                         session->nonce_even, auth.nonce_odd, auth.continue_session);
  return to_bytes(AuthorisedCommand{
      .ordinal = Ordinal::take_ownership, .handles = {}, .params = params, .auth = auth});
}

/// The board at the moment when its TPM has just got an owner and the flash knows nothing of it.
Bytes owned_in_memory_only() {
  auto machine = tpm_board(unowned());
  boot(*machine);
  Host host(*machine->itpm());
  const Bytes command = take_ownership_command(host, kOwner);
  const std::uint64_t before = machine->itpm()->commands();
  const std::uint64_t flash = machine->faults().reached(FaultPoint::flash_operation);
  EXPECT_TRUE(machine->itpm()->submit(0, command));
  while (machine->itpm()->commands() == before && machine->clock().run_next()) {
  }
  EXPECT_EQ(machine->faults().reached(FaultPoint::flash_operation), flash);
  return machine->snapshot();
}

enum class Found { old_state, new_state, garbage };

Found what_is_left(Machine& machine) {
  const ItpmStatus s = machine.itpm()->status();
  if (s.self_test_failed || !s.started || !s.has_ek) return Found::garbage;
  if (!s.owned) return Found::old_state;
  const bool ours = Host(*machine.itpm()).prove_owner(kOwner) == ReturnCode::success;
  return ours ? Found::new_state : Found::garbage;
}

TEST(TpmPartition, PowerCutAtEveryOperationOfATakeOwnershipLeavesTheOldStateOrTheNew) {
  const Bytes moment = owned_in_memory_only();
  auto machine = tpm_board(unowned());
  ASSERT_TRUE(machine->restore(moment));
  const std::uint64_t before = machine->faults().reached(FaultPoint::flash_operation);
  machine->clock().sleep(1s);
  const std::uint64_t operations = machine->faults().reached(FaultPoint::flash_operation) - before;
  ASSERT_TRUE(machine->itpm()->take_response());
  ASSERT_GE(operations, 10u) << "a sector, and more than two thousand bytes";

  for (const FaultAction cut : {FaultAction::power_cut_before, FaultAction::power_cut_inside,
                                FaultAction::power_cut_after}) {
    for (std::uint32_t n = 1; n <= operations; ++n) {
      ASSERT_TRUE(machine->restore(moment));
      machine->faults().arm({.point = FaultPoint::flash_operation, .occurrence = n, .action = cut});
      machine->clock().sleep(1s);
      ASSERT_FALSE(machine->powered()) << "operation " << n;
      EXPECT_FALSE(machine->itpm()->take_response()) << "nobody was told";
      boot(*machine);
      const bool all_there = n == operations && cut == FaultAction::power_cut_after;
      EXPECT_EQ(what_is_left(*machine), all_there ? Found::new_state : Found::old_state)
          << sim::name(cut) << " at operation " << n << " of " << operations;
    }
  }
}

TEST(TpmPartition, AnswerGivenMeansTheStateSurvives) {
  auto machine = tpm_board(unowned());
  ASSERT_TRUE(machine->restore(owned_in_memory_only()));
  while (!machine->itpm()->take_response()) ASSERT_TRUE(machine->clock().run_next());
  machine->power_cut();
  boot(*machine);
  EXPECT_EQ(what_is_left(*machine), Found::new_state);
}

std::unique_ptr<Machine> with_flash(Bytes flash) {
  auto machine = tpm_board(tpm_profile(), std::move(flash));
  boot(*machine);
  return machine;
}

void fill(Bytes& flash, std::uint32_t at, std::uint32_t count, std::uint8_t byte) {
  std::fill_n(flash.begin() + at, count, byte);
}

TEST(TpmPartition, ErasedIsATpmThatWasNeverProvisioned) {
  Bytes flash = flash_of(*tpm_board(tpm_profile()));
  fill(flash, tpm_partition_at(), kTpmPartitionSize, 0xFF);
  auto machine = with_flash(std::move(flash));
  const ItpmStatus s = machine->itpm()->status();
  EXPECT_FALSE(s.self_test_failed);
  EXPECT_FALSE(s.owned);
  EXPECT_FALSE(s.has_ek);
  EXPECT_TRUE(s.enabled);
}

TEST(TpmPartition, PowerCutInTheFirstWriteAfterAnErasureChangesNothing) {
  Bytes flash = flash_of(*tpm_board(tpm_profile()));
  fill(flash, tpm_partition_at(), kTpmPartitionSize, 0xFF);
  for (std::uint32_t n = 1; n <= 3; ++n) {
    auto machine = tpm_board(tpm_profile(), flash);
    machine->faults().arm({.point = FaultPoint::flash_operation,
                           .occurrence = n,
                           .action = FaultAction::power_cut_inside});
    boot(*machine);
    ASSERT_FALSE(machine->powered());
    boot(*machine);
    const ItpmStatus s = machine->itpm()->status();
    EXPECT_FALSE(s.self_test_failed) << "cut in operation " << n;
    EXPECT_FALSE(s.has_ek);
  }
}

TEST(TpmPartition, BothPlacesCorruptedIsAFailedSelfTestAndTheFlashIsLeftAlone) {
  Bytes flash = flash_of(*tpm_board(tpm_profile()));
  for (const std::uint32_t place : {0u, kTpmPlaceSize})
    flash[tpm_partition_at() + place + 700] ^= 0x10;
  const Bytes before = flash;
  auto machine = with_flash(std::move(flash));
  EXPECT_TRUE(machine->itpm()->status().self_test_failed);
  EXPECT_EQ(Host(*machine->itpm()).run(get_random_command(4)), ReturnCode::failed_self_test);
  machine->clock().sleep(1s);
  EXPECT_TRUE(flash_of(*machine) == before);
}

TEST(TpmPartition, OnePlaceCorruptedIsNoHarm) {
  for (const std::uint32_t place : {0u, kTpmPlaceSize}) {
    Bytes flash = flash_of(*tpm_board(tpm_profile()));
    flash[tpm_partition_at() + place + 700] ^= 0x10;
    auto machine = with_flash(std::move(flash));
    EXPECT_EQ(Host(*machine->itpm()).prove_owner(kOwner), ReturnCode::success);
  }
}

TEST(TpmPartition, FlashOfABoardWithoutOneIsAFailedSelfTest) {
  Bytes flash =
      flash_of(*tpm_board(tpm_profile({{.key = "tpm.fitted", .value = "false", .where = {}}})));
  auto machine = with_flash(std::move(flash));
  EXPECT_TRUE(machine->itpm()->status().self_test_failed);
}

TEST(TpmPartition, FlashThatFailsIsTpmFailAndTheOldStateAfterThePowerCycle) {
  auto machine = tpm_board(unowned());
  boot(*machine);
  Host host(*machine->itpm());
  const Bytes command = take_ownership_command(host, kOwner);
  machine->faults().arm({.point = FaultPoint::flash_program, .action = FaultAction::fail});
  EXPECT_EQ(host.run(command), ReturnCode::fail);
  EXPECT_EQ(Host(*machine->itpm()).run(get_random_command(4)), ReturnCode::failed_self_test);
  machine->power_cut();
  boot(*machine);
  EXPECT_EQ(what_is_left(*machine), Found::old_state);
  EXPECT_EQ(Host(*machine->itpm()).take_ownership(kOwner), ReturnCode::success);
}

TEST(TpmPartition, LostFlashCommandIsRepeatedAfterTheMeRestarts) {
  auto machine = tpm_board(unowned());
  ASSERT_TRUE(machine->restore(owned_in_memory_only()));
  machine->faults().arm({.point = FaultPoint::flash_erase, .action = FaultAction::ignore});
  machine->clock().sleep(1min);
  EXPECT_FALSE(machine->itpm()->take_response()) << "the TPM waits for its flash";
  machine->reset_me();
  machine->clock().sleep(3s);
  machine->power_cut();
  boot(*machine);
  EXPECT_EQ(what_is_left(*machine), Found::new_state);
}

TEST(TpmPartition, MeRestartInMidWriteLosesNothing) {
  auto machine = tpm_board(unowned());
  ASSERT_TRUE(machine->restore(owned_in_memory_only()));
  machine->clock().sleep(30ms);  // the sector is being erased
  machine->reset_me();
  machine->clock().sleep(3s);
  EXPECT_EQ(what_is_left(*machine), Found::new_state) << "in its memory";
  machine->power_cut();
  boot(*machine);
  EXPECT_EQ(what_is_left(*machine), Found::new_state) << "and on the flash";
}

TEST(TpmPartition, WritesTakeTurnsWithAFirmwareUpdate) {
  auto machine = tpm_board(
      tpm_profile({{.key = "settings.enabled_update_interfaces", .value = "1", .where = {}}}));
  boot(*machine);
  Host host(*machine->itpm());
  ASSERT_EQ(host.prove_owner(tpm::kWrong), ReturnCode::auth_fail);
  const std::uint64_t alone = machine->faults().reached(FaultPoint::flash_operation);
  machine->provision(protocol::amthi::ProvisioningMode::enterprise);  // settings are written, too
  machine->clock().sleep(3s);
  ASSERT_EQ(host.prove_owner(tpm::kWrong), ReturnCode::auth_fail);
  EXPECT_GT(machine->faults().reached(FaultPoint::flash_operation), 2 * alone);
  EXPECT_EQ(machine->itpm()->status().failed_attempts, 2);
}

}  // namespace
}  // namespace emulator::machine
