// SPDX-License-Identifier: BSD-3-Clause
// What the TPM's registers tell without being asked, and when they do not answer.
#include <gtest/gtest.h>

#include "tests/emulator/tpm/tis_registers.h"

namespace emulator::tpm {
namespace {

using namespace protocol::tpm;
using namespace protocol::tpm::tis;
using std::chrono::milliseconds;

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

}  // namespace
}  // namespace emulator::tpm
