// SPDX-License-Identifier: BSD-3-Clause
// The host side of HBM 1.0: start, enumeration, connect, disconnect and flow control, and every
// limit on the way.
#include <gtest/gtest.h>

#include "tests/updater/mei/heci_bench.h"

namespace test {
namespace {

using updater::mei::MeiTransport;
using Connected = base::Result<std::unique_ptr<MeiTransport>>;

void silent(base::ByteView) {}

TEST(HeciBus, HostAsksForVersionOneZero) {
  HeciBench b;
  ASSERT_NE(b.fwu(), nullptr);
  const base::Bytes start = {0x01, 0x00, 0x00, 0x01};  // HOST_START_REQ, reserved, minor 0, major 1
  EXPECT_EQ(b.me.bus_messages.front().bytes, start);
}

TEST(HeciBus, MeThatKnowsAnOlderVersionIsTaken) {
  HeciBench b;
  b.me.version_supported = false;
  EXPECT_NE(b.fwu(), nullptr);
}

TEST(HeciBus, MeThatOnlyKnowsNewerVersionsIsToldToStopAndRefused) {
  HeciBench b;
  b.me.version_supported = false;
  b.me.max_major = 2;
  b.me.max_minor = 1;
  const Connected connected = b.host.connect(protocol::mei::kFwuGuid);
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().code, Errc::unsupported);
  EXPECT_NE(connected.error().doing.find("2.1"), std::string::npos);
  b.me.sleep(milliseconds(1));
  EXPECT_EQ(b.me.bus_count(Command::host_stop_req), 1u);
  EXPECT_EQ(b.me.resets, 1);  // asking again would not change the answer
}

TEST(HeciBus, SilenceAfterHostStartTakesThreeTriesOfOneSecond) {
  HeciBench b;
  b.me.ready_after = base::Duration(0);
  b.me.instead[Command::host_start_req] = silent;
  Connected connected = base::Error{};
  const base::Duration took = b.time([&] { connected = b.host.connect(protocol::mei::kFwuGuid); });
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().code, Errc::timeout);
  EXPECT_GE(took, 3 * seconds(1));
  EXPECT_LT(took, 3 * seconds(1) + milliseconds(10));
}

TEST(HeciBus, SilenceAfterEnumerationTakesThreeTriesOfFifteenSeconds) {
  HeciBench b;
  b.me.instead[Command::host_enum_req] = silent;
  Connected connected = base::Error{};
  const base::Duration took = b.time([&] { connected = b.host.connect(protocol::mei::kFwuGuid); });
  EXPECT_EQ(connected.error().code, Errc::timeout);
  EXPECT_GE(took, 3 * seconds(15));
  EXPECT_LT(took, 3 * seconds(15) + milliseconds(300));
}

TEST(HeciBus, ClientsThatAnswerSlowlyShareOneLimit) {
  HeciBench b;
  for (std::uint8_t a = 0x30; a < 0x40; ++a) b.me.clients.push_back({a, {}});
  b.me.instead[Command::client_props_req] = [&](base::ByteView m) {
    b.me.sleep(seconds(2));  // 19 clients, 38 s in all
    b.me.send_bus(hbm::ClientPropertiesResponse{.me_addr = m[1], .status = 0, .properties = {}});
  };
  const Connected connected = b.host.connect(protocol::mei::kFwuGuid);
  EXPECT_EQ(connected.error().code, Errc::timeout);
}

TEST(HeciBus, ClientThatLeftSinceEnumerationIsPassedOver) {
  HeciBench b;
  b.me.instead[Command::host_enum_req] = [&](base::ByteView) {
    hbm::HostEnumResponse map;
    map.add(0x10);  // nobody
    map.add(kFwu);
    b.me.send_bus(map);
  };
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.host.connect(protocol::mei::kMkhiGuid).error().code, Errc::not_found);
}

TEST(HeciBus, PropertiesOfAnotherClientAreAProtocolError) {
  HeciBench b;
  b.me.instead[Command::client_props_req] = [&](base::ByteView m) {
    b.me.send_bus(hbm::ClientPropertiesResponse{
        .me_addr = static_cast<std::uint8_t>(m[1] + 1), .status = 0, .properties = {}});
  };
  EXPECT_EQ(b.host.connect(protocol::mei::kFwuGuid).error().code, Errc::protocol);
}

