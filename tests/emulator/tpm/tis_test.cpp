// SPDX-License-Identifier: BSD-3-Clause
// The registers, driven as Linux' tpm_tis drives them and as nobody should.
#include <gtest/gtest.h>

#include "base/hex.h"
#include "emulator/sim/random.h"
#include "protocol/tpm/tis_registers.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm::tis;
using namespace protocol::tpm;
using std::chrono::microseconds;
using std::chrono::milliseconds;

Bytes hex(std::string_view text) {
  return base::from_hex(text).value();
}

const Bytes kGetTicks = hex("00c1 0000000a 000000f1");

TpmConfig sound() {
  TpmConfig config = fitted();
  config.tis.expect_flaw = false;
  return config;
}

/// A driver's view of one locality.
class Registers {
 public:
  Registers(Rig& rig, std::uint32_t locality) : rig_(rig), base_(locality * kLocalitySize) {}

  std::uint8_t access() { return bus().read8(base_ + kAccess); }
  void access(std::uint8_t value) { bus().write8(base_ + kAccess, value); }
  std::uint8_t sts() { return bus().read8(base_ + kSts); }
  void sts(std::uint8_t value) { bus().write8(base_ + kSts, value); }
  std::uint32_t burst() { return bus().read32(base_ + kSts) >> 8 & 0xFFFF; }
  std::uint8_t fifo() { return bus().read8(base_ + kDataFifo); }
  void fifo(std::uint8_t value) { bus().write8(base_ + kDataFifo, value); }
  std::uint32_t reg(std::uint32_t at) { return bus().read32(base_ + at); }
  void reg(std::uint32_t at, std::uint32_t value) { bus().write32(base_ + at, value); }

  bool has_it() { return (access() & kAccessActive) != 0; }
  void request() { access(kAccessRequestUse); }
  void release() { access(kAccessActive); }

  void write(const Bytes& command) {
    for (const std::uint8_t b : command) {
      while (burst() == 0) rig_.clock.sleep(microseconds(50));
      fifo(b);
    }
  }

  void send(const Bytes& command) {
    sts(kStsCommandReady);
    write(command);
    sts(kStsGo);
  }

  Bytes receive() {
    for (int i = 0; i < 100000 && (sts() & kStsDataAvail) == 0; ++i)
      rig_.clock.sleep(milliseconds(1));
    Bytes out;
    while ((sts() & kStsDataAvail) != 0) {
      while (burst() == 0) rig_.clock.sleep(microseconds(50));
      out.push_back(fifo());
    }
    return out;
  }

 private:
  base::Mmio& bus() { return rig_.tpm.tis(); }
  Rig& rig_;
  std::uint32_t base_;
};

TEST(Tis, IsAnIntelDevice) {
  Rig rig;
  Registers r(rig, 0);
  EXPECT_EQ(r.reg(kDidVid) & 0xFFFF, 0x8086u);
  EXPECT_EQ(rig.tpm.tis().read8(kRid), 0x01);
}

TEST(Tis, RunsACommandFromReadyToReady) {
  Rig rig(sound());
  Registers r(rig, 0);
  r.request();
  ASSERT_EQ(r.access() & 0xA2, 0xA0);  // what Linux waits for: valid and active
  r.sts(kStsCommandReady);
  EXPECT_EQ(r.sts() & kStsCommandReady, kStsCommandReady);
  r.write(kGetTicks);
  EXPECT_EQ(r.sts(), kStsValid);
  r.sts(kStsGo);
  EXPECT_EQ(r.sts() & kStsDataAvail, 0);
  const Bytes response = r.receive();
  ASSERT_EQ(response.size(), 42u);
  EXPECT_EQ(Bytes(response.begin(), response.begin() + 10), hex("00c4 0000002a 00000000"));
  EXPECT_EQ(r.sts() & kStsDataAvail, 0);
  r.sts(kStsCommandReady);
  EXPECT_EQ(r.sts() & kStsCommandReady, kStsCommandReady);
}

TEST(Tis, TakesTheLinuxProbeForATpmTwo) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  r.send(hex("8001 00000016 0000017a 00000006 00000129 00000001"));
  const auto response = decode_response(r.receive());
  ASSERT_TRUE(response);
  EXPECT_EQ(response->tag, Tag::response) << "any C4 answer tells the driver that this is a 1.2";
}

TEST(Tis, ExpectIsSetWhileBytesAreOutstanding) {
  Rig rig(sound());
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  for (std::size_t i = 0; i < kGetTicks.size(); ++i) {
    r.fifo(kGetTicks[i]);
    const bool more = i + 1 < kGetTicks.size();
    EXPECT_EQ(r.sts() & (kStsValid | kStsExpect), more ? kStsValid | kStsExpect : kStsValid) << i;
  }
}

