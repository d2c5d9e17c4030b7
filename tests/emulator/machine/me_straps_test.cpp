// SPDX-License-Identifier: BSD-3-Clause
// A board whose flash descriptor keeps the ME off: what a host sees of it.
#include <gtest/gtest.h>

#include "emulator/heci/heci_device.h"
#include "emulator/pci/heci_function.h"
#include "protocol/tpm/tis_registers.h"
#include "raw_host.h"
#include "tpm_board.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kIchStrap = 0x100;
constexpr std::size_t kMchStrap = 0x140;
constexpr std::uint32_t kDeviceId = 0x00;
constexpr std::uint32_t kFirmwareStatus = 0x40;

base::Bytes flash_with(std::size_t place, std::uint8_t bits) {
  base::Bytes flash = flash_of(*tpm_board(tpm_profile()));
  flash[place] = bits;
  return flash;
}

std::uint32_t status_word(Machine& machine) {
  return machine.pci().read(kFirmwareStatus, 4);
}

TEST(MeStraps, OfTheFactoryLetTheMeRun) {
  auto machine = tpm_board(tpm_profile(), flash_with(kIchStrap, 0));
  boot(*machine);
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
  EXPECT_EQ(status_word(*machine), 0x3009065Au);
}

TEST(MeStraps, KeepTheMeOffAndTheFunctionThere) {
  for (const auto& [place, bits] :
       {std::pair{kIchStrap, 0x01}, std::pair{kMchStrap, 0x01}, std::pair{kMchStrap, 0x80}}) {
    SCOPED_TRACE(testing::Message() << place << ' ' << bits);
    auto machine = tpm_board(tpm_profile(), flash_with(place, static_cast<std::uint8_t>(bits)));
    machine->power_on();
    EXPECT_EQ(status_word(*machine), 0u) << "no firmware has said anything";
    machine->clock().sleep(20s);
    EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::disabled);
    EXPECT_EQ(machine->pci().read(kDeviceId, 4), 0x2E148086u);
    EXPECT_EQ(status_word(*machine), 0u);
    RawHost host(machine->bar0(), machine->clock());
    EXPECT_FALSE(host.reset(10s));
    EXPECT_EQ(machine->heci().link_state(), heci::LinkState::down);
    EXPECT_EQ(machine->itpm()->tis().read32(protocol::tpm::tis::kDidVid), 0xFFFFFFFFu);
    EXPECT_FALSE(machine->itpm()->status().answers);
  }
}

TEST(MeStraps, KeepItOffThroughEveryRestart) {
  auto machine = tpm_board(tpm_profile(), flash_with(kIchStrap, 1));
  boot(*machine);
  machine->reset_platform();
  EXPECT_EQ(status_word(*machine), 0u);
  machine->clock().sleep(5s);
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::disabled);
  machine->power_cut();
  boot(*machine);
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::disabled);
  EXPECT_EQ(machine->firmware().running_version(), protocol::FirmwareVersion{});
}

TEST(MeStraps, AreInASnapshotOfTheBoard) {
  auto machine = tpm_board(tpm_profile(), flash_with(kIchStrap, 1));
  boot(*machine);
  const base::Bytes saved = machine->snapshot();
  auto other = tpm_board(tpm_profile());
  boot(*other);
  const auto restored = other->restore(saved);
  ASSERT_TRUE(restored) << restored.error().doing;
  EXPECT_EQ(other->firmware().boot_path(), firmware::BootPath::disabled);
  EXPECT_EQ(other->snapshot(), saved);
}

TEST(MeStraps, ClearedTheyLetTheMeRunAgain) {
  auto off = tpm_board(tpm_profile(), flash_with(kIchStrap, 1));
  boot(*off);
  base::Bytes flash = flash_of(*off);
  flash[kIchStrap] = 0;
  auto machine = tpm_board(tpm_profile(), std::move(flash));
  boot(*machine);
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
}

}  // namespace
}  // namespace emulator::machine
