// SPDX-License-Identifier: BSD-3-Clause
// Five localities and one TPM: who has it, who waits, who seizes it.
#include <gtest/gtest.h>

#include "tests/emulator/tpm/tis_registers.h"
#include "tests/protocol/tpm/hex_text.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;
using namespace protocol::tpm::tis;
using std::chrono::milliseconds;

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

}  // namespace
}  // namespace emulator::tpm