TEST(TisErratum, ExpectIsNeverSetAndNothingElseIsWrong) {
  Rig rig;  // as every iTPM
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  for (const std::uint8_t b : kGetTicks) {
    r.fifo(b);
    EXPECT_EQ(r.sts() & (kStsValid | kStsExpect), kStsValid);
  }
  r.sts(kStsGo);
  EXPECT_EQ(r.receive().size(), 42u);
}

TEST(TisErratum, LinuxProbeFindsItAndAbortsTheCommand) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  for (std::size_t i = 0; i + 1 < kGetTicks.size(); ++i) r.fifo(kGetTicks[i]);
  EXPECT_EQ(r.sts() & kStsExpect, 0) << "the driver's cue";
  r.sts(kStsCommandReady);  // gives the command up
  EXPECT_EQ(r.sts() & kStsCommandReady, kStsCommandReady);
  r.write(kGetTicks);  // again, with the workaround, and still without tpmGo
  EXPECT_EQ(r.sts() & kStsExpect, 0);
  r.sts(kStsCommandReady);
  r.release();
  rig.clock.sleep(milliseconds(100));
  EXPECT_EQ(rig.tpm.commands(), 0u);
}

TEST(Tis, GoBeforeTheLastByteIsIgnored) {
  Rig rig(sound());
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  for (std::size_t i = 0; i + 1 < kGetTicks.size(); ++i) r.fifo(kGetTicks[i]);
  r.sts(kStsGo);
  EXPECT_EQ(r.sts() & kStsExpect, kStsExpect);
  r.fifo(kGetTicks.back());
  r.sts(kStsGo);
  EXPECT_EQ(r.receive().size(), 42u);
}

TEST(Tis, BytesBeyondTheAnnouncedSizeAreDropped) {
  Rig rig(sound());
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  r.write(kGetTicks);
  r.fifo(0xEE);
  r.sts(kStsGo);
  EXPECT_EQ(r.receive().size(), 42u);
}

TEST(Tis, NeverExpectsMoreThanItsBuffer) {
  Rig rig(sound());
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  Bytes huge = hex("00c1 00010000 000000f1");
  huge.resize(kMaxFrame);
  r.write(huge);
  EXPECT_EQ(r.sts() & kStsExpect, 0);
  r.sts(kStsGo);
  EXPECT_EQ(decode_response(r.receive())->code, ReturnCode::bad_param_size);
}

TEST(Tis, BurstCountFallsToZeroAndComesBackWithTime) {
  TpmConfig config = fitted();
  config.tis.fifo_size = 8;
  Rig rig(config);
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  EXPECT_EQ(r.burst(), 8u);
  for (int i = 0; i < 8; ++i) r.fifo(kGetTicks[static_cast<std::size_t>(i)]);
  EXPECT_EQ(r.burst(), 0u);
  rig.clock.sleep(microseconds(20));
  EXPECT_EQ(r.burst(), 8u);
}

TEST(Tis, BurstCountOfAResponseIsAtMostWhatIsLeft) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  r.send(oiap_command());
  rig.clock.sleep(milliseconds(100));
  EXPECT_EQ(r.burst(), 34u);
  r.fifo();
  EXPECT_EQ(r.burst(), 33u);
}

TEST(Tis, FifoTakesFourBytesAtATime) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  r.reg(kDataFifo, 0x0000C100);       // 00 C1 00 00
  r.reg(kDataFifo, 0x00000A00 >> 0);  // 00 0A 00 00
  r.fifo(0x00);
  r.fifo(0xF1);
  r.sts(kStsGo);
  rig.clock.sleep(milliseconds(100));
  EXPECT_EQ(r.reg(kDataFifo), 0x0000C400u);
}

TEST(Tis, ResponseRetryRewindsTheResponse) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  r.send(oiap_command());
  const Bytes once = r.receive();
  r.sts(kStsResponseRetry);
  EXPECT_EQ(r.receive(), once);
}

TEST(Tis, ReadingAnEmptyFifoFloats) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  EXPECT_EQ(r.fifo(), 0xFF);
}

TEST(Tis, AbortInExecutionLeavesNoTrace) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  r.send(oiap_command());
  rig.clock.sleep(milliseconds(1));
  r.sts(kStsCommandReady);
  EXPECT_EQ(r.sts() & kStsCommandReady, kStsCommandReady);
  rig.clock.sleep(milliseconds(100));
  EXPECT_EQ(r.sts() & kStsDataAvail, 0);
  EXPECT_EQ(rig.tpm.commands(), 0u);
  r.send(kGetTicks);
  EXPECT_EQ(r.receive().size(), 42u);
}

