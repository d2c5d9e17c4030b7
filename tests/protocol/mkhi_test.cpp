// SPDX-License-Identifier: BSD-3-Clause
// MKHI and watchdog messages against their golden bytes.
#include "protocol/mei/mkhi.h"

#include "protocol/mei/watchdog.h"
#include "tests/golden/checks.h"
#include "tests/golden/golden.h"

namespace protocol::mkhi {
namespace {

using golden::encoded;
using golden::expect_no_prefix_decodes;
using golden::expect_only_this_size_decodes;

TEST(Mkhi, RuleRequestNamesTheRule) {
  const golden::File file("mkhi");
  EXPECT_EQ(decode_get_rule_request(file["get_rule_request"])->rule, kRuleLocalUpdate);
  EXPECT_EQ(encoded(GetRuleRequest{.rule = 7}), base::to_hex(file["get_rule_request"]));
  expect_only_this_size_decodes(file["get_rule_request"], decode_get_rule_request);
}

TEST(Mkhi, RuleResponseCarriesCountedData) {
  const golden::File file("mkhi");
  const base::Bytes& whole = file["get_rule_response"];
  const auto m = decode_get_rule_response(whole);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->result, 0);
  EXPECT_EQ(m->rule, kRuleCapabilities);
  EXPECT_EQ(base::to_hex(m->data), "3e000000");
  const base::Bytes data = {0x3E, 0, 0, 0};
  EXPECT_EQ(encoded(GetRuleResponse{.result = 0, .rule = 0, .data = data}), base::to_hex(whole));
  expect_no_prefix_decodes(whole, decode_get_rule_response);
}

TEST(Mkhi, RuleResponseMayEndInPadding) {
  const golden::File file("mkhi");
  base::Bytes padded = file["get_rule_response"];
  padded.insert(padded.end(), 3, 0);
  EXPECT_EQ(base::to_hex(decode_get_rule_response(padded)->data), "3e000000");
}

TEST(Mkhi, FailedRuleNeedsNoData) {
  const golden::File file("mkhi");
  EXPECT_EQ(decode_get_rule_response(file["get_rule_response_failed"])->result, 2);
}

TEST(Mkhi, VersionRequestIsABareHeader) {
  const golden::File file("mkhi");
  const auto h = decode_header(file["firmware_version_request"]);
  ASSERT_TRUE(h);
  EXPECT_EQ(*h, (Header{.group = 0xFF, .command = 2, .is_response = false, .result = 0}));
  EXPECT_EQ(encoded(*h), base::to_hex(file["firmware_version_request"]));
}

TEST(Mkhi, VersionResponseOrdersMinorMajorBuildHotfix) {
  const golden::File file("mkhi");
  const auto m = decode_firmware_version_response(file["firmware_version_response"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(to_text(m->code), "5.0.1.1111");
  EXPECT_EQ(to_text(m->recovery), "5.2.70.1046");
  EXPECT_EQ(to_text(m->fitc), "5.0.0.1167");
  EXPECT_EQ(encoded(*m), base::to_hex(file["firmware_version_response"]));
  expect_only_this_size_decodes(file["firmware_version_response"],
                                decode_firmware_version_response);
}

TEST(Mkhi, UpdateStatusTellsAnUpdateInProgress) {
  const golden::File file("mkhi");
  const auto m = decode_update_status_response(file["update_status_response"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->status, kUpdateInProgress);
  EXPECT_EQ(encoded(*m), base::to_hex(file["update_status_response"]));
  expect_only_this_size_decodes(file["update_status_response"], decode_update_status_response);
}

TEST(Mkhi, ResponseToAnotherCommandIsRefused) {
  const golden::File file("mkhi");
  EXPECT_FALSE(decode_firmware_version_response(file["update_status_response"]));
  EXPECT_FALSE(decode_update_status_response(file["firmware_version_response"]));
  EXPECT_FALSE(decode_get_rule_response(file["get_rule_request"]));
  EXPECT_FALSE(decode_get_rule_request(file["get_rule_response"]));
}

TEST(Watchdog, StartOfBothDriversCarriesTheTimeout) {
  const golden::File file("watchdog");
  EXPECT_EQ(watchdog::decode_start_request(file["start_request"])->timeout, 120);
  EXPECT_EQ(watchdog::decode_start_request(file["start_request_linux"])->timeout, 120);
  EXPECT_EQ(encoded(watchdog::StartRequest{.timeout = 120}), base::to_hex(file["start_request"]));
}

TEST(Watchdog, ResponseAndStopAreExact) {
  const golden::File file("watchdog");
  const auto m = watchdog::decode_start_response(file["start_response"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->status, watchdog::kStatusSuccess);
  EXPECT_EQ(m->state, watchdog::kStateNotRequired);
  EXPECT_EQ(encoded(*m), base::to_hex(file["start_response"]));
  EXPECT_EQ(encoded(watchdog::StopRequest{}), base::to_hex(file["stop_request"]));
}

TEST(Watchdog, WrongByteCountsAreRefused) {
  const golden::File file("watchdog");
  expect_only_this_size_decodes(file["start_request"], watchdog::decode_start_request);
  expect_only_this_size_decodes(file["start_request_linux"], watchdog::decode_start_request);
  expect_only_this_size_decodes(file["start_response"], watchdog::decode_start_response);
  expect_only_this_size_decodes(file["stop_request"], watchdog::decode_stop_request);
}

}  // namespace
}  // namespace protocol::mkhi
