// SPDX-License-Identifier: BSD-3-Clause
// A trace's records are taken apart as the protocols have them: the bytes are typed from
// docs/protocols.md and its sources, not from our own encoders.
#include "scenarios/field/replay/timeline.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace scenarios::field {
namespace {

using emulator::sim::TraceKind;
using emulator::sim::TraceRecord;
using std::chrono_literals::operator""s;

constexpr std::uint8_t kUpdateAddress = 0x21;
constexpr std::uint8_t kAmtAddress = 0x25;

TraceRecord to_host(std::uint8_t me_addr, const std::vector<std::uint8_t>& bytes) {
  return {.kind = TraceKind::message_to_host, .me_addr = me_addr, .data = bytes};
}
TraceRecord to_me(std::uint8_t me_addr, const std::vector<std::uint8_t>& bytes) {
  return {.kind = TraceKind::message_to_me, .me_addr = me_addr, .data = bytes};
}

/// CLIENT_PROPERTIES' answer: command 85, address, status 0, then the properties, GUID first.
std::vector<std::uint8_t> properties_of(std::uint8_t me_addr, std::vector<std::uint8_t> guid) {
  std::vector<std::uint8_t> bytes = {0x85, me_addr, 0x00, 0x00};
  bytes.insert(bytes.end(), guid.begin(), guid.end());
  bytes.insert(bytes.end(), {0x01, 0x01, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00});
  return bytes;
}
/// 309dcde8-ccb1-4062-8f78-600115a34327 and 12f80028-b4b7-4b2d-aca8-46e0ff65814c on the wire.
const std::vector<std::uint8_t> kUpdateGuid = {0xE8, 0xCD, 0x9D, 0x30, 0xB1, 0xCC, 0x62, 0x40,
                                               0x8F, 0x78, 0x60, 0x01, 0x15, 0xA3, 0x43, 0x27};
const std::vector<std::uint8_t> kAmtGuid = {0x28, 0x00, 0xF8, 0x12, 0xB7, 0xB4, 0x2D, 0x4B,
                                            0xAC, 0xA8, 0x46, 0xE0, 0xFF, 0x65, 0x81, 0x4C};

TEST(Timeline, KnowsAClientOnceTheMeHasToldOfIt) {
  const std::vector<std::uint8_t> get_version = {0x00, 0x00, 0x00, 0x00};
  const auto told = properties_of(kUpdateAddress, kUpdateGuid);
  TimelineSink sink;
  sink.record(to_me(kUpdateAddress, get_version));
  sink.record(to_host(0, told));
  sink.record(to_me(kUpdateAddress, get_version));
  const auto records = sink.take();
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].peer, Peer::not_known);
  EXPECT_EQ(records[1].peer, Peer::link);
  EXPECT_EQ(records[1].message, 0x85u);
  EXPECT_EQ(records[2].peer, Peer::update);
  EXPECT_EQ(records[2].message, 0u);
  EXPECT_EQ(records[2].status, std::nullopt) << "a question has none";
}

TEST(Timeline, TakesAnAnswersStatusFromItsPlace) {
  const auto of_update = properties_of(kUpdateAddress, kUpdateGuid);
  const auto of_amt = properties_of(kAmtAddress, kAmtGuid);
  // 8741 is 2225h. MKHI at its fixed address 7: group 06, command 02 | 80, result 5. AMTHI: GET
  // CODE VERSIONS is 0400001A, 0480001A its answer; length 4, status 1.
  const std::vector<std::uint8_t> start_reply = {0x03, 0, 0, 0, 0x25, 0x22, 0, 0};
  const std::vector<std::uint8_t> mkhi = {0x06, 0x82, 0x00, 0x05};
  const std::vector<std::uint8_t> amthi = {0x01, 0x01, 0, 0, 0x1A, 0, 0x80, 0x04,
                                           0x04, 0,    0, 0, 0x01, 0, 0,    0};
  TimelineSink sink;
  sink.record(to_host(0, of_update));
  sink.record(to_host(0, of_amt));
  sink.record(to_host(kUpdateAddress, start_reply));
  sink.record(to_host(7, mkhi));
  sink.record(to_host(kAmtAddress, amthi));
  const auto records = sink.take();
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(records[2].message, 3u);
  EXPECT_EQ(records[2].status, 8741u);
  EXPECT_EQ(records[3].peer, Peer::kernel);
  EXPECT_EQ(records[3].message, 0x0602u);
  EXPECT_EQ(records[3].status, 5u);
  EXPECT_EQ(records[4].peer, Peer::amt);
  EXPECT_EQ(records[4].message, 0x0480001Au);
  EXPECT_EQ(records[4].status, 1u);
}

TEST(Timeline, AMessageThatIsTooShortTellsNothing) {
  const auto told = properties_of(kUpdateAddress, kUpdateGuid);
  const std::vector<std::uint8_t> torn = {0x03, 0x00};
  const std::vector<std::uint8_t> empty;
  TimelineSink sink;
  sink.record(to_host(0, told));
  sink.record(to_host(kUpdateAddress, torn));
  sink.record(to_me(0, empty));
  const auto records = sink.take();
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].message, std::nullopt);
  EXPECT_EQ(records[1].status, std::nullopt);
  EXPECT_EQ(records[2].message, std::nullopt);
}

TEST(Timeline, KeepsTheTpmsNumbersAndLeavesTheFlashOut) {
  TimelineSink sink;
  sink.record({.at = 75s, .kind = TraceKind::tpm_response, .a = 0x65, .b = 3});
  sink.record({.kind = TraceKind::flash_program, .a = 0x1000, .b = 256});
  sink.record({.kind = TraceKind::fault, .a = 1, .text = "ignore"});
  const auto records = sink.take();
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].at, 75s) << "beyond a minute, too";
  EXPECT_EQ(records[0].peer, Peer::tpm);
  EXPECT_EQ(records[0].message, 0x65u);
  EXPECT_EQ(records[0].status, 3u);
  EXPECT_EQ(records[1].words, "fault: ignore (occurrence 1)");
}

}  // namespace
}  // namespace scenarios::field