TEST(HeciBus, PropertiesThatFailAreAProtocolError) {
  HeciBench b;
  b.me.instead[Command::client_props_req] = [&](base::ByteView m) {
    b.me.send_bus(hbm::ClientPropertiesResponse{.me_addr = m[1], .status = 3, .properties = {}});
  };
  const Connected connected = b.host.connect(protocol::mei::kFwuGuid);
  EXPECT_EQ(connected.error().code, Errc::protocol);
  EXPECT_EQ(connected.error().status, 3u);
}

TEST(HeciBus, PropertiesReachTheTransport) {
  HeciBench b;
  const auto fwu = b.fwu();
  ASSERT_NE(fwu, nullptr);
  EXPECT_EQ(fwu->max_message_length(), 512u);
  EXPECT_EQ(fwu->protocol_version(), 3u);
}

TEST(HeciBus, ClientThatClaimsAHugeMessageIsTakenAtSixtyFourKibibytes) {
  HeciBench b;
  b.me.clients[0].properties.max_message_length = 0xFFFFFFFF;
  const auto fwu = b.fwu();
  ASSERT_NE(fwu, nullptr);
  EXPECT_EQ(fwu->max_message_length(), 65536u);
}

TEST(HeciBus, MissingClientIsNotFoundWithTheMesOwnStatus) {
  HeciBench b;
  const Connected connected = b.host.connect(protocol::mei::kAmthiGuid);
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().code, Errc::not_found);
  EXPECT_EQ(connected.error().status, 1u);
}

TEST(HeciBus, EachConnectStatusHasItsOwnError) {
  struct Row {
    std::uint8_t status;
    Errc code;
  };
  for (const Row row : {Row{1, Errc::not_found}, Row{2, Errc::busy}, Row{3, Errc::busy},
                        Row{4, Errc::refused}, Row{5, Errc::refused}, Row{9, Errc::protocol}}) {
    HeciBench b;
    b.me.connect_status = row.status;
    const Connected connected = b.host.connect(protocol::mei::kFwuGuid);
    ASSERT_FALSE(connected);
    EXPECT_EQ(connected.error().code, row.code) << int{row.status};
    EXPECT_EQ(connected.error().status, row.status);
    b.me.connect_status = 0;
    EXPECT_NE(b.fwu(), nullptr) << "a refusal must leave the link usable";
    EXPECT_EQ(b.me.resets, 1);
  }
}

TEST(HeciBus, SilenceAfterConnectTakesFifteenSecondsAndTheLinkDown) {
  HeciBench b;
  ASSERT_NE(b.fwu(), nullptr);
  b.me.instead[Command::connect_req] = silent;
  Connected connected = base::Error{};
  const base::Duration took = b.time([&] { connected = b.host.connect(protocol::mei::kFwuGuid); });
  EXPECT_EQ(connected.error().code, Errc::timeout);
  EXPECT_EQ(took, seconds(15));
  b.me.instead.clear();
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 2);
}

TEST(HeciBus, ConnectAnsweredForAnotherConnectionIsAProtocolError) {
  HeciBench b;
  b.me.instead[Command::connect_req] = [&](base::ByteView m) {
    b.me.send_bus(hbm::ConnectResponse{m[1], static_cast<std::uint8_t>(m[2] + 1), 0});
  };
  EXPECT_EQ(b.host.connect(protocol::mei::kFwuGuid).error().code, Errc::protocol);
}

TEST(HeciBus, ClosingATransportDisconnectsIt) {
  HeciBench b;
  b.fwu().reset();
  ASSERT_EQ(b.me.bus_count(Command::disconnect_req), 1u);
  const base::Bytes disconnect = {0x07, 0x20, 0x01, 0x00};
  EXPECT_EQ(b.me.bus_messages.back().bytes, disconnect);
}

TEST(HeciBus, ClosingATransportOfASilentMeTakesFifteenSeconds) {
  HeciBench b;
  auto fwu = b.fwu();
  b.me.instead[Command::disconnect_req] = silent;
  EXPECT_EQ(b.time([&] { fwu.reset(); }), seconds(15));
}

TEST(HeciBus, ClosingATransportOfALinkThatIsDownIsFree) {
  HeciBench b;
  auto fwu = b.fwu();
  b.me.drop_link();
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
  EXPECT_EQ(b.time([&] { fwu.reset(); }), seconds(0));
}

TEST(HeciBus, EveryConnectionHasItsOwnHostAddress) {
  HeciBench b;
  const auto first = b.host.connect(protocol::mei::kFwuGuid);
  const auto second = b.host.connect(protocol::mei::kMkhiGuid);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(b.me.bus_messages[b.me.bus_messages.size() - 2].bytes,
            (base::Bytes{0x06, 0x20, 0x01, 0x00}));
  EXPECT_EQ(b.me.bus_messages.back().bytes, (base::Bytes{0x06, 0x21, 0x02, 0x00}));
}

