// SPDX-License-Identifier: BSD-3-Clause
// From the device's level to INTA# or to one MSI an edge, and everything that stands in between.
#include "emulator/heci/heci_device.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/scheduler.h"
#include "tests/emulator/pci/pci_bench.h"

namespace emulator::pci {
namespace {

using sim::Level;
using Interrupts = PciBench;
using Message = std::pair<std::uint64_t, std::uint16_t>;

constexpr std::uint32_t kStsInterruptBit = 0x0008;

TEST_F(Interrupts, InterruptPinFollowsTheLevel) {
  function.set_level(Level::high);
  EXPECT_EQ(host.line, Level::high);
  EXPECT_EQ(read16(0x06), 0x0018u);
  function.set_level(Level::low);
  EXPECT_EQ(host.line, Level::low);
  EXPECT_EQ(read16(0x06), 0x0010u);
  EXPECT_EQ(host.changes, 2);
}

TEST_F(Interrupts, InterruptDisableHoldsThePinAndNotTheStatus) {
  write16(0x04, 0x0400);
  function.set_level(Level::high);
  EXPECT_EQ(host.changes, 0);
  EXPECT_EQ(read16(0x06) & kStsInterruptBit, kStsInterruptBit);
  write16(0x04, 0x0000);
  EXPECT_EQ(host.line, Level::high);
  write16(0x04, 0x0400);
  EXPECT_EQ(host.line, Level::low);
}

TEST_F(Interrupts, WithMsiEachEdgeIsOneMessageAndThePinStaysLow) {
  enable_msi();
  function.set_level(Level::high);
  EXPECT_EQ(host.messages, (std::vector<Message>{{0x1FEE01000u, 0x4041}}));
  function.set_level(Level::low);
  EXPECT_EQ(host.messages.size(), 1u);
  function.set_level(Level::high);
  EXPECT_EQ(host.messages.size(), 2u);
  EXPECT_EQ(host.changes, 0);
  EXPECT_EQ(read16(0x06) & kStsInterruptBit, 0u);
}

/// The level stays high: a driver that waits for messages hears nothing until it looks by itself.
TEST_F(Interrupts, AMessageCanBeLostOrComeTwice) {
  sim::Scheduler scheduler;
  sim::Trace trace{scheduler};
  sim::FaultPlan faults{trace};
  function.stand_under(faults);
  enable_msi();
  faults.arm({.point = sim::FaultPoint::msi, .action = sim::FaultAction::ignore});
  faults.arm({.point = sim::FaultPoint::msi, .occurrence = 2, .action = sim::FaultAction::twice});
  function.set_level(Level::high);
  EXPECT_TRUE(host.messages.empty());
  function.set_level(Level::low);
  function.set_level(Level::high);
  EXPECT_EQ(host.messages.size(), 2u);
  function.set_level(Level::low);
  function.set_level(Level::high);
  EXPECT_EQ(host.messages.size(), 3u);
}

TEST_F(Interrupts, OtherWritesWhileTheLevelIsHighSendNothing) {
  enable_msi();
  function.set_level(Level::high);
  write8(0x3C, 11);
  write16(0x04, 0x0006);
  EXPECT_EQ(host.messages.size(), 1u);
}

TEST_F(Interrupts, EnablingMsiOverAHighLevelMovesItFromThePinToAMessage) {
  function.set_level(Level::high);
  EXPECT_EQ(host.line, Level::high);
  enable_msi();
  EXPECT_EQ(host.line, Level::low);
  EXPECT_EQ(host.messages.size(), 1u);
}

TEST_F(Interrupts, AMessageWaitsForBusMastering) {
  enable_msi();
  write16(0x04, 0x0002);
  function.set_level(Level::high);
  EXPECT_TRUE(host.messages.empty());
  write16(0x04, 0x0006);
  EXPECT_EQ(host.messages.size(), 1u);
}

TEST_F(Interrupts, D3HotBlocksThePinUntilD0) {
  write16(0x54, 0x0003);
  function.set_level(Level::high);
  EXPECT_EQ(host.changes, 0);
  EXPECT_EQ(read16(0x06) & kStsInterruptBit, 0u);
  write16(0x54, 0x0000);
  EXPECT_EQ(host.line, Level::high);
}

TEST_F(Interrupts, D3HotBlocksMessagesUntilD0) {
  enable_msi();
  write16(0x54, 0x0003);
  function.set_level(Level::high);
  EXPECT_TRUE(host.messages.empty());
  write16(0x54, 0x0000);
  EXPECT_EQ(host.messages.size(), 1u);
}

TEST_F(Interrupts, DeliveryAsSciOrSmiIsNotDeliveryAsAPciInterrupt) {
  write8(0xA0, 1);
  function.set_level(Level::high);
  EXPECT_EQ(host.changes, 0);
  write8(0xA0, 0);
  EXPECT_EQ(host.line, Level::high);
}

TEST_F(Interrupts, AListenerConnectedLateHearsThatThePinIsAsserted) {
  function.set_level(Level::high);
  HostProbe late;
  function.connect(late);
  EXPECT_EQ(late.line, Level::high);
  EXPECT_EQ(function.intx_level(), Level::high);
}

TEST_F(Interrupts, APlatformResetLeavesMsi) {
  enable_msi();
  function.set_level(Level::high);
  function.reset();
  EXPECT_EQ(host.line, Level::high) << "back on the pin";
}

struct NoPower final : sim::PowerControl {
  void request_power_cut() override {}
  void request_me_reset() override {}
};

/// The function in front of the real device, driven as Linux drives the pair.
struct WholeFunction : testing::Test {
  WholeFunction() {
    device.connect_interrupt(function);
    function.connect(host);
    function.write(0x04, 2, 0x0006);
  }
  void write_h_csr(std::uint32_t value) { function.mapped_bar().write32(4, value); }
  sim::Scheduler scheduler;
  sim::Trace trace{scheduler};
  sim::FaultPlan faults{trace};
  NoPower power;
  heci::HeciDevice device{{}, scheduler, trace, faults, power};
  HeciFunction function{{}, device};
  HostProbe host;
};

TEST_F(WholeFunction, AMessageThatArrivesWhileTheThreadWorksIsAnnouncedWhenItEnablesInterrupts) {
  function.write(0x90, 4, 0xFEE00000);
  function.write(0x8E, 2, 1);
  write_h_csr(0x01);
  device.set_ready();
  EXPECT_EQ(host.messages.size(), 1u);
  write_h_csr(0x00);  // the quick handler masks
  write_h_csr(0x02);  // the thread clears the status
  write_h_csr(0x1C);  // and resets the link, masked
  scheduler.sleep(std::chrono::milliseconds(50));
  EXPECT_EQ(host.messages.size(), 1u);
  write_h_csr(0x01);
  EXPECT_EQ(host.messages.size(), 2u);
}

TEST_F(WholeFunction, ThePinStaysAssertedUntilTheStatusIsCleared) {
  write_h_csr(0x01);
  device.set_ready();
  EXPECT_EQ(host.line, Level::high);
  write_h_csr(0x03);
  EXPECT_EQ(host.line, Level::low);
}

}  // namespace
}  // namespace emulator::pci
