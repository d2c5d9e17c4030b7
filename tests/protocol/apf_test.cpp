// SPDX-License-Identifier: BSD-3-Clause
// The port-forwarding protocol of LME against bytes written by hand from intel/lms
// (tests/golden/apf.txt).
#include "protocol/mei/apf.h"

#include <gtest/gtest.h>

#include "tests/golden/checks.h"
#include "tests/golden/golden.h"

namespace protocol::apf {
namespace {

using golden::encoded;
using golden::expect_only_this_size_decodes;

struct Apf : testing::Test {
  std::string hex(const char* name) { return base::to_hex(bytes[name]); }

  const golden::File bytes{"apf"};
};

TEST_F(Apf, ProtocolVersion) {
  EXPECT_EQ(encoded(ProtocolVersion{.major = 1, .minor = 0, .trigger = 254}),
            hex("protocol_version"));
  const auto m = decode_protocol_version(bytes["protocol_version"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->major, 1u);
  EXPECT_EQ(m->minor, 0u);
  EXPECT_EQ(m->trigger, 254u);
  expect_only_this_size_decodes(bytes["protocol_version"], decode_protocol_version);
}

TEST_F(Apf, ServicesAreAskedForAndAccepted) {
  EXPECT_EQ(encoded(Service{.type = Type::service_request, .name = "auth@amt.intel.com"}),
            hex("service_request_auth"));
  EXPECT_EQ(encoded(Service{.type = Type::service_accept, .name = "pfwd@amt.intel.com"}),
            hex("service_accept_pfwd"));
  const auto m = decode_service(bytes["service_accept_auth"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->type, Type::service_accept);
  EXPECT_EQ(m->name, kAuthService);
  expect_only_this_size_decodes(bytes["service_request_pfwd"], decode_service);
}

TEST_F(Apf, TheEngineAsksToBeLetInWithoutAUser) {
  EXPECT_EQ(encoded(UserauthRequest{.user = {}, .service = kForwardService, .method = kNoneMethod}),
            hex("userauth_request"));
  const auto m = decode_userauth_request(bytes["userauth_request"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->service, "pfwd@amt.intel.com");
  EXPECT_EQ(m->method, "none");
  expect_only_this_size_decodes(bytes["userauth_request"], decode_userauth_request);
}

TEST_F(Apf, PortsAreAskedForAndBound) {
  EXPECT_EQ(encoded(ForwardRequest{.want_reply = 1, .address = {}, .port = 16992}),
            hex("forward_request_16992"));
  const auto m = decode_forward_request(bytes["forward_request_16993"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->port, 16993u);
  EXPECT_EQ(m->want_reply, 1);
  expect_only_this_size_decodes(bytes["forward_request_16992"], decode_forward_request);
  EXPECT_EQ(encoded(RequestSuccess{.port = 16992}), hex("request_success_16992"));
  EXPECT_EQ(decode_request_success(bytes["request_success_16993"])->port, 16993u);
  expect_only_this_size_decodes(bytes["request_success_16992"], decode_request_success);
}

TEST_F(Apf, AChannelIsOpened) {
  EXPECT_EQ(encoded(ChannelOpen{.type = kForwardedChannel,
                                .sender = 7,
                                .window = 1024,
                                .connected_address = "127.0.0.1",
                                .connected_port = 16992,
                                .originator_address = "127.0.0.1",
                                .originator_port = 49153}),
            hex("channel_open"));
  const auto m = decode_channel_open(bytes["channel_open"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->type, "forwarded-tcpip");
  EXPECT_EQ(m->sender, 7u);
  EXPECT_EQ(m->window, 1024u);
  EXPECT_EQ(m->connected_port, 16992u);
  EXPECT_EQ(m->originator_port, 49153u);
  expect_only_this_size_decodes(bytes["channel_open"], decode_channel_open);
}

TEST_F(Apf, AnOpenIsConfirmedOrFails) {
  EXPECT_EQ(encoded(ChannelConfirmation{.recipient = 7, .sender = 1, .window = 4096}),
            hex("channel_confirmation"));
  const auto confirmed = decode_channel_confirmation(bytes["channel_confirmation"]);
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->sender, 1u);
  EXPECT_EQ(confirmed->window, 4096u);
  expect_only_this_size_decodes(bytes["channel_confirmation"], decode_channel_confirmation);
  EXPECT_EQ(encoded(ChannelFailure{.recipient = 7, .reason = OpenFailure::connect_failed}),
            hex("channel_failure"));
  EXPECT_EQ(decode_channel_failure(bytes["channel_failure"])->reason, OpenFailure::connect_failed);
  expect_only_this_size_decodes(bytes["channel_failure"], decode_channel_failure);
}

TEST_F(Apf, DataWindowAndClose) {
  const base::Bytes get = {'G', 'E', 'T'};
  EXPECT_EQ(encoded(ChannelData{.recipient = 7, .data = get}), hex("channel_data_to_host"));
  const auto data = decode_channel_data(bytes["channel_data_to_engine"]);
  ASSERT_TRUE(data);
  EXPECT_EQ(data->recipient, 1u);
  EXPECT_EQ(base::Bytes(data->data.begin(), data->data.end()), get);
  expect_only_this_size_decodes(bytes["channel_data_to_engine"], decode_channel_data);
  EXPECT_EQ(encoded(WindowAdjust{.recipient = 7, .bytes = 3}), hex("window_adjust_to_host"));
  EXPECT_EQ(decode_window_adjust(bytes["window_adjust_to_host"])->bytes, 3u);
  expect_only_this_size_decodes(bytes["window_adjust_to_host"], decode_window_adjust);
  EXPECT_EQ(encoded(ChannelClose{.recipient = 7}), hex("channel_close_to_host"));
  EXPECT_EQ(decode_channel_close(bytes["channel_close_to_engine"])->recipient, 1u);
  expect_only_this_size_decodes(bytes["channel_close_to_engine"], decode_channel_close);
}

TEST_F(Apf, DisconnectAndKeepalive) {
  EXPECT_EQ(encoded(Disconnect{.reason = DisconnectReason::protocol_error}),
            hex("disconnect_protocol_error"));
  EXPECT_EQ(decode_disconnect(bytes["disconnect_protocol_error"])->reason,
            DisconnectReason::protocol_error);
  expect_only_this_size_decodes(bytes["disconnect_protocol_error"], decode_disconnect);
  EXPECT_EQ(encoded(Keepalive{.type = Type::keepalive_reply, .cookie = 0x42}),
            hex("keepalive_reply"));
  EXPECT_EQ(decode_keepalive(bytes["keepalive_request"])->cookie, 0x42u);
  expect_only_this_size_decodes(bytes["keepalive_request"], decode_keepalive);
}

TEST_F(Apf, ATextThatIsLongerThanItsMessageIsNone) {
  base::Bytes message = bytes["service_request_auth"];
  message[1] = 0xFF;
  EXPECT_FALSE(decode_service(message));
}

}  // namespace
}  // namespace protocol::apf
