// SPDX-License-Identifier: BSD-3-Clause
// Whole messages over the rings: fragments, credits, several connections, and everything that can
// break on the way.
#include <gtest/gtest.h>

#include "tests/updater/mei/heci_bench.h"

namespace test {
namespace {

using updater::mei::MeiTransport;

/// A FWU client that sends every message back and takes the next.
void echo(HeciBench& b) {
  b.me.on_message = [&b](const ScriptedMe::Message& m) {
    b.me.send(m.me_addr, m.host_addr, m.bytes);
    b.me.send_bus(hbm::FlowControl{m.me_addr, m.host_addr});
  };
}

TEST(HeciMessage, MessageGoesThereAndBack) {
  HeciBench b;
  echo(b);
  const auto fwu = b.fwu();
  ASSERT_TRUE(fwu->send(base::Bytes{0, 0, 0, 0}, seconds(1)));
  const auto answer = fwu->receive(seconds(1));
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, (base::Bytes{0, 0, 0, 0}));
  EXPECT_EQ(b.me.headers.back(),
            0x80080000u);  // the host's credit: FLOW_CONTROL, 8 bytes on the bus
}

TEST(HeciMessage, EveryLengthUpToTheMaximumSurvivesEveryDepth) {
  for (const std::uint32_t depth : {2u, 4u, 8u, 32u, 128u}) {
    HeciBench b;
    b.me.depth = depth;
    echo(b);
    const auto fwu = b.fwu();
    ASSERT_NE(fwu, nullptr);
    for (const std::size_t size : {0u, 1u, 3u, 4u, 5u, 123u, 124u, 125u, 508u, 509u, 511u, 512u}) {
      ASSERT_TRUE(fwu->send(pattern(size), seconds(1))) << depth << " " << size;
      const auto answer = fwu->receive(seconds(1));
      ASSERT_TRUE(answer) << depth << " " << size;
      EXPECT_EQ(*answer, pattern(size)) << depth << " " << size;
    }
  }
}

TEST(HeciMessage, FragmentsOfAnEmptyRingFillItAndOnlyTheLastIsComplete) {
  HeciBench b;
  b.me.depth = 8;
  const auto fwu = b.fwu();
  b.me.headers.clear();
  ASSERT_TRUE(fwu->send(pattern(60), seconds(1)));
  b.me.sleep(milliseconds(1));
  // 7 slots of payload a fragment: 28 + 28 + 4 bytes; ME 0x20, host 1.
  EXPECT_EQ(b.me.headers, (std::vector<std::uint32_t>{0x001C0120, 0x001C0120, 0x80040120}));
}

TEST(HeciMessage, RingsWrapAroundPastTwoHundredFiftySixSlots) {
  HeciBench b;
  echo(b);
  const auto fwu = b.fwu();
  for (int i = 0; i < 100; ++i) {
    const base::Bytes message = pattern(static_cast<std::size_t>(20 + i));
    ASSERT_TRUE(fwu->send(message, seconds(1)));
    EXPECT_EQ(fwu->receive(seconds(1)).value_or({}), message);
  }
}

TEST(HeciMessage, SecondMessageWaitsForACreditUntilItsLimit) {
  HeciBench b;
  const auto fwu = b.fwu();
  ASSERT_TRUE(fwu->send(pattern(8), seconds(1)));
  base::Result<void> sent;
  EXPECT_EQ(b.time([&] { sent = fwu->send(pattern(8), milliseconds(700)); }), milliseconds(700));
  EXPECT_EQ(sent.error().code, Errc::timeout);
  EXPECT_EQ(b.me.messages.size(), 1u);
}

TEST(HeciMessage, LateCreditIsUsed) {
  HeciBench b;
  const auto fwu = b.fwu();
  ASSERT_TRUE(fwu->send(pattern(8), seconds(1)));
  b.me.send_bus(hbm::FlowControl{kFwu, 1});
  EXPECT_TRUE(fwu->send(pattern(8), seconds(1)));
}

TEST(HeciMessage, CreditOfASharedBufferServesAllConnections) {
  HeciBench b;
  b.me.credits_on_connect = 0;
  const auto shared = b.host.connect(protocol::mei::kWatchdogGuid);
  ASSERT_TRUE(shared);
  EXPECT_EQ((*shared)->send(pattern(4), milliseconds(10)).error().code, Errc::timeout);
  b.me.send_bus(hbm::FlowControl{kSharedBuffer, 0});
  EXPECT_TRUE((*shared)->send(pattern(4), milliseconds(10)));
  EXPECT_EQ((*shared)->send(pattern(4), milliseconds(10)).error().code, Errc::timeout);
}

TEST(HeciMessage, HostGivesOneCreditForEachMessageItWaitsFor) {
  HeciBench b;
  const auto fwu = b.fwu();
  EXPECT_EQ(fwu->receive(milliseconds(5)).error().code, Errc::timeout);
  EXPECT_EQ(fwu->receive(milliseconds(5)).error().code, Errc::timeout);
  EXPECT_EQ(b.me.bus_count(Command::flow_control), 1u);  // the first has not been used
  b.me.send(kFwu, 1, pattern(4));
  ASSERT_TRUE(fwu->receive(milliseconds(5)));
  EXPECT_EQ(fwu->receive(milliseconds(5)).error().code, Errc::timeout);
  EXPECT_EQ(b.me.bus_count(Command::flow_control), 2u);
}

TEST(HeciMessage, SilenceOfAClientTakesTheCallersLimit) {
  HeciBench b;
  const auto fwu = b.fwu();
  base::Result<base::Bytes> answer = base::Error{};
  EXPECT_EQ(b.time([&] { answer = fwu->receive(milliseconds(1234)); }), milliseconds(1234));
  EXPECT_EQ(answer.error().code, Errc::timeout);
}

TEST(HeciMessage, LimitBeyondAllTimeDoesNotOverflow) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.instead[Command::flow_control] = [&](base::ByteView) { b.me.send(kFwu, 1, pattern(4)); };
  EXPECT_TRUE(fwu->receive(base::Duration::max()));
}

