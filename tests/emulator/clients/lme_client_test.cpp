// SPDX-License-Identifier: BSD-3-Clause
// Local manageability as a program like LMS meets it: each message of both sides is a golden string
// (tests/golden/apf.txt), written from LMS' own definitions.
#include "emulator/clients/lme_client.h"

#include <gtest/gtest.h>

#include "protocol/mei/clients.h"
#include "scripted_firmware.h"
#include "tests/golden/golden.h"

namespace emulator::clients {
namespace {

constexpr heci::Connection kLms = {.me_addr = 0x24, .host_addr = 1};
using Replies = std::vector<std::string>;

struct Lme : testing::Test {
  std::string text(const char* name) { return base::to_hex(strings[name]); }

  Replies say(base::ByteView message) {
    port.replies.clear();
    client.receive(kLms, message);
    return port.replies;
  }
  Replies say(const char* name) { return say(strings[name]); }
  Replies say_hex(std::string_view digits) { return say(hex(digits)); }

  /// The whole opening, to where both ports are bound.
  void open_session() {
    say("protocol_version");
    say("service_accept_auth");
    say("userauth_success");
    say("service_accept_pfwd");
    say("request_success_16992");
    ASSERT_EQ(say("request_success_16993"), Replies{});
  }
  /// ... and the host's channel 7 is the engine's 1.
  void open_channel() {
    open_session();
    ASSERT_EQ(say("channel_open"), Replies{text("channel_confirmation")});
  }
  /// CHANNEL_DATA of `count` letters A to the engine's channel 1.
  base::Bytes data(std::size_t count) {
    base::Bytes message(protocol::apf::ChannelData::header_size + count);
    base::ByteWriter out(message);
    const base::Bytes letters(count, 'A');
    encode(out, protocol::apf::ChannelData{.recipient = 1, .data = letters});
    return message;
  }

  const golden::File strings{"apf"};
  RecordingPort port;
  LmeClient client{port};
};

TEST_F(Lme, IsTheClientThatLmsConnectsTo) {
  EXPECT_EQ(to_text(client.properties().guid), "6733a4db-0476-4e7b-b3af-bcfc29bee7a7");
}

TEST_F(Lme, LeadsThroughTheOpeningOnceTheHostHasSaidItsVersion) {
  EXPECT_EQ(say("protocol_version"),
            (Replies{text("protocol_version"), text("service_request_auth")}));
  EXPECT_EQ(port.last_to, kLms);
  EXPECT_EQ(say("service_accept_auth"), Replies{text("userauth_request")});
  EXPECT_EQ(say("userauth_success"), Replies{text("service_request_pfwd")});
  EXPECT_EQ(say("service_accept_pfwd"), Replies{text("forward_request_16992")});
  EXPECT_EQ(say("request_success_16992"), Replies{text("forward_request_16993")});
  EXPECT_EQ(say("request_success_16993"), Replies{});
}

TEST_F(Lme, AChannelIsOpenOnceItsPortIsBoundWhileTheOtherIsAskedFor) {
  say("protocol_version");
  say("service_accept_auth");
  say("userauth_success");
  say("service_accept_pfwd");
  EXPECT_EQ(say("channel_open"), Replies{text("channel_failure")}) << "16992 is not bound yet";
  say("request_success_16992");
  EXPECT_EQ(say("channel_open"), Replies{text("channel_confirmation")});
}

TEST_F(Lme, APortThatTheHostCannotBindIsDoneWithout) {
  say("protocol_version");
  say("service_accept_auth");
  say("userauth_success");
  say("service_accept_pfwd");
  EXPECT_EQ(say_hex("52"), Replies{text("forward_request_16993")});
  EXPECT_EQ(say("request_success_16993"), Replies{});
  EXPECT_EQ(say("channel_open"), Replies{text("channel_failure")});
}

TEST_F(Lme, WhatComesGoesBackAndOpensTheWindowAgain) {
  open_channel();
  EXPECT_EQ(say("channel_data_to_engine"),
            (Replies{text("channel_data_to_host"), text("window_adjust_to_host")}));
}

TEST_F(Lme, NoMoreGoesBackThanTheHostTakes) {
  open_channel();
  const Replies first = say(data(1500));
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].size(), 2 * (9 + 1024u)) << "the host's window is 1024 bytes";
  EXPECT_EQ(first[1], packed("5D 00000007 00000400"));
  EXPECT_EQ(say(data(10)), Replies{}) << "and then it is used up";
  const Replies rest = say_hex("5D 00000001 00000400");
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[0].size(), 2 * (9 + 486u));
}