TEST(Tis, TakesItsTimeOverACommand) {
  TpmConfig config = fitted();
  config.timing.command = milliseconds(40);
  Rig rig(config);
  Registers r(rig, 0);
  r.request();
  r.send(oiap_command());
  rig.clock.sleep(milliseconds(39));
  EXPECT_EQ(r.sts() & kStsDataAvail, 0);
  rig.clock.sleep(milliseconds(1));
  EXPECT_EQ(r.sts() & kStsDataAvail, kStsDataAvail);
}

// Localities.

TEST(TisLocality, RegistersOfAnInactiveOneFloat) {
  Rig rig;
  Registers r(rig, 0);
  EXPECT_EQ(r.sts(), 0xFF);
  EXPECT_EQ(r.fifo(), 0xFF);
  r.sts(kStsCommandReady);
  r.request();
  EXPECT_EQ(r.sts(), 0x00) << "the write before the request was lost";
}

TEST(TisLocality, WaitsForTheOneThatHasIt) {
  Rig rig;
  Registers low(rig, 0);
  Registers high(rig, 2);
  low.request();
  high.request();
  EXPECT_FALSE(high.has_it());
  EXPECT_EQ(high.access() & kAccessRequestUse, kAccessRequestUse);
  EXPECT_EQ(low.access() & kAccessPendingRequest, kAccessPendingRequest);
  low.release();
  EXPECT_TRUE(high.has_it());
  EXPECT_FALSE(low.has_it());
}

TEST(TisLocality, TheHighestThatWaitsIsNext) {
  Rig rig;
  Registers zero(rig, 0);
  Registers one(rig, 1);
  Registers three(rig, 3);
  zero.request();
  one.request();
  three.request();
  zero.release();
  EXPECT_TRUE(three.has_it());
  three.release();
  EXPECT_TRUE(one.has_it());
}

TEST(TisLocality, ARequestCanBeTakenBack) {
  Rig rig;
  Registers zero(rig, 0);
  Registers one(rig, 1);
  zero.request();
  one.request();
  one.release();
  zero.release();
  EXPECT_FALSE(one.has_it());
}

TEST(TisLocality, IsSeizedByAHigherOneAndItsCommandIsLost) {
  Rig rig;
  Registers zero(rig, 0);
  Registers three(rig, 3);
  zero.request();
  zero.send(oiap_command());
  three.access(kAccessSeize);
  EXPECT_TRUE(three.has_it());
  EXPECT_EQ(zero.access() & kAccessBeenSeized, kAccessBeenSeized);
  rig.clock.sleep(milliseconds(100));
  EXPECT_EQ(rig.tpm.commands(), 0u);
  EXPECT_EQ(zero.sts(), 0xFF);
  zero.access(kAccessBeenSeized);
  EXPECT_EQ(zero.access() & kAccessBeenSeized, 0);
}

TEST(TisLocality, ALowerOneCannotSeize) {
  Rig rig;
  Registers zero(rig, 0);
  Registers two(rig, 2);
  two.request();
  zero.access(kAccessSeize);
  EXPECT_TRUE(two.has_it());
  EXPECT_EQ(two.access() & kAccessBeenSeized, 0);
}

TEST(TisLocality, AbandonedByAHostThatDiedStaysTakenUntilSeized) {
  Rig rig;
  Registers zero(rig, 0);
  Registers four(rig, 4);
  Registers one(rig, 1);
  one.request();
  one.send(oiap_command());  // and its host is gone
  rig.clock.sleep(std::chrono::minutes(10));
  zero.request();
  EXPECT_FALSE(zero.has_it());
  four.access(kAccessSeize);
  four.release();
  EXPECT_TRUE(zero.has_it());
}

TEST(TisLocality, CommandsCarryItsNumber) {
  Rig rig;
  Registers zero(rig, 0);
  Registers three(rig, 3);
  const Bytes reset_pcr = hex("00c1 0000000f 000000c8 0003 000001");  // PCR 16: any locality
  zero.request();
  zero.send(reset_pcr);
  EXPECT_EQ(decode_response(zero.receive())->code, ReturnCode::success);
  zero.release();
  const Bytes reset_drtm =
      hex("00c1 0000000f 000000c8 0003 000010");  // PCR 20: not from locality 0
  zero.request();
  zero.send(reset_drtm);
  EXPECT_NE(decode_response(zero.receive())->code, ReturnCode::success);
  zero.release();
  three.request();
  three.send(hex("00c1 0000000a 4000000b"));  // TSC_ResetEstablishmentBit wants locality 3 or 4
  EXPECT_EQ(decode_response(three.receive())->code, ReturnCode::success);
}

TEST(TisLocality, AWriteOfTwoFieldsIsIgnored) {
  Rig rig;
  Registers zero(rig, 0);
  zero.access(kAccessRequestUse | kAccessSeize);
  EXPECT_FALSE(zero.has_it());
}

// Interrupts.

class Line final : public sim::InterruptLine {
 public:
  void set_level(sim::Level level) override { asserted = level == sim::Level::high; }
  bool asserted = false;
};