TEST(HeciMessage, FullRingTimesOutAndKeepsItsCredit) {
  HeciBench b;
  b.me.depth = 8;
  const auto fwu = b.fwu();
  const auto mkhi = b.host.connect(protocol::mei::kMkhiGuid);
  b.me.sleep(milliseconds(1));
  b.me.takes_messages = false;
  ASSERT_TRUE((*mkhi)->send(pattern(20), seconds(1)));  // six of eight slots
  base::Result<void> sent;
  EXPECT_EQ(b.time([&] { sent = fwu->send(pattern(20), milliseconds(300)); }), milliseconds(300));
  EXPECT_EQ(sent.error().code, Errc::timeout);
  b.me.takes_messages = true;
  EXPECT_TRUE(fwu->send(pattern(20), seconds(1)));
}

TEST(HeciMessage, MessageBrokenOffInTheMiddleTakesTheLinkDown) {
  HeciBench b;
  b.me.depth = 8;
  const auto fwu = b.fwu();
  b.me.sleep(milliseconds(1));
  b.me.takes_messages = false;
  EXPECT_EQ(fwu->send(pattern(100), milliseconds(300)).error().code, Errc::timeout);
  EXPECT_EQ(fwu->send(pattern(4), milliseconds(300)).error().code, Errc::disconnected);
}

TEST(HeciMessage, MessageLongerThanTheClientTakesIsNotSent) {
  HeciBench b;
  const auto fwu = b.fwu();
  EXPECT_EQ(fwu->send(pattern(513), seconds(1)).error().code, Errc::invalid);
  EXPECT_TRUE(fwu->send(pattern(512), seconds(1)));  // and its credit is still there
}