TEST_F(Lme, MoreThanItsWindowIsAProtocolError) {
  open_channel();
  say(data(3000));  // 1024 of it go back
  EXPECT_EQ(say(data(2120)), Replies{}) << "4096 - 3000 + 1024";
  EXPECT_EQ(say(data(1)), Replies{text("disconnect_protocol_error")});
}

TEST_F(Lme, AWindowThatOverflowsIsAProtocolError) {
  open_channel();
  EXPECT_EQ(say_hex("5D 00000001 FFFFFFFF"), Replies{text("disconnect_protocol_error")});
}

TEST_F(Lme, ClosingAnswersWithACloseAndFreesTheNumber) {
  open_channel();
  EXPECT_EQ(say("channel_close_to_engine"), Replies{text("channel_close_to_host")});
  EXPECT_EQ(say("channel_open"), Replies{text("channel_confirmation")}) << "channel 1 again";
}

TEST_F(Lme, AnotherKindOfChannelOrOneTooManyFails) {
  open_session();
  base::Bytes direct = strings["channel_open"];
  direct[5] = 'x';
  EXPECT_EQ(say(direct), Replies{packed("5C 00000007 00000003 0000000000000000")});
  for (int i = 0; i < 8; ++i) EXPECT_EQ(say("channel_open").size(), 1u);
  EXPECT_EQ(say("channel_open"), Replies{packed("5C 00000007 00000004 0000000000000000")});
}

TEST_F(Lme, KeepaliveIsAnsweredWithItsCookieAtAnyTime) {
  EXPECT_EQ(say("keepalive_request"), Replies{text("keepalive_reply")});
  open_session();
  EXPECT_EQ(say("keepalive_request"), Replies{text("keepalive_reply")});
  EXPECT_EQ(say("keepalive_reply"), Replies{});
}

TEST_F(Lme, WhoeverLeavesTheOrderIsSentAwayAndBeginsAnew) {
  for (const char* early : {"service_accept_auth", "userauth_success", "request_success_16992",
                            "channel_open", "channel_data_to_engine", "channel_close_to_engine"})
    EXPECT_EQ(say(early), Replies{text("disconnect_protocol_error")}) << early;
  EXPECT_EQ(say_hex(""), Replies{text("disconnect_protocol_error")});
  EXPECT_EQ(say_hex("FF"), Replies{text("disconnect_protocol_error")});
  open_session();
  EXPECT_EQ(say("protocol_version"), Replies{text("disconnect_protocol_error")});
  open_channel();
}

TEST_F(Lme, AHostOfAnEarlierProtocolIsRefused) {
  base::Bytes version = strings["protocol_version"];
  version[4] = 0;
  EXPECT_EQ(say(version), Replies{packed("01 00000008 0000")});
}

TEST_F(Lme, ARefusedAuthenticationEndsIt) {
  say("protocol_version");
  say("service_accept_auth");
  EXPECT_EQ(say_hex("33"), Replies{packed("01 0000000B 0000")});
}

TEST_F(Lme, ADisconnectOrAClosedConnectionForgetsEverything) {
  open_channel();
  EXPECT_EQ(say_hex("01 0000000B 0000"), Replies{});
  open_channel();
  client.disconnected(kLms);
  open_channel();
}

TEST_F(Lme, ASavedOneGoesOn) {
  open_channel();
  say(data(1500));
  sim::Archive saving = sim::Archive::saving();
  client.serialize(saving);
  LmeClient other{port};
  sim::Archive loading = sim::Archive::loading(saving.saved());
  other.serialize(loading);
  ASSERT_TRUE(loading.finish());
  port.replies.clear();
  other.receive(kLms, hex("5D 00000001 00000400"));
  ASSERT_EQ(port.replies.size(), 2u);
  EXPECT_EQ(port.replies[0].size(), 2 * (9 + 476u)) << "what had not gone back";
}

}  // namespace
}  // namespace emulator::clients
