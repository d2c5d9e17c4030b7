// SPDX-License-Identifier: BSD-3-Clause
// The iTPM as part of a board: what its profile makes of it, when it answers, and what the flash
// keeps of it.
#include "base/hex.h"
#include "protocol/tpm/tis_registers.h"
#include "tests/emulator/tpm/rig.h"
#include "tpm_board.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;
using protocol::tpm::ReturnCode;
using tpm::Host;
using tpm::ItpmStatus;
using tpm::kOwner;

std::string mode(const char* profile) {
  auto machine = tpm_board(load_profile(profile).value());
  boot(*machine);
  const ItpmStatus s = machine->itpm()->status();
  return std::string(s.enabled ? "Enabled " : "Disabled ") + (s.owned ? "Owned " : "Unowned ") +
         (s.active ? "Active" : "Inactive");
}

TEST(BoardTpm, IsInTheOperationalModeThatMeInfoPrinted) {
  EXPECT_EQ(mode("esprimo-e5730"), "Enabled Owned Inactive");
  EXPECT_EQ(mode("esprimo-e5730-windows"), "Enabled Owned Active");
  EXPECT_EQ(mode("esprimo-e5730-5.2.70"), "Enabled Owned Active");
  EXPECT_EQ(mode("thinkpad-t400"), "Enabled Owned Active");
}

TEST(BoardTpm, TellsVersionAndLockoutAsTheDosLogShowsThem) {
  auto machine = tpm_board(load_profile("esprimo-e5730").value());
  boot(*machine);
  Host host(*machine->itpm());
  const base::Bytes answer =
      host.send(protocol::tpm::capability_command(protocol::tpm::CapArea::version_val));
  const auto data = protocol::tpm::decode_capability_response(answer);
  ASSERT_TRUE(data);
  const auto info = protocol::tpm::decode_version_info(*data);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->vendor, protocol::tpm::kVendorIntel);
  EXPECT_EQ(info->version, (protocol::tpm::TpmVersion{1, 2, 5, 0}));
  const auto lockout = host.lockout();
  ASSERT_TRUE(lockout);
  EXPECT_EQ(base::to_hex(lockout->vendor_data), "000a00f000020e10");
}

TEST(BoardTpm, BoardWithoutOneHasNone) {
  auto machine = tpm_board(load_profile("desktop-q35").value());
  boot(*machine);
  EXPECT_EQ(machine->itpm(), nullptr);
}

TEST(BoardTpm, RegistersFloatUntilTheMeRunsAndWhileItRestarts) {
  auto machine = tpm_board(tpm_profile());
  const auto did = [&] { return machine->itpm()->tis().read32(protocol::tpm::tis::kDidVid); };
  EXPECT_EQ(did(), 0xFFFFFFFFu);
  machine->power_on();
  machine->clock().sleep(1s);
  EXPECT_EQ(did(), 0xFFFFFFFFu) << "booting";
  machine->clock().sleep(1s);
  EXPECT_EQ(did() & 0xFFFF, 0x8086u);
  machine->reset_me();
  EXPECT_EQ(did(), 0xFFFFFFFFu);
  machine->clock().sleep(2s);
  EXPECT_EQ(did() & 0xFFFF, 0x8086u);
  machine->reset_platform();
  EXPECT_EQ(did(), 0xFFFFFFFFu);
  machine->clock().sleep(2s);
  EXPECT_EQ(did() & 0xFFFF, 0x8086u);
  machine->power_cut();
  EXPECT_EQ(did(), 0xFFFFFFFFu);
}

TEST(BoardTpm, RecoveryCodeBringsNoTpmAndItReturnsWithThePlatform) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  machine->faults().arm({.point = sim::FaultPoint::boot, .action = sim::FaultAction::fail});
  machine->reset_me();
  machine->clock().sleep(2s);
  ASSERT_EQ(machine->firmware().boot_path(), firmware::BootPath::recovery);
  EXPECT_FALSE(machine->itpm()->status().powered);
  machine->reset_me();
  machine->clock().sleep(2s);
  ASSERT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
  EXPECT_FALSE(machine->itpm()->status().powered) << "no BIOS came by to start it";
  machine->reset_platform();
  machine->clock().sleep(2s);
  EXPECT_TRUE(machine->itpm()->status().started);
}

TEST(BoardTpm, OwnerTakenBeforeAPowerCutIsThereAfterwards) {
  auto machine = tpm_board(tpm_profile({{.key = "tpm.state.ownership", .value = "unowned"}}));
  boot(*machine);
  ASSERT_EQ(Host(*machine->itpm()).take_ownership(kOwner), ReturnCode::success);
  machine->power_cut();
  boot(*machine);
  EXPECT_EQ(Host(*machine->itpm()).prove_owner(kOwner), ReturnCode::success);
}

TEST(BoardTpm, WritesItsTwoPlacesInTurn) {
  auto machine = tpm_board(tpm_profile());
  const auto place = [&](std::uint32_t index) {
    return base::to_hex(machine->flash().subspan(tpm_partition_at() + index * kTpmPlaceSize, 4096));
  };
  const std::string factory = place(0);
  EXPECT_EQ(place(1), factory);
  boot(*machine);
  Host host(*machine->itpm());
  ASSERT_EQ(host.prove_owner(tpm::kWrong), ReturnCode::auth_fail);  // counted, and kept
  EXPECT_EQ(place(0), factory);
  EXPECT_NE(place(1), factory);
  const std::string once = place(1);
  ASSERT_EQ(host.prove_owner(tpm::kWrong), ReturnCode::auth_fail);
  EXPECT_NE(place(0), factory);
  EXPECT_EQ(place(1), once);
}

TEST(BoardTpm, AnswersOnlyWhenTheFlashHasWhatChanged) {
  auto machine = tpm_board(tpm_profile());
  boot(*machine);
  Host host(*machine->itpm());
  const base::TimePoint began = machine->clock().now();
  ASSERT_EQ(host.prove_owner(tpm::kWrong), ReturnCode::auth_fail);
  // 8 ms for the session, 25 ms for the command, 60 ms to erase a sector, 9 pages of 1.4 ms.
  const base::Duration took = machine->clock().now() - began;
  EXPECT_GE(took, 8ms + 25ms + 60ms + 9 * 1400us);
  EXPECT_LE(took, 120ms);
}

}  // namespace
}  // namespace emulator::machine