TEST(HeciMessage, AnswerLongerThanTheClientsMaximumIsDroppedAndTheNextOneRead) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send(kFwu, 1, pattern(513));
  b.me.send(kFwu, 1, pattern(10));
  EXPECT_EQ(fwu->receive(seconds(1)).value_or({}), pattern(10));
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciMessage, MessagesOfOtherConnectionsAreKeptInOrder) {
  HeciBench b;
  const auto fwu = b.fwu();
  const auto mkhi = b.host.connect(protocol::mei::kMkhiGuid);
  ASSERT_TRUE(mkhi);
  b.me.send(kMkhi, 2, pattern(5));
  b.me.send(kMkhi, 2, pattern(6));
  b.me.send(kFwu, 1, pattern(7));
  EXPECT_EQ(fwu->receive(seconds(1)).value_or({}), pattern(7));
  EXPECT_EQ((*mkhi)->receive(seconds(1)).value_or({}), pattern(5));
  EXPECT_EQ((*mkhi)->receive(seconds(1)).value_or({}), pattern(6));
}

TEST(HeciMessage, FifthUnreadMessageIsAProtocolErrorOfItsConnectionOnly) {
  HeciBench b;
  const auto fwu = b.fwu();
  const auto mkhi = b.host.connect(protocol::mei::kMkhiGuid);
  for (std::size_t i = 1; i <= 5; ++i) b.me.send(kMkhi, 2, pattern(i));
  b.me.send(kFwu, 1, pattern(9));
  EXPECT_EQ(fwu->receive(seconds(1)).value_or({}), pattern(9));
  for (std::size_t i = 1; i <= 4; ++i)
    EXPECT_EQ((*mkhi)->receive(seconds(1)).value_or({}), pattern(i));
  EXPECT_EQ((*mkhi)->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciMessage, FragmentsOfTwoConnectionsMayInterleave) {
  HeciBench b;
  b.me.depth = 8;
  const auto fwu = b.fwu();
  const auto mkhi = b.host.connect(protocol::mei::kMkhiGuid);
  b.me.send_slots({0x00040120, 0x44332211});  // 4 bytes for FWU, more to come
  b.me.send_slots({0x80040221, 0x0D0C0B0A});  // MKHI, complete
  b.me.send_slots({0x80020120, 0x00006655});  // the last 2 for FWU
  EXPECT_EQ(fwu->receive(seconds(1)).value_or({}),
            (base::Bytes{0x11, 0x22, 0x33, 0x44, 0x55, 0x66}));
  EXPECT_EQ((*mkhi)->receive(seconds(1)).value_or({}), (base::Bytes{0x0A, 0x0B, 0x0C, 0x0D}));
}

TEST(HeciMessage, AnswerForAHostAddressNeverUsedIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send(kFwu, 9, pattern(4));
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
}

TEST(HeciMessage, AnswerUnderWayToAClosedConnectionIsDropped) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.host.connect(protocol::mei::kMkhiGuid)->reset();
  b.me.send(kMkhi, 2, pattern(4));
  b.me.send(kFwu, 1, pattern(5));
  EXPECT_EQ(fwu->receive(seconds(1)).value_or({}), pattern(5));
}

TEST(HeciMessage, HeaderWithReservedBitsIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send_slots({0x90040120, 0});  // bit 28
  const auto answer = fwu->receive(seconds(1));
  EXPECT_EQ(answer.error().code, Errc::protocol);
  EXPECT_EQ(answer.error().status, 0x90040120u);
}

TEST(HeciMessage, HeaderOfZerosIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send_slots({0});
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciMessage, FragmentLongerThanTheRingIsAProtocolError) {
  HeciBench b;
  b.me.depth = 8;
  const auto fwu = b.fwu();
  b.me.send_slots({0x801D0120});  // 29 bytes: eight slots, and the header has taken one
  const auto answer = fwu->receive(seconds(1));
  EXPECT_EQ(answer.error().code, Errc::protocol);
  EXPECT_EQ(answer.error().status, 0x801D0120u);
}

TEST(HeciMessage, PayloadThatNeverFollowsItsHeaderTakesOneSecond) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send_slots({0x80080120, 0});  // promises two slots, holds one
  b.me.sleep(milliseconds(1));
  base::Result<base::Bytes> answer = base::Error{};
  EXPECT_EQ(b.time([&] { answer = fwu->receive(seconds(5)); }), seconds(1));
  EXPECT_EQ(answer.error().code, Errc::protocol);
}

