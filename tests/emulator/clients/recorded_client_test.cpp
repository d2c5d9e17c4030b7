// SPDX-License-Identifier: BSD-3-Clause
// A client of a recording: order, repeats, questions that nobody asked then. The bytes are those of
// AMTHI on a real 8086:A13A (fwupd's public recording; docs/recordings.md).
#include "emulator/clients/recorded_client.h"

#include <gtest/gtest.h>

#include "protocol/mei/clients.h"
#include "scripted_firmware.h"

namespace emulator::clients {
namespace {

constexpr heci::Connection kAsker = {.me_addr = 0x20, .host_addr = 1};
constexpr std::string_view kAskState = "01010000 11000004 00000000";
constexpr std::string_view kPre = "01010000 11008004 08000000 00000000 00000000";
constexpr std::string_view kIn = "01010000 11008004 08000000 00000000 01000000";

RecordedExchange exchange(std::string_view request, std::vector<base::Bytes> answers) {
  return {.request = hex(request), .answers = std::move(answers)};
}

struct Recorded : testing::Test {
  RecordedClient client_of(std::vector<RecordedExchange> exchanges) {
    return RecordedClient({.properties = {.guid = protocol::mei::kAmthiGuid,
                                          .protocol_version = 1,
                                          .max_message_length = 0x1400},
                           .exchanges = std::move(exchanges)},
                          port);
  }
  std::string ask(RecordedClient& client, std::string_view request) {
    client.receive(kAsker, hex(request));
    return port.only();
  }

  RecordingPort port;
};

TEST_F(Recorded, AnswersAsRecordedToWhoeverAsked) {
  auto client = client_of({exchange(kAskState, {hex(kPre)})});
  EXPECT_EQ(ask(client, kAskState), packed(kPre));
  EXPECT_EQ(port.last_to, kAsker);
  EXPECT_EQ(client.properties().max_message_length, 0x1400u);
}

TEST_F(Recorded, AQuestionAskedTwiceIsAnsweredInOrderAndThenFromTheBeginning) {
  auto client = client_of({exchange(kAskState, {hex(kPre)}), exchange(kAskState, {hex(kIn)})});
  EXPECT_EQ(ask(client, kAskState), packed(kPre));
  EXPECT_EQ(ask(client, kAskState), packed(kIn));
  EXPECT_EQ(ask(client, kAskState), packed(kPre));
}

TEST_F(Recorded, AnotherOrderThanTheRecordingsIsAnsweredToo) {
  auto client = client_of({exchange("01", {hex("81")}), exchange("02", {hex("82")})});
  EXPECT_EQ(ask(client, "02"), "82");
  EXPECT_EQ(ask(client, "01"), "81");
}

TEST_F(Recorded, SeveralAnswersComeInTheirOrder) {
  auto client = client_of({exchange("01", {hex("81"), hex("82")})});
  client.receive(kAsker, hex("01"));
  EXPECT_EQ(port.replies, (std::vector<std::string>{"81", "82"}));
}

TEST_F(Recorded, WhatNobodyAskedThenIsNotAnsweredAndCounted) {
  auto client = client_of({exchange(kAskState, {hex(kPre)})});
  EXPECT_EQ(ask(client, "01010000 1A000004 00000000"), "none");
  EXPECT_EQ(ask(client, "01010000 11000004"), "none") << "the beginning of a question is another";
  EXPECT_EQ(client.unknown(), 2u);
}

TEST_F(Recorded, ASavedOneGoesOnWhereItWasAndARestartedEngineBegins) {
  const auto exchanges = {exchange("01", {hex("81")}), exchange("01", {hex("82")})};
  auto client = client_of(exchanges);
  EXPECT_EQ(ask(client, "01"), "81");
  sim::Archive saving = sim::Archive::saving();
  client.serialize(saving);
  auto other = client_of(exchanges);
  sim::Archive loading = sim::Archive::loading(saving.saved());
  other.serialize(loading);
  ASSERT_TRUE(loading.finish());
  EXPECT_EQ(ask(other, "01"), "82");
  client.stopped();
  EXPECT_EQ(ask(client, "01"), "81");
}

TEST_F(Recorded, ASavedOneOfALongerRecordingIsRefused) {
  auto longer = client_of({exchange("01", {}), exchange("02", {})});
  EXPECT_EQ(ask(longer, "02"), "none");
  sim::Archive saving = sim::Archive::saving();
  longer.serialize(saving);
  auto shorter = client_of({exchange("01", {})});
  sim::Archive loading = sim::Archive::loading(saving.saved());
  shorter.serialize(loading);
  EXPECT_FALSE(loading.finish());
}

}  // namespace
}  // namespace emulator::clients