TEST(HeciBus, NoHostAddressLeftIsBusy) {
  HeciBench b;
  std::vector<Connected> held;
  for (int i = 0; i < 255; ++i) held.push_back(b.host.connect(protocol::mei::kFwuGuid));
  EXPECT_TRUE(held.back());
  EXPECT_EQ(b.host.connect(protocol::mei::kFwuGuid).error().code, Errc::busy);
}

TEST(HeciBus, DisconnectByTheMeIsAnsweredAndTold) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send_bus(hbm::DisconnectRequest{kFwu, 1});
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
  b.me.sleep(milliseconds(1));
  EXPECT_EQ(b.me.bus_messages.back().bytes, (base::Bytes{0x87, 0x20, 0x01, 0x00}));
  EXPECT_EQ(b.me.resets, 1);  // the link itself is well
}

TEST(HeciBus, StopByTheMeTakesTheLinkDown) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send_bus(hbm::MeStopRequest{.reason = 1});
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 2);
}

TEST(HeciBus, UnknownBusCommandFromTheMeIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send(0, 0, base::Bytes{0x0A, 0, 0, 0});
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciBus, AnswerNobodyAskedForIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send_bus(hbm::ConnectResponse{kFwu, 1, 0});
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciBus, BusMessageLongerThanAnyIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send(0, 0, base::Bytes(37, 0x84));
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciBus, BusMessageThatIsTooShortIsAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  b.me.send(0, 0, base::Bytes{0x08, kFwu, 1});  // FLOW_CONTROL has 8 bytes
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciBus, EndlessDisconnectsByTheMeAreAProtocolError) {
  HeciBench b;
  const auto fwu = b.fwu();
  for (int i = 0; i < 9; ++i)
    b.me.send_bus(hbm::DisconnectRequest{kFwu, static_cast<std::uint8_t>(100 + i)});
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::protocol);
}

TEST(HeciBus, FixedAddressNeedsNoBusMessage) {
  HeciBench b;
  b.me.instead[Command::host_start_req] = silent;
  const auto mkhi = b.host.open_fixed(7);
  ASSERT_TRUE(mkhi);
  b.me.on_message = [&](const ScriptedMe::Message& m) { b.me.send(7, 0, m.bytes); };
  ASSERT_TRUE((*mkhi)->send(base::Bytes{0xFF, 0x02, 0, 0}, seconds(1)));
  const auto answer = (*mkhi)->receive(seconds(1));
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, (base::Bytes{0xFF, 0x02, 0, 0}));
  EXPECT_TRUE(b.me.bus_messages.empty());
  EXPECT_EQ(b.me.headers.back(), 0x80040007u);  // complete, 4 bytes, host 0, ME 7
}

TEST(HeciBus, FixedAddressIsOneUsersAtATime) {
  HeciBench b;
  auto first = b.host.open_fixed(7);
  ASSERT_TRUE(first);
  EXPECT_EQ(b.host.open_fixed(7).error().code, Errc::busy);
  first = base::Error{};
  EXPECT_TRUE(b.host.open_fixed(7));
}

TEST(HeciBus, FixedAddressAndConnectionsShareTheLink) {
  HeciBench b;
  const auto fixed = b.host.open_fixed(7);
  const auto fwu = b.fwu();
  ASSERT_TRUE(fixed && fwu != nullptr);
  EXPECT_EQ(b.me.resets, 1);
  EXPECT_TRUE((*fixed)->send(base::Bytes{1, 2, 3, 4}, seconds(1)));
}

TEST(HeciBus, HostBusAddressIsNoClient) {
  HeciBench b;
  EXPECT_EQ(b.host.open_fixed(0).error().code, Errc::invalid);
}

TEST(HeciBus, EnumeratedClientWithAFixedAddressIsNotConnected) {
  HeciBench b;
  b.me.clients.push_back(
      {7, {.guid = protocol::mei::kLmeGuid, .fixed_address = 1, .max_message_length = 100}});
  const auto connected = b.host.connect(protocol::mei::kLmeGuid);
  ASSERT_TRUE(connected);
  EXPECT_EQ((*connected)->max_message_length(), 100u);
  EXPECT_EQ(b.me.bus_count(Command::connect_req), 0u);
}

}  // namespace
}  // namespace test
