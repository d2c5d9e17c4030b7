// SPDX-License-Identifier: BSD-3-Clause
// Host bus messages against their golden bytes.
#include "protocol/heci/hbm.h"

#include "protocol/mei/clients.h"
#include "tests/golden/checks.h"
#include "tests/golden/golden.h"

namespace protocol::hbm {
namespace {

using golden::encoded;
using golden::expect_only_this_size_decodes;

const golden::File& file() {
  static const golden::File hbm("hbm");
  return hbm;
}
std::string hex(const char* name) {
  return base::to_hex(file()[name]);
}

TEST(HostBusMessage, HostStartAsksForTheHostsVersion) {
  const auto m = decode_host_start_request(file()["host_start_request"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->major, 2);
  EXPECT_EQ(m->minor, 0);
  EXPECT_EQ(encoded(HostStartRequest{.minor = 0, .major = 2}), hex("host_start_request"));
}

TEST(HostBusMessage, HostStartAnswerTellsTheHighestVersion) {
  const auto m = decode_host_start_response(file()["host_start_response"]);
  ASSERT_TRUE(m);
  EXPECT_FALSE(m->version_supported);
  EXPECT_EQ(m->max_major, 1);
  EXPECT_EQ(m->max_minor, 0);
  EXPECT_EQ(encoded(HostStartResponse{.version_supported = false, .max_minor = 0, .max_major = 1}),
            hex("host_start_response"));
  EXPECT_TRUE(
      decode_host_start_response(file()["host_start_response_supported"])->version_supported);
  EXPECT_EQ(encoded(HostStartResponse{.version_supported = true, .max_minor = 0, .max_major = 1}),
            hex("host_start_response_supported"));
}

TEST(HostBusMessage, StopMessagesCarryTheirReason) {
  EXPECT_EQ(decode_host_stop_request(file()["host_stop_request"])->reason,
            static_cast<std::uint8_t>(StopReason::d3));
  EXPECT_EQ(encoded(HostStopRequest{.reason = 3}), hex("host_stop_request"));
  EXPECT_TRUE(decode_host_stop_response(file()["host_stop_response"]));
  EXPECT_EQ(encoded(HostStopResponse{}), hex("host_stop_response"));
  EXPECT_EQ(decode_me_stop_request(file()["me_stop_request"])->reason, 1);
  EXPECT_EQ(encoded(MeStopRequest{.reason = 1}), hex("me_stop_request"));
}

TEST(HostBusMessage, EnumerationMapHasOneBitAClient) {
  EXPECT_TRUE(decode_host_enum_request(file()["host_enum_request"]));
  EXPECT_EQ(encoded(HostEnumRequest{}), hex("host_enum_request"));
  const auto m = decode_host_enum_response(file()["host_enum_response"]);
  ASSERT_TRUE(m);
  HostEnumResponse built;
  for (int address = 0; address < 256; ++address) {
    const auto at = static_cast<std::uint8_t>(address);
    const bool expected = address == 0 || address == 7 || address == 0x20 || address == 255;
    EXPECT_EQ(m->has(at), expected) << address;
    if (expected) built.add(at);
  }
  EXPECT_EQ(encoded(built), hex("host_enum_response"));
}

TEST(HostBusMessage, PropertiesDescribeAClient) {
  EXPECT_EQ(decode_client_properties_request(file()["client_properties_request"])->me_addr, 0x20);
  EXPECT_EQ(encoded(ClientPropertiesRequest{.me_addr = 0x20}), hex("client_properties_request"));
  const auto m = decode_client_properties_response(file()["client_properties_response"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->me_addr, 0x20);
  EXPECT_EQ(m->status, static_cast<std::uint8_t>(Status::success));
  EXPECT_EQ(m->properties.guid, protocol::mei::kFwuGuid);
  EXPECT_EQ(m->properties.protocol_version, 1);
  EXPECT_EQ(m->properties.max_connections, 1);
  EXPECT_EQ(m->properties.fixed_address, 0);
  EXPECT_EQ(m->properties.single_recv_buf, 0);
  EXPECT_EQ(m->properties.max_message_length, 512u);
}

TEST(HostBusMessage, PropertiesEncodeInOrder) {
  const ClientProperties fwu{.guid = protocol::mei::kFwuGuid,
                             .protocol_version = 1,
                             .max_connections = 1,
                             .fixed_address = 0,
                             .single_recv_buf = 0,
                             .max_message_length = 512};
  EXPECT_EQ(encoded(ClientPropertiesResponse{.me_addr = 0x20, .status = 0, .properties = fwu}),
            hex("client_properties_response"));
  const auto missing =
      decode_client_properties_response(file()["client_properties_response_not_found"]);
  EXPECT_EQ(missing->status, static_cast<std::uint8_t>(Status::client_not_found));
}

TEST(HostBusMessage, ConnectionMessagesNameBothAddresses) {
  const auto connect = decode_connect_request(file()["connect_request"]);
  ASSERT_TRUE(connect);
  EXPECT_EQ(connect->me_addr, 0x20);
  EXPECT_EQ(connect->host_addr, 3);
  EXPECT_EQ(encoded(ConnectRequest{.me_addr = 0x20, .host_addr = 3}), hex("connect_request"));
  const auto answer = decode_connect_response(file()["connect_response"]);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->me_addr, 0x20);
  EXPECT_EQ(answer->host_addr, 3);
  EXPECT_EQ(answer->status, static_cast<std::uint8_t>(Status::message_small));
  EXPECT_EQ(encoded(ConnectResponse{.me_addr = 0x20, .host_addr = 3, .status = 4}),
            hex("connect_response"));
}

TEST(HostBusMessage, DisconnectMessagesNameBothAddresses) {
  const auto request = decode_disconnect_request(file()["disconnect_request"]);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->me_addr, 0x20);
  EXPECT_EQ(request->host_addr, 3);
  EXPECT_EQ(encoded(DisconnectRequest{.me_addr = 0x20, .host_addr = 3}), hex("disconnect_request"));
  EXPECT_EQ(decode_disconnect_response(file()["disconnect_response"])->status, 0);
  EXPECT_EQ(encoded(DisconnectResponse{.me_addr = 0x20, .host_addr = 3, .status = 0}),
            hex("disconnect_response"));
}

TEST(HostBusMessage, FlowControlGrantsOneMessageToOneConnection) {
  const auto m = decode_flow_control(file()["flow_control"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->me_addr, 0x20);
  EXPECT_EQ(m->host_addr, 3);
  EXPECT_EQ(encoded(FlowControl{.me_addr = 0x20, .host_addr = 3}), hex("flow_control"));
}

TEST(HostBusMessage, WrongSizesAreRefused) {
  expect_only_this_size_decodes(file()["host_start_request"], decode_host_start_request);
  expect_only_this_size_decodes(file()["host_start_response"], decode_host_start_response);
  expect_only_this_size_decodes(file()["host_stop_request"], decode_host_stop_request);
  expect_only_this_size_decodes(file()["host_stop_response"], decode_host_stop_response);
  expect_only_this_size_decodes(file()["me_stop_request"], decode_me_stop_request);
  expect_only_this_size_decodes(file()["host_enum_request"], decode_host_enum_request);
  expect_only_this_size_decodes(file()["host_enum_response"], decode_host_enum_response);
  expect_only_this_size_decodes(file()["client_properties_request"],
                                decode_client_properties_request);
  expect_only_this_size_decodes(file()["client_properties_response"],
                                decode_client_properties_response);
  expect_only_this_size_decodes(file()["connect_request"], decode_connect_request);
  expect_only_this_size_decodes(file()["connect_response"], decode_connect_response);
  expect_only_this_size_decodes(file()["disconnect_request"], decode_disconnect_request);
  expect_only_this_size_decodes(file()["disconnect_response"], decode_disconnect_response);
  expect_only_this_size_decodes(file()["flow_control"], decode_flow_control);
}

TEST(HostBusMessage, AnotherCommandIsRefusedThoughTheSizeFits) {
  EXPECT_FALSE(decode_connect_request(file()["disconnect_request"]));
  EXPECT_FALSE(decode_disconnect_response(file()["connect_response"]));
  EXPECT_FALSE(decode_host_start_response(file()["host_start_request"]));
  EXPECT_FALSE(decode_me_stop_request(file()["host_stop_request"]));
}

TEST(HostBusMessage, NoneIsLongerThanTheLongest) {
  for (const auto& [name, bytes] : file().all()) EXPECT_LE(bytes.size(), kMaxMessageSize) << name;
  EXPECT_EQ(kMaxMessageSize, 36u);
}

}  // namespace
}  // namespace protocol::hbm
