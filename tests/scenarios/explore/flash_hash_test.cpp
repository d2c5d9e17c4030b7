// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/flash_hash.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "emulator/flash/parts.h"
#include "emulator/machine/find_profile.h"

namespace scenarios::explore {
namespace {

using emulator::machine::Machine;

std::unique_ptr<Machine> board(base::Bytes flash = {}) {
  const auto profile = emulator::machine::load_profile(
      "esprimo-e5730",
      {{"flash.part", "\"MX25L3205D\"", "test"}, {"flash.code_size", "0x10000", "test"}});
  EXPECT_TRUE(profile) << profile.error().doing;
  emulator::machine::MachineOptions options;
  if (!flash.empty()) options.flash = std::move(flash);
  auto machine = Machine::build(*profile, std::move(options));
  EXPECT_TRUE(machine) << machine.error().doing;
  return std::move(*machine);
}

base::Bytes contents(const Machine& machine) {
  return {machine.flash().begin(), machine.flash().end()};
}

TEST(FlashHash, IsThatOfTheContentsAlone) {
  const auto one = board();
  const auto other = board(contents(*one));
  EXPECT_EQ(FlashHash(*one).value(), FlashHash(*other).value());
}

TEST(FlashHash, ChangesWithEachBit) {
  const auto one = board();
  const std::uint64_t before = FlashHash(*one).value();
  for (const std::size_t at : {std::size_t{0}, std::size_t{4095}, one->flash().size() - 1}) {
    base::Bytes changed = contents(*one);
    changed[at] ^= 0x10;
    EXPECT_NE(FlashHash(*board(changed)).value(), before) << at;
  }
}

TEST(FlashHash, TellsTwoSectorsThatHaveChangedPlaces) {
  const auto one = board();
  base::Bytes changed = contents(*one);
  constexpr std::size_t sector = emulator::flash::kSectorSize;
  ASSERT_FALSE(std::equal(changed.begin(), changed.begin() + sector, changed.begin() + sector));
  std::swap_ranges(changed.begin(), changed.begin() + sector, changed.begin() + sector);
  EXPECT_NE(FlashHash(*board(changed)).value(), FlashHash(*one).value());
}

TEST(FlashHash, FollowsWhatTheBoardWrites) {
  const auto one = board();
  FlashHash hash(*one);
  one->boot();
  one->provision(protocol::amthi::ProvisioningMode::enterprise);
  one->clock().sleep(std::chrono::seconds(20));
  const auto other = board(contents(*one));
  EXPECT_EQ(hash.value(), FlashHash(*other).value());
  EXPECT_NE(hash.value(), FlashHash(*board()).value());
}

/// What a state folder would not have been told of.
TEST(FlashHash, MissesAChangeThatNobodyTellsOf) {
  const auto one = board();
  FlashHash hash(*one);
  const auto size = static_cast<std::uint32_t>(one->flash().size());
  EXPECT_FALSE(hash.misses_a_change(0, size));
  one->boot();
  one->provision(protocol::amthi::ProvisioningMode::enterprise);
  one->clock().sleep(std::chrono::seconds(20));
  EXPECT_FALSE(hash.misses_a_change(0, size)) << "it was told";
  const FlashHash deaf(*one);
  FlashHash other(*one);  // the mirror is another one from now on
  one->unprovision();
  one->clock().sleep(std::chrono::seconds(20));
  EXPECT_TRUE(deaf.misses_a_change(0, size));
  EXPECT_FALSE(other.misses_a_change(0, size));
}

}  // namespace
}  // namespace scenarios::explore
