// SPDX-License-Identifier: BSD-3-Clause
// Whole sessions over BAR0: reset, HBM, clients, a BIOS without HBM, and a whole update.
#include <gtest/gtest.h>

#include "emulator/factory/update_image.h"
#include "emulator/heci/heci_device.h"
#include "emulator/machine/machine.h"
#include "emulator/pci/heci_function.h"
#include "raw_host.h"
#include "trace_log.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

base::Bytes hex(std::string_view text) {
  return base::from_hex(text).value();
}
std::string packed(std::string_view text) {
  return base::to_hex(hex(text));
}

struct Bench {
  explicit Bench(std::string_view name, const std::vector<Override>& overrides = {}) {
    const auto profile = load_profile(name, overrides);
    EXPECT_TRUE(profile) << (profile ? "" : profile.error().doing);
    auto built = Machine::build(profile.value());
    EXPECT_TRUE(built) << (built ? "" : built.error().doing);
    machine = std::move(built).value();
  }
  RawHost host() { return {machine->bar0(), machine->clock()}; }
  std::unique_ptr<Machine> machine;
};

TEST(MachineSession, MeIsNotReadyUntilItHasBooted) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  b.machine->clock().sleep(1499ms);
  EXPECT_FALSE(b.host().me_ready());
  b.machine->clock().sleep(10ms);
  EXPECT_TRUE(b.host().me_ready());
}

TEST(MachineSession, EveryClientIsEnumerated) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const auto clients = host.enumerate();
  for (const char* guid : {kAmthi, kFwu, kWatchdog, kMkhi})
    EXPECT_TRUE(clients.contains(guid)) << guid;
  EXPECT_FALSE(clients.contains("d60cb375 9ea2 f74a a712 e6174393c8a6"))
      << "the ASF client would switch the era's driver";
}

TEST(MachineSession, VersionReplyOverTheLinkIsTheFieldReports) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const std::uint8_t fwu = host.enumerate()[kFwu];
  ASSERT_EQ(host.connect(fwu, 3), 0);
  const auto reply = host.ask(fwu, 3, hex("00000000"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(base::to_hex(*reply),
            packed("01000000 00000000 3e080000 00000000 00000000 86800000 01000000 00000000"
                   "0500 0000 0100 5704  0500 0000 0100 5704  0500 0000"));
}

TEST(MachineSession, InfoReplyOverTheLinkIsTheFieldReports) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const std::uint8_t fwu = host.enumerate()[kFwu];
  ASSERT_EQ(host.connect(fwu, 3), 0);
  const auto reply = host.ask(fwu, 3, hex("08000000"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(base::to_hex(*reply),
            packed("09000000 00000000  0500 0000 0500 0800  00000000 01000000 02000000 e33f0000"
                   "362e30302052312e31392e323832342e4131 0000"));
}

TEST(MachineSession, HeciUpdateIsRefusedWith8721WhereTheTpmTakesIt) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const std::uint8_t fwu = host.enumerate()[kFwu];
  ASSERT_EQ(host.connect(fwu, 3), 0);
  base::Bytes start(86);
  base::ByteWriter(start).u32(2).u32(0x180000);
  const auto reply = host.ask(fwu, 3, start);
  ASSERT_TRUE(reply);
  EXPECT_EQ(base::to_hex(*reply).substr(0, 16), packed("03000000 11220000"));
}

TEST(MachineSession, BiosReadsCapabilitiesAtAddress7WithoutHbm) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const auto reply = host.ask_fixed(7, "03 02 00 00  00 00 00 00");
  ASSERT_TRUE(reply);
  EXPECT_EQ(base::to_hex(*reply).substr(0, 26),
            packed("03 82 00 00  00 00 00 00  04  3e 00 00 00"));
}

