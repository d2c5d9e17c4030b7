// SPDX-License-Identifier: BSD-3-Clause
// A host that sleeps while the mains stay on, and what its ME does meanwhile.
#include <gtest/gtest.h>

#include "emulator/heci/heci_device.h"
#include "emulator/machine/machine.h"
#include "emulator/pci/heci_function.h"
#include "emulator/tpm/itpm.h"
#include "tests/emulator/machine/tpm_board.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;
using firmware::BootPath;
using firmware::Sleep;

/// Numbers of docs/fidelity.md, amthi-power-policy, of a desktop.
constexpr std::uint8_t kOnInS0 = 0;
constexpr std::uint8_t kOnInS3 = 1;
constexpr std::uint8_t kOnInS3ToS5 = 2;
constexpr std::uint8_t kWakesInS3 = 3;

std::unique_ptr<Machine> booted(std::uint8_t policy) {
  auto machine = tpm_board(tpm_profile(
      {{.key = "settings.power_policy", .value = std::to_string(policy), .where = {}}}));
  machine->boot();
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::operational);
  return machine;
}

BootPath after(std::uint8_t policy, Sleep state) {
  const auto machine = booted(policy);
  machine->sleep(state);
  machine->clock().sleep(10s);
  return machine->firmware().boot_path();
}

TEST(Sleeping, TheMeRunsOnWhereItsPolicySaysSo) {
  EXPECT_EQ(after(kOnInS0, Sleep::s3), BootPath::off);
  EXPECT_EQ(after(kOnInS0, Sleep::s5), BootPath::off);
  EXPECT_EQ(after(kOnInS3, Sleep::s3), BootPath::operational);
  EXPECT_EQ(after(kOnInS3, Sleep::s4), BootPath::off);
  EXPECT_EQ(after(kOnInS3ToS5, Sleep::s4), BootPath::operational);
  EXPECT_EQ(after(kOnInS3ToS5, Sleep::s5), BootPath::operational);
  EXPECT_EQ(after(kWakesInS3, Sleep::s3), BootPath::off);
}

TEST(Sleeping, AnMeThatWentDownBootsWhenTheHostWakes) {
  const auto machine = booted(kOnInS0);
  machine->sleep(Sleep::s5);
  machine->clock().sleep(1s);
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::off);
  EXPECT_TRUE(machine->powered());
  machine->power_on();
  EXPECT_FALSE(machine->asleep());
  machine->clock().sleep(10s);
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::operational);
  EXPECT_EQ(machine->heci().link_state(), heci::LinkState::up);
}

TEST(Sleeping, AnMeThatRanOnDoesNotBootAgain) {
  const auto machine = booted(kOnInS3ToS5);
  machine->sleep(Sleep::s5);
  machine->clock().sleep(1s);
  machine->power_on();
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::operational);
  EXPECT_EQ(machine->heci().link_state(), heci::LinkState::up);
}

TEST(Sleeping, TheHostsRegistersAreGoneAndTheMeIsReady) {
  const auto machine = booted(kOnInS3);
  machine->bar0().write32(0x04, 0x0D);  // H_RDY, H_IG, H_IE
  EXPECT_EQ(machine->bar0().read32(0x04) & 0x0D, 0x09u);
  machine->sleep(Sleep::s3);
  machine->power_on();
  EXPECT_EQ(machine->bar0().read32(0x04) & 0x0D, 0u);
  EXPECT_EQ(machine->bar0().read32(0x0C) & 0x08, 0x08u) << "ME_RDY";
}

TEST(Sleeping, AStatusIsNotShownBySomethingWithoutPower) {
  const auto machine = booted(kOnInS3);
  const std::uint32_t shown = machine->pci().read(0x40, 4);
  ASSERT_NE(shown, 0u);
  machine->sleep(Sleep::s3);
  EXPECT_EQ(machine->pci().read(0x40, 4), 0u);
  machine->power_on();
  EXPECT_EQ(machine->pci().read(0x40, 4), shown);
}

TEST(Sleeping, AFlashOperationIsNotTorn) {
  const auto machine = booted(kOnInS0);
  machine->provision(protocol::amthi::ProvisioningMode::enterprise);
  machine->clock().sleep(10s);
  machine->unprovision();  // it is being saved
  machine->sleep(Sleep::s5);
  machine->clock().sleep(10s);
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::off);
  machine->power_on();
  machine->clock().sleep(10s);
  EXPECT_EQ(machine->firmware().settings().provisioning_mode,
            protocol::amthi::ProvisioningMode::none);
}

TEST(Sleeping, TheBiosStartsTheTpmAnew) {
  for (const std::uint8_t policy : {kOnInS0, kOnInS3}) {
    const auto machine = booted(policy);
    ASSERT_NE(machine->itpm(), nullptr);
    EXPECT_TRUE(machine->itpm()->status().started);
    machine->sleep(Sleep::s3);
    machine->clock().sleep(1s);
    machine->power_on();
    machine->clock().sleep(10s);
    EXPECT_TRUE(machine->itpm()->status().started);
  }
}

TEST(Sleeping, PowerThatGoesMeanwhileIsGone) {
  const auto machine = booted(kOnInS3);
  machine->sleep(Sleep::s3);
  machine->power_cut();
  EXPECT_FALSE(machine->powered());
  EXPECT_FALSE(machine->asleep());
  machine->boot();
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::operational);
}

TEST(Sleeping, AResetOfAHostThatSleepsDoesNothing) {
  const auto machine = booted(kOnInS3);
  machine->sleep(Sleep::s3);
  machine->reset_platform();
  EXPECT_EQ(machine->asleep(), Sleep::s3);
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::operational);
}

TEST(Sleeping, IsPartOfASnapshot) {
  const auto first = booted(kOnInS3);
  first->sleep(Sleep::s3);
  const base::Bytes saved = first->snapshot();
  const auto second = booted(kOnInS3);
  ASSERT_TRUE(second->restore(saved));
  EXPECT_EQ(second->asleep(), Sleep::s3);
  second->power_on();
  EXPECT_EQ(second->heci().link_state(), heci::LinkState::up);
}

/// What many threads ended with: nothing helps but all power away.
TEST(Stuck, UntilAllPowerHasBeenAway) {
  const auto machine = booted(kOnInS0);
  machine->faults().arm({.point = sim::FaultPoint::boot, .action = sim::FaultAction::stick});
  machine->reset_platform();
  machine->clock().sleep(10s);
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::halted);
  machine->reset_platform();
  machine->clock().sleep(10s);
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::halted) << "a restart does not help";
  machine->sleep(Sleep::s5);
  machine->clock().sleep(10s);
  machine->power_on();
  machine->clock().sleep(10s);
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::halted) << "nor does switching off";
  machine->power_cut();
  machine->boot();
  EXPECT_EQ(machine->firmware().boot_path(), BootPath::operational);
}

}  // namespace
}  // namespace emulator::machine