TEST(HeciMessage, MoreSlotsFilledThanTheRingHasIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.overfill();
  const auto answer = fwu->receive(seconds(1));
  EXPECT_EQ(answer.error().code, Errc::protocol);
  EXPECT_NE(answer.error().doing.find("more slots are filled"), std::string::npos);
}

TEST(HeciMessage, MeThatDropsReadyInTheMiddleOfAMessageDisconnects) {
  HeciBench b;
  b.me.depth = 8;
  const auto fwu = b.fwu();
  b.me.sleep(milliseconds(1));
  int slots = 0;
  b.me.on_slot = [&](std::uint32_t) {
    if (++slots == 10) b.me.drop_link();
  };
  EXPECT_EQ(fwu->send(pattern(100), seconds(1)).error().code, Errc::disconnected);
}

TEST(HeciMessage, DeviceThatDisappearsInTheMiddleOfAMessageDisconnects) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.on_slot = [&](std::uint32_t) { b.me.gone = true; };
  const auto sent = fwu->send(pattern(100), seconds(1));
  EXPECT_EQ(sent.error().code, Errc::disconnected);
  EXPECT_EQ(sent.error().status, 0xFFFFFFFFu);
}

TEST(HeciMessage, LinkResetBetweenTwoLooksIsNoticedByItsPointers) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.restart_unnoticed();  // both RDY bits are set again
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
}

TEST(HeciMessage, LinkLostUnderATransportComesBackWithTheNextConnect) {
  HeciBench b;
  echo(b);
  auto fwu = b.fwu();
  b.me.drop_link();
  EXPECT_EQ(fwu->send(pattern(4), seconds(1)).error().code, Errc::disconnected);
  auto again = b.fwu();
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(b.me.resets, 2);
  EXPECT_EQ(fwu->send(pattern(4), seconds(1)).error().code,
            Errc::disconnected);  // the old one stays lost
  ASSERT_TRUE(again->send(pattern(4), seconds(1)));
  EXPECT_TRUE(again->receive(seconds(1)));
}

TEST(HeciMessage, ConnectFindsALinkThatWentDownUnnoticed) {
  HeciBench b;
  b.fwu().reset();
  b.me.drop_link();
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 2);
}

TEST(HeciMessage, LinkResetUnderAConnectIsTriedOnceMore) {
  HeciBench b;
  b.fwu().reset();
  b.me.instead[Command::connect_req] = [&](base::ByteView) {
    b.me.instead.clear();
    b.me.drop_link();
  };
  EXPECT_NE(b.fwu(), nullptr);
}

TEST(HeciMessage, LastAnswerBeforeTheMeRestartsIsStillDelivered) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send(kFwu, 1, pattern(28));
  b.me.send_bus(hbm::MeStopRequest{.reason = 1});
  EXPECT_EQ(fwu->receive(seconds(1)).value_or({}), pattern(28));
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
}

TEST(HeciHost, FactsAreHandedThrough) {
  ScriptedMe me;
  updater::mei::HeciHost host(
      me, me,
      {.name = "sim:esprimo-e5730",
       .simulated = true,
       .pci_device_id = 0x2E14,
       .firmware_status = [] { return base::Result<std::uint32_t>(0x3009065Au); },
       .host = {.mei_driver_version = "5.2.0.1008"}});
  EXPECT_EQ(host.name(), "sim:esprimo-e5730");
  EXPECT_TRUE(host.simulated());
  EXPECT_EQ(host.pci_device_id().value_or(0), 0x2E14);
  EXPECT_EQ(host.firmware_status().value_or(0), 0x3009065Au);
  EXPECT_EQ(host.host_facts().mei_driver_version, "5.2.0.1008");
}

TEST(HeciHost, UnknownFactsAreUnsupported) {
  ScriptedMe me;
  updater::mei::HeciHost host(me, me, {});
  EXPECT_EQ(host.pci_device_id().error().code, Errc::unsupported);
  EXPECT_EQ(host.firmware_status().error().code, Errc::unsupported);
}

}  // namespace
}  // namespace test