TEST(MachineSession, LongAmthiReplyArrivesWhole) {
  Bench b("esprimo-e5730", {{.key = "heci.depth", .value = "8", .where = {}}});
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const std::uint8_t amthi = host.enumerate()[kAmthi];
  ASSERT_EQ(host.connect(amthi, 2), 0);
  const auto reply = host.ask(amthi, 2, hex("01 01 0000  1a000004  00000000"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->size(), 12u + 4 + 65 + 4 + 10 * 44);
}

TEST(MachineSession, FirmwareStatusIsTheProfilesWhilePowered) {
  Bench b("esprimo-e5730");
  EXPECT_EQ(b.machine->pci().read(0x40, 4), 0u);
  b.machine->power_on();
  EXPECT_EQ(b.machine->pci().read(0x40, 4), 0x3009065Au);
  EXPECT_EQ(b.machine->pci().read(0x00, 4), 0x2E148086u);
  b.machine->power_cut();
  EXPECT_EQ(b.machine->pci().read(0x40, 4), 0u);
}

TEST(MachineSession, MeThatGetsReadyAssertsIntx) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  b.machine->bar0().write32(4, 1);  // H_IE
  EXPECT_EQ(b.machine->pci().intx_level(), sim::Level::low);
  b.machine->clock().sleep(2s);
  EXPECT_EQ(b.machine->pci().intx_level(), sim::Level::high);
  b.machine->bar0().write32(4, 3);  // H_IS is write 1 to clear
  EXPECT_EQ(b.machine->pci().intx_level(), sim::Level::low);
}

TEST(MachineSession, MeThatResetsItselfComesBackAndSaysWhy) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  b.machine->reset_me();
  EXPECT_FALSE(host.me_ready());
  ASSERT_TRUE(host.wait_ready(2s));
  EXPECT_EQ(b.machine->firmware().reset_reason(), protocol::fwu::ResetReason::firmware_reset);
}

TEST(MachineSession, PlatformResetClearsTheHostsRegisters) {
  Bench b("esprimo-e5730");
  b.machine->power_on();
  ASSERT_TRUE(b.host().reset());
  b.machine->reset_platform();
  EXPECT_EQ(b.machine->bar0().read32(4) & 0x1F, 0u);
  b.machine->clock().sleep(2s);
  EXPECT_TRUE(b.host().me_ready());
  EXPECT_EQ(b.machine->firmware().reset_reason(), protocol::fwu::ResetReason::system_reset);
}

TEST(MachineSession, ProvisioningAtSetUpSurvivesThePowerCord) {
  Bench b("thinkpad-t400");
  b.machine->power_on();
  b.machine->clock().sleep(2s);
  b.machine->provision(protocol::amthi::ProvisioningMode::small_business);
  b.machine->clock().sleep(5s);
  b.machine->power_cut();
  b.machine->power_on();
  b.machine->clock().sleep(2s);
  EXPECT_EQ(b.machine->firmware().settings().provisioning_state,
            protocol::amthi::ProvisioningState::post);
  b.machine->unprovision();
  b.machine->clock().sleep(5s);
  EXPECT_EQ(b.machine->firmware().settings().provisioning_state,
            protocol::amthi::ProvisioningState::pre);
}

TEST(MachineSession, OpeningTheLocalUpdateRestartsTheBoardAndOutlivesAPowerCut) {
  Bench b("esprimo-e5730",
          {{.key = "settings.local_update", .value = "disabled", .where = "test"}});
  b.machine->power_on();
  b.machine->clock().sleep(2s);
  ASSERT_EQ(b.machine->firmware().settings().local_update, protocol::mkhi::kLocalUpdateDisabled);
  b.machine->open_local_update();
  EXPECT_FALSE(b.host().me_ready());
  b.machine->clock().sleep(5s);
  EXPECT_TRUE(b.host().me_ready());
  EXPECT_EQ(b.machine->firmware().settings().local_update, protocol::mkhi::kLocalUpdateEnabled);
  b.machine->power_cut();
  b.machine->power_on();
  b.machine->clock().sleep(2s);
  EXPECT_EQ(b.machine->firmware().settings().local_update, protocol::mkhi::kLocalUpdateEnabled);
}