TEST(TisInterrupt, TellsThatTheResponseIsThere) {
  Rig rig;
  Line line;
  rig.tpm.connect_interrupt(line);
  Registers r(rig, 0);
  r.request();
  r.reg(kIntEnable, kIntGlobal | kIntDataAvail);
  r.send(oiap_command());
  EXPECT_FALSE(line.asserted);
  rig.clock.sleep(milliseconds(100));
  EXPECT_TRUE(line.asserted);
  EXPECT_EQ(r.reg(kIntStatus), kIntDataAvail);
  r.reg(kIntStatus, kIntDataAvail);
  EXPECT_FALSE(line.asserted);
}

TEST(TisInterrupt, StaysSilentWithoutTheGlobalEnable) {
  Rig rig;
  Line line;
  rig.tpm.connect_interrupt(line);
  Registers r(rig, 0);
  r.request();
  r.reg(kIntEnable, kIntDataAvail);
  r.send(oiap_command());
  rig.clock.sleep(milliseconds(100));
  EXPECT_FALSE(line.asserted);
}

TEST(TisInterrupt, TellsTheNextLocalityThatItHasTheTpm) {
  Rig rig;
  Line line;
  rig.tpm.connect_interrupt(line);
  Registers zero(rig, 0);
  Registers one(rig, 1);
  one.request();
  one.reg(kIntEnable, kIntGlobal | kIntLocalityChange);
  one.release();
  zero.request();
  one.request();
  EXPECT_FALSE(line.asserted);
  zero.release();
  EXPECT_TRUE(line.asserted);
}

// The machine around it.

TEST(TisPower, FloatsWithoutPowerAndWhileTheMeRestarts) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  rig.tpm.me_stopped();
  EXPECT_EQ(r.access(), 0xFF);
  EXPECT_EQ(r.reg(kDidVid), 0xFFFFFFFFu);
  rig.tpm.me_started({5, 0, 1, 1111});
  EXPECT_EQ(r.access() & kAccessActive, 0);
  rig.tpm.power_off();
  EXPECT_EQ(r.access(), 0xFF);
}

TEST(TisPower, ALocalityIsLostInAReset) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  r.send(oiap_command());
  rig.tpm.reset();
  EXPECT_FALSE(r.has_it());
  rig.clock.sleep(milliseconds(100));
  EXPECT_EQ(rig.tpm.commands(), 0u);
}

TEST(TisPower, AddressesBeyondTheFifthLocalityFloat) {
  Rig rig;
  EXPECT_EQ(rig.tpm.tis().read8(5 * kLocalitySize), 0xFF);
  rig.tpm.tis().write8(5 * kLocalitySize, 0x02);
}

TEST(TisStorm, NothingAHostDoesToTheRegistersStopsTheNext) {
  Rig rig;
  sim::Random random(20080612);
  constexpr std::uint32_t places[] = {kAccess,    kSts,       kSts + 1,        kDataFifo,
                                      kIntEnable, kIntStatus, kIntfCapability, kIntVector,
                                      kDidVid,    kRid,       0x800,           0x01A};
  base::Mmio& bus = rig.tpm.tis();
  for (int i = 0; i < 200000; ++i) {
    const auto locality = static_cast<std::uint32_t>(random.below(6));
    const std::uint32_t at = locality * kLocalitySize + places[random.below(std::size(places))];
    const auto value = static_cast<std::uint32_t>(random.next());
    switch (random.below(5)) {
      case 0:
        (void)bus.read8(at);
        break;
      case 1:
        (void)bus.read32(at & ~3u);
        break;
      case 2:
        bus.write8(at, static_cast<std::uint8_t>(1u << (value & 7)));
        break;
      case 3:
        bus.write32(at & ~3u, value);
        break;
      default:
        rig.clock.sleep(microseconds(random.below(500)));
    }
  }
  Registers four(rig, 4);
  for (std::uint32_t locality = 0; locality < 5; ++locality) Registers(rig, locality).release();
  four.access(kAccessSeize);
  ASSERT_TRUE(four.has_it());
  four.send(kGetTicks);
  EXPECT_EQ(four.receive().size(), 42u);
}

TEST(TisSharing, AProgramsCommandKeepsTheRegistersWaitingUntilTheyAbort) {
  Rig rig;
  Registers r(rig, 0);
  r.request();
  ASSERT_TRUE(rig.tpm.submit(0, oiap_command()));
  r.send(kGetTicks);
  rig.clock.sleep(milliseconds(100));
  EXPECT_EQ(r.sts() & kStsDataAvail, 0);
  EXPECT_EQ(rig.tpm.take_response()->size(), 34u);
  r.send(kGetTicks);
  EXPECT_EQ(r.receive().size(), 42u);
}

}  // namespace
}  // namespace emulator::tpm
