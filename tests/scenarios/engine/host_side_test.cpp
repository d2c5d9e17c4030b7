// SPDX-License-Identifier: BSD-3-Clause
// Many accesses in one call: as many bus cycles, and what befalls a program befalls it between two.
#include "scenarios/engine/host_side.h"

#include <gtest/gtest.h>

#include <array>

#include "emulator/machine/find_profile.h"
#include "protocol/heci/registers.h"
#include "scenarios/engine/program_side.h"

namespace scenarios::engine {
namespace {

using protocol::heci::HCsr;

class HostOfABoard : public ::testing::Test {
 protected:
  HostOfABoard() {
    const auto profile = emulator::machine::load_profile("esprimo-e5730");
    auto built = emulator::machine::Machine::build(profile.value());
    machine_ = std::move(built).value();
    machine_->boot();
    host_.attach(*machine_);
    host_.watch({});
  }

  /// Slots that stand in the host's ring.
  std::uint32_t written() {
    const protocol::heci::HCsrValue csr(machine_->bar0().read32(protocol::heci::kHCsr));
    return protocol::heci::filled_slots(csr[HCsr::cbwp], csr[HCsr::cbrp]);
  }

  BusLog bus_;
  ArmedFaults armed_;
  HostSide host_{bus_, armed_};
  std::unique_ptr<emulator::machine::Machine> machine_;
  ProgramSide program_{host_};
};

constexpr std::array<std::uint32_t, 3> kSlots = {0x80000000, 1, 2};

TEST_F(HostOfABoard, ProgramThatNothingBefallsWritesEachSlot) {
  program_.write32_each(protocol::heci::kHCbWw, kSlots);
  EXPECT_EQ(written(), kSlots.size());
}

/// It dies at an access, which still gets through.
TEST_F(HostOfABoard, ProgramThatIsKilledWritesNoFurtherSlot) {
  host_.befall(Disturbance::kill);
  program_.write32_each(protocol::heci::kHCbWw, kSlots);
  EXPECT_TRUE(host_.killed());
  EXPECT_EQ(written(), 1u);
  program_.write32_each(protocol::heci::kHCbWw, kSlots);
  EXPECT_EQ(written(), 1u);
}

TEST_F(HostOfABoard, ProgramThatWasKilledReadsAFloatingBus) {
  host_.befall(Disturbance::kill);
  std::array<std::uint32_t, 2> csr{};
  program_.read32_each(protocol::heci::kHCsr, csr);
  EXPECT_NE(csr[0], 0xFFFFFFFF);
  EXPECT_EQ(csr[1], 0xFFFFFFFF);
}

}  // namespace
}  // namespace scenarios::engine