TEST(MachineSession, PowerCutThatAFaultAsksForHappensOnce) {
  Bench b("esprimo-e5730");
  TraceLog log;
  b.machine->trace().attach(log);
  b.machine->faults().arm(
      {.point = sim::FaultPoint::boot, .action = sim::FaultAction::power_cut_inside});
  b.machine->power_on();
  b.machine->clock().sleep(5s);
  EXPECT_FALSE(b.machine->powered());
  EXPECT_TRUE(log.has("power lost"));
  b.machine->power_on();
  ASSERT_TRUE(b.host().wait_ready(2s));
}

/// Pushes a whole image through FWU. The status of END, or of what was refused before it.
std::uint32_t update(RawHost& host, std::uint8_t fwu, base::ByteView image) {
  base::Bytes start(86);
  base::ByteWriter(start).u32(2).u32(static_cast<std::uint32_t>(image.size()));
  const auto status_of = [](const std::optional<base::Bytes>& reply) -> std::uint32_t {
    if (!reply) return 8724;
    base::ByteReader in(*reply);
    in.skip(4);
    return in.u32();
  };
  if (const auto s = status_of(host.ask(fwu, 3, start)); s != 0) return s;
  for (std::size_t at = 0; at < image.size(); at += 500) {
    const base::ByteView piece = image.subspan(at, std::min<std::size_t>(500, image.size() - at));
    base::Bytes data(11 + piece.size());
    base::ByteWriter(data)
        .u32(4)
        .u32(static_cast<std::uint32_t>(piece.size()))
        .zeros(3)
        .bytes(piece);
    if (const auto s = status_of(host.ask(fwu, 3, data)); s != 0) return s;
  }
  return status_of(host.ask(fwu, 3, hex("06000000"), 60s));
}

TEST(MachineSession, WholeUpdateTakesAboutFourMinutesAndRunsAfterwards) {
  Bench b("esprimo-e5730",
          {{.key = "settings.enabled_update_interfaces", .value = "1", .where = {}}});
  b.machine->power_on();
  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const std::uint8_t fwu = host.enumerate()[kFwu];
  ASSERT_EQ(host.connect(fwu, 3), 0);
  const auto image = factory::build_update_image(
      {.version = {.major = 5, .minor = 2, .hotfix = 70, .build = 1046}, .sku = 0x83E});
  ASSERT_TRUE(image);
  const base::TimePoint began = b.machine->clock().now();
  EXPECT_EQ(update(host, fwu, image.value()), 0u);
  for (int i = 0; i < 600 && b.machine->firmware().running_version().hotfix != 70; ++i)
    b.machine->clock().sleep(1s);
  const auto took =
      std::chrono::duration_cast<std::chrono::seconds>(b.machine->clock().now() - began);
  EXPECT_EQ(b.machine->firmware().running_version().build, 1046);
  RecordProperty("virtual_seconds", static_cast<int>(took.count()));
  EXPECT_GE(took, 3min + 30s);
  EXPECT_LE(took, 4min + 30s);
}

constexpr const char* kNewCode = "3.2.2.1045";

/// A board whose whole code is 64 KiB. Staging takes 16 erases and, because DATA messages end
/// inside pages, up to 388 programs; committing takes 16 erases and 256 programs.
struct SmallBench : Bench {
  SmallBench()
      : Bench("desktop-q35", {{.key = "flash.code_size", .value = "0x10000", .where = {}},
                              {.key = "update.reset", .value = "me", .where = {}}}) {}

  std::uint32_t update_it() {
    RawHost h = host();
    EXPECT_TRUE(h.reset());
    const std::uint8_t fwu = h.enumerate()[kFwu];
    EXPECT_EQ(h.connect(fwu, 3), 0);
    const auto image = factory::build_update_image(
        {.version = *protocol::parse_firmware_version(kNewCode), .sku = 0x0E, .size = 0x10000});
    return update(h, fwu, image.value());
  }
  std::string running() { return protocol::to_text(machine->firmware().running_version()); }
};

