// SPDX-License-Identifier: BSD-3-Clause
// Many bytes to or from the FIFO in one call: the device is then as after as many bus cycles.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/emulator/tpm/tis_registers.h"
#include "tests/protocol/tpm/hex_text.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;
using namespace protocol::tpm::tis;
using std::chrono::microseconds;

/// A FIFO that a few bytes fill.
TpmConfig shallow() {
  TpmConfig config = fitted();
  config.tis.expect_flaw = false;
  config.tis.fifo_size = 8;
  return config;
}

Bytes saved(Rig& rig) {
  sim::Archive archive = sim::Archive::saving();
  rig.tpm.serialize(archive);
  return archive.saved();
}

/// `bytes` go to the FIFO in runs of `run`; in one board as runs, in the other one by one.
void feed_both(Rig& runs, Rig& single, const Bytes& bytes, std::size_t run) {
  for (std::size_t at = 0; at < bytes.size(); at += run) {
    const auto piece = base::ByteView(bytes).subspan(at, std::min(run, bytes.size() - at));
    runs.tpm.tis().write8_each(kDataFifo, piece);
    for (const std::uint8_t b : piece) single.tpm.tis().write8(kDataFifo, b);
    ASSERT_EQ(saved(runs), saved(single)) << "runs of " << run << ", at " << at;
    for (Rig* rig : {&runs, &single}) {
      rig->tpm.tis().write8(kIntStatus, 0xFF);
      rig->clock.sleep(microseconds(30));
    }
  }
}

TEST(TisRun, OfBytesIsAsManyBusCycles) {
  Bytes longer = kGetTicks;  // announces ten bytes, brings more
  longer.resize(90, 0x5A);
  Bytes announced = hex("00c1 00000050 000000f1");
  announced.resize(0x50, 0xA5);
  Bytes beyond = hex("00c1 ffffffff 000000f1");
  beyond.resize(5000, 0xA5);
  for (const Bytes& command : {kGetTicks, longer, announced, beyond, hex("00c1 00000000 00")}) {
    for (const std::size_t run : {1u, 2u, 5u, 6u, 7u, 10u, 64u, 81u, 5000u}) {
      Rig runs(shallow());
      Rig single(shallow());
      for (Rig* rig : {&runs, &single}) {
        Registers r(*rig, 0);
        r.request();
        r.reg(kIntEnable, kIntGlobal | kIntKinds);
        r.sts(kStsCommandReady);
        r.reg(kIntStatus, kIntKinds);
      }
      feed_both(runs, single, command, run);
    }
  }
}

TEST(TisRun, OfReadsIsAsManyBusCycles) {
  for (const std::size_t run : {1u, 7u, 42u, 60u}) {
    Rig runs(shallow());
    Rig single(shallow());
    for (Rig* rig : {&runs, &single}) {
      Registers r(*rig, 0);
      r.request();
      r.send(kGetTicks);
      rig->clock.sleep(std::chrono::seconds(1));
    }
    for (int i = 0; i < 3; ++i) {
      Bytes read(run);
      runs.tpm.tis().read8_each(kDataFifo, read);
      for (const std::uint8_t b : read) ASSERT_EQ(single.tpm.tis().read8(kDataFifo), b);
      ASSERT_EQ(saved(runs), saved(single)) << run;
    }
  }
}

TEST(TisRun, ThatIsNotTheActiveLocalitysReachesNothing) {
  Rig rig(shallow());
  Registers r(rig, 0);
  const Bytes before = saved(rig);
  Bytes read(3);
  rig.tpm.tis().read8_each(kDataFifo, read);
  EXPECT_EQ(read, (Bytes{0xFF, 0xFF, 0xFF}));
  EXPECT_EQ(saved(rig), before);
  r.request();
  r.sts(kStsCommandReady);
  rig.tpm.tis().write8_each(tis::kLocalitySize + kDataFifo, kGetTicks);
  EXPECT_EQ(r.sts() & kStsCommandReady, kStsCommandReady);
}

}  // namespace
}  // namespace emulator::tpm
