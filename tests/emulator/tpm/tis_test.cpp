// SPDX-License-Identifier: BSD-3-Clause
// A command through the registers, as Linux' tpm_tis sends it and as nobody should.
#include <gtest/gtest.h>

#include "emulator/sim/random.h"
#include "tests/emulator/tpm/tis_registers.h"
#include "tests/protocol/tpm/hex_text.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;
using namespace protocol::tpm::tis;
using std::chrono::microseconds;
using std::chrono::milliseconds;

TpmConfig sound() {
  TpmConfig config = fitted();
  config.tis.expect_flaw = false;
  return config;
}

TEST(Tis, IsAnIntelDevice) {
  Rig rig;
  Registers r(rig, 0);
  EXPECT_EQ(r.reg(kDidVid), 0x10208086u) << "as the kernel log of a GM45 has it";
  EXPECT_EQ(rig.tpm.tis().read8(kRid), 0x06);
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

TEST(Tis, WithoutAFifoBurstCountNeverRises) {
  TpmConfig config = fitted();
  config.tis.fifo_size = 0;
  Rig rig(config);
  Registers r(rig, 0);
  r.request();
  r.sts(kStsCommandReady);
  EXPECT_EQ(r.sts() & kStsCommandReady, kStsCommandReady);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(r.burst(), 0u);
    rig.clock.sleep(milliseconds(1000));
  }
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

}  // namespace
}  // namespace emulator::tpm