TEST(MachineRecovery, PowerCutWhileCommittingLeavesARecoveryThatTakesTheUpdateAgain) {
  SmallBench b;
  b.machine->power_on();
  b.machine->faults().arm({.point = sim::FaultPoint::flash_operation,
                           .occurrence = 16 + 388 + 100,
                           .action = sim::FaultAction::power_cut_inside});
  EXPECT_EQ(b.update_it(), 0u);
  b.machine->clock().sleep(60s);
  ASSERT_FALSE(b.machine->powered());
  b.machine->power_on();
  b.machine->clock().sleep(5s);
  ASSERT_EQ(b.machine->firmware().boot_path(), firmware::BootPath::recovery);

  RawHost host = b.host();
  ASSERT_TRUE(host.reset());
  const auto clients = host.enumerate();
  EXPECT_FALSE(clients.contains(kAmthi));
  for (const char* guid : {kFwu, kWatchdog, kMkhi}) EXPECT_TRUE(clients.contains(guid)) << guid;
  const auto versions = host.ask_fixed(7, "ff 02 00 00");
  ASSERT_TRUE(versions);
  EXPECT_EQ(base::to_hex(*versions).substr(0, 40),
            packed("ff 82 00 00  0000 0000 0000 0000  0200 0300 0b04 0100"));

  EXPECT_EQ(b.update_it(), 0u);
  b.machine->clock().sleep(60s);
  EXPECT_EQ(b.machine->firmware().boot_path(), firmware::BootPath::operational);
  EXPECT_EQ(b.running(), kNewCode);
}

TEST(MachineRecovery, PowerCutWhileStagingLeavesTheOldCodeRunning) {
  SmallBench b;
  b.machine->power_on();
  b.machine->faults().arm({.point = sim::FaultPoint::flash_operation,
                           .occurrence = 200,
                           .action = sim::FaultAction::power_cut_inside});
  EXPECT_EQ(b.update_it(), 8724u);
  ASSERT_FALSE(b.machine->powered());
  b.machine->power_on();
  b.machine->clock().sleep(5s);
  EXPECT_EQ(b.machine->firmware().boot_path(), firmware::BootPath::operational);
  EXPECT_EQ(b.running(), "3.2.1.1035");
}

/// Whether the watchdog expires in the quarter of an hour after `meanwhile` happened to it.
template <class Meanwhile>
bool watchdog_expires(Meanwhile meanwhile) {
  Bench b("esprimo-e5730");
  TraceLog log;
  b.machine->trace().attach(log);
  b.machine->power_on();
  RawHost host = b.host();
  EXPECT_TRUE(host.reset());
  const std::uint8_t watchdog = host.enumerate()[kWatchdog];
  EXPECT_EQ(host.connect(watchdog, 1), 0);
  const auto reply = host.ask(watchdog, 1, hex("02 12 13 10  7800  0000000000000000000000000000"));
  EXPECT_EQ(base::to_hex(reply.value_or(base::Bytes{})), packed("02 04 83 10  00 00"));
  meanwhile(*b.machine, host);
  b.machine->clock().sleep(15min);
  return log.has("watchdog expired");
}

TEST(MachineWatchdog, ExpiresWhenTheHostFallsSilentOrResetsTheLink) {
  EXPECT_TRUE(watchdog_expires([](Machine&, RawHost&) {}));
  EXPECT_TRUE(watchdog_expires([](Machine&, RawHost& host) { EXPECT_TRUE(host.reset()); }));
}

TEST(MachineWatchdog, EndsWithTheMeAndWithPower) {
  EXPECT_FALSE(watchdog_expires([](Machine& machine, RawHost&) { machine.reset_me(); }));
  EXPECT_FALSE(watchdog_expires([](Machine& machine, RawHost&) { machine.reset_platform(); }));
  EXPECT_FALSE(watchdog_expires([](Machine& machine, RawHost&) { machine.power_cut(); }));
}

}  // namespace
}  // namespace emulator::machine
