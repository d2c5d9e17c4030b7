// SPDX-License-Identifier: BSD-3-Clause
// AMT host interface messages against their golden bytes.
#include "protocol/mei/amthi.h"

#include "tests/golden/checks.h"
#include "tests/golden/golden.h"

namespace protocol::amthi {
namespace {

using golden::expect_only_this_size_decodes;

const golden::File& file() {
  static const golden::File amthi("amthi");
  return amthi;
}
std::string hex(const char* name) {
  return base::to_hex(file()[name]);
}

constexpr std::uint32_t word(Operation operation) {
  return command_word(operation);
}

/// The body of the golden response `name` to `command`.
base::ByteView body(const char* name, std::uint32_t command) {
  const auto response = decode_response(file()[name], command);
  EXPECT_TRUE(response) << name;
  EXPECT_EQ(response->status, kSuccess);
  return response->body;
}

std::string response_hex(std::uint32_t command, std::uint32_t status, base::ByteView content) {
  std::array<std::uint8_t, 512> buffer{};
  base::ByteWriter out(buffer);
  encode_response(out, command, status, content);
  return base::to_hex(out.written());
}

std::string request_hex(std::uint32_t command, base::ByteView content = {}) {
  std::array<std::uint8_t, 64> buffer{};
  base::ByteWriter out(buffer);
  encode_request(out, command, content);
  return base::to_hex(out.written());
}

TEST(AmtHostInterface, RequestsAreHeaderAndBody) {
  const base::Bytes one = {1, 0, 0, 0};
  EXPECT_EQ(request_hex(word(Operation::get_code_versions)), hex("code_versions_request"));
  EXPECT_EQ(request_hex(word(Operation::get_lan_interface), one), hex("lan_interface_request"));
  EXPECT_EQ(request_hex(word(Operation::get_features_state), one), hex("features_state_request"));
  EXPECT_EQ(request_hex(kGetAmtState, kAmtStateUuid.bytes), hex("amt_state_request"));
}

TEST(AmtHostInterface, HeaderDecodesFieldByField) {
  const auto h = decode_header(file()["lan_interface_request"]);
  ASSERT_TRUE(h);
  EXPECT_EQ(h->version_major, 1);
  EXPECT_EQ(h->version_minor, 1);
  EXPECT_EQ(h->reserved, 0);
  EXPECT_EQ(h->command, 0x04000048u);
  EXPECT_EQ(h->length, 4u);
}

TEST(AmtHostInterface, CodeVersionsAreCountedStrings) {
  const std::uint32_t command = word(Operation::get_code_versions);
  const auto m = decode_code_versions(body("code_versions_response", command));
  ASSERT_TRUE(m);
  EXPECT_EQ(m->bios, "6.00 R1");
  ASSERT_EQ(m->entries.size(), 2u);
  EXPECT_EQ(m->find("Flash"), "5.0.1");
  EXPECT_EQ(m->find("AMT"), "5.0.1");
  EXPECT_EQ(m->find("Netstack"), "");
  EXPECT_EQ(response_hex(command, 0, encode_body(*m)), hex("code_versions_response"));
}

TEST(AmtHostInterface, CodeVersionsCountMustMatchTheBytes) {
  const base::ByteView whole = body("code_versions_response", word(Operation::get_code_versions));
  base::Bytes changed(whole.begin(), whole.end());
  for (const int count : {0, 1, 3, 51}) {
    changed[65] = static_cast<std::uint8_t>(count);
    EXPECT_FALSE(decode_code_versions(changed)) << count;
  }
  EXPECT_FALSE(decode_code_versions(whole.first(whole.size() - 1)));
}

TEST(AmtHostInterface, StringLongerThanItsFieldIsRefused) {
  const base::ByteView whole = body("code_versions_response", word(Operation::get_code_versions));
  base::Bytes changed(whole.begin(), whole.end());
  changed[69] = 21;
  EXPECT_FALSE(decode_code_versions(changed));
}

TEST(AmtHostInterface, EncodedStringsAlwaysEndInsideTheirField) {
  CodeVersions m;
  m.entries.push_back({.description = std::string(30, 'd'), .version = std::string(20, 'v')});
  const base::Bytes bytes = encode_body(m);
  EXPECT_EQ(bytes[69], 19);
  EXPECT_EQ(bytes[71 + 18], 'd');
  EXPECT_EQ(bytes[71 + 19], 0);
  EXPECT_EQ(bytes[91], 19);
  EXPECT_EQ(bytes[93 + 19], 0);
}

TEST(AmtHostInterface, ProvisioningModeAndStateAreExact) {
  const std::uint32_t mode_command = word(Operation::get_provisioning_mode);
  const auto mode = decode_provisioning_mode(body("provisioning_mode_response", mode_command));
  ASSERT_TRUE(mode);
  EXPECT_EQ(mode->mode, ProvisioningMode::small_business);
  EXPECT_FALSE(mode->legacy);
  EXPECT_EQ(response_hex(mode_command, 0, encode_body(*mode)), hex("provisioning_mode_response"));
  const std::uint32_t state_command = word(Operation::get_provisioning_state);
  EXPECT_EQ(decode_word(body("provisioning_state_response", state_command)), 2u);
  EXPECT_EQ(response_hex(state_command, 0, encode_body(ProvisioningState::post)),
            hex("provisioning_state_response"));
}

TEST(AmtHostInterface, SecurityParametersAreSeventeenWords) {
  const std::uint32_t command = word(Operation::get_security_parameters);
  const auto m = decode_security_parameters(body("security_parameters_response", command));
  ASSERT_TRUE(m);
  EXPECT_TRUE(m->enterprise_mode);
  EXPECT_FALSE(m->tls_enabled);
  EXPECT_TRUE(m->hardware_crypto);
  EXPECT_EQ(m->provisioning_state, ProvisioningState::post);
  EXPECT_TRUE(m->network_interface_enabled);
  EXPECT_FALSE(m->sol_enabled);
  EXPECT_TRUE(m->ider_enabled);
  EXPECT_FALSE(m->firmware_update_enabled);
  EXPECT_TRUE(m->link_up);
  EXPECT_EQ(response_hex(command, 0, encode_body(*m)), hex("security_parameters_response"));
}

TEST(AmtHostInterface, LanInterfaceDecodesFieldByField) {
  const std::uint32_t command = word(Operation::get_lan_interface);
  const auto m = decode_lan_interface(body("lan_interface_response", command));
  ASSERT_TRUE(m);
  EXPECT_TRUE(m->enabled);
  EXPECT_EQ(m->ipv4, 0xC0A80001u);
  EXPECT_TRUE(m->dhcp_enabled);
  EXPECT_EQ(m->dhcp_mode, 2);
  EXPECT_TRUE(m->link_up);
  EXPECT_EQ(base::to_hex(m->mac), "00193947bbdd");
  EXPECT_EQ(response_hex(command, 0, encode_body(*m)), hex("lan_interface_response"));
}

TEST(AmtHostInterface, FeaturesStateRepeatsTheFeatureAskedFor) {
  const std::uint32_t command = word(Operation::get_features_state);
  const auto m = decode_features_state(body("features_state_response", command));
  ASSERT_TRUE(m);
  EXPECT_EQ(m->feature, Feature::system_defense);
  EXPECT_EQ(m->words, (std::array<std::uint32_t, 3>{1, 0, 0}));
  EXPECT_EQ(response_hex(command, 0, encode_body(*m)), hex("features_state_response"));
}

TEST(AmtHostInterface, HostResetReasonTellsWhen) {
  const std::uint32_t command = word(Operation::get_last_host_reset_reason);
  const auto m = decode_host_reset_reason(body("host_reset_reason_response", command));
  ASSERT_TRUE(m);
  EXPECT_EQ(m->reason, HostResetReason::remote_control);
  EXPECT_EQ(m->remote_control_time, 946684800u);
  EXPECT_EQ(response_hex(command, 0, encode_body(*m)), hex("host_reset_reason_response"));
}

TEST(AmtHostInterface, RemoteAccessStatusEndsInACountedName) {
  const std::uint32_t command = word(Operation::get_remote_access_status);
  const auto m = decode_remote_access_status(body("remote_access_status_response", command));
  ASSERT_TRUE(m);
  EXPECT_EQ(m->network, 1u);
  EXPECT_EQ(m->connection, 2u);
  EXPECT_EQ(m->trigger, 3u);
  EXPECT_EQ(m->host, "mps");
  EXPECT_EQ(response_hex(command, 0, encode_body(*m)), hex("remote_access_status_response"));
}

TEST(AmtHostInterface, DnsSuffixesEndInANulEach) {
  const std::uint32_t command = word(Operation::get_dns_suffix_list);
  const auto list = decode_dns_suffix_list(body("dns_suffix_list_response", command));
  ASSERT_TRUE(list);
  EXPECT_EQ(*list, (std::vector<std::string>{"a.examp", "b.c"}));
  EXPECT_EQ(response_hex(command, 0, encode_dns_suffix_list(*list)),
            hex("dns_suffix_list_response"));
  EXPECT_EQ(base::to_hex(encode_dns_suffix_list({})), "0000");
  const base::Bytes no_nul = {2, 0, 'a', 'b'};
  EXPECT_FALSE(decode_dns_suffix_list(no_nul));
}

TEST(AmtHostInterface, PowerPolicyIsACountedName) {
  const std::uint32_t command = word(Operation::get_current_power_policy);
  const auto policy = decode_power_policy(body("power_policy_response", command));
  EXPECT_EQ(policy, "Desktop: ON in S0");
  EXPECT_EQ(response_hex(command, 0, encode_power_policy(*policy)), hex("power_policy_response"));
}

TEST(AmtHostInterface, AmtStateBelongsToItsUuid) {
  const auto m = decode_amt_state(body("amt_state_response", kGetAmtState));
  ASSERT_TRUE(m);
  EXPECT_FALSE(m->link_up);
  EXPECT_EQ(m->hardware_sku, 7);
  EXPECT_TRUE(m->crypto_fuse);
  EXPECT_TRUE(m->flash_protection);
  EXPECT_EQ(m->last_reset_reason, 2);
  EXPECT_EQ(response_hex(kGetAmtState, 0, encode_body(*m)), hex("amt_state_response"));
}

TEST(AmtHostInterface, AnotherStateVariableIsRefused) {
  const base::ByteView whole = body("amt_state_response", kGetAmtState);
  base::Bytes changed(whole.begin(), whole.end());
  changed[15] = 2;
  EXPECT_FALSE(decode_amt_state(changed));
}

TEST(AmtHostInterface, BodiesOfWrongSizeAreRefused) {
  expect_only_this_size_decodes(
      body("provisioning_mode_response", word(Operation::get_provisioning_mode)),
      decode_provisioning_mode);
  expect_only_this_size_decodes(
      body("security_parameters_response", word(Operation::get_security_parameters)),
      decode_security_parameters);
  expect_only_this_size_decodes(body("lan_interface_response", word(Operation::get_lan_interface)),
                                decode_lan_interface);
  expect_only_this_size_decodes(
      body("features_state_response", word(Operation::get_features_state)), decode_features_state);
  expect_only_this_size_decodes(
      body("host_reset_reason_response", word(Operation::get_last_host_reset_reason)),
      decode_host_reset_reason);
  expect_only_this_size_decodes(
      body("remote_access_status_response", word(Operation::get_remote_access_status)),
      decode_remote_access_status);
  expect_only_this_size_decodes(
      body("dns_suffix_list_response", word(Operation::get_dns_suffix_list)),
      decode_dns_suffix_list);
  expect_only_this_size_decodes(
      body("power_policy_response", word(Operation::get_current_power_policy)),
      decode_power_policy);
  expect_only_this_size_decodes(body("amt_state_response", kGetAmtState), decode_amt_state);
}

TEST(AmtHostInterface, RefusalIsHeaderAndStatusOnly) {
  const std::uint32_t command = word(Operation::get_security_parameters);
  const auto m = decode_response(file()["failed_response"], command);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->status, kNotReady);
  EXPECT_TRUE(m->body.empty());
  EXPECT_EQ(response_hex(command, kNotReady, {}), hex("failed_response"));
}

TEST(AmtHostInterface, ResponseHeaderIsCheckedAsTheErasHostDoes) {
  const std::uint32_t command = word(Operation::get_provisioning_state);
  const auto decode = [&](base::ByteView message) { return decode_response(message, command); };
  const base::Bytes& good = file()["provisioning_state_response"];
  expect_only_this_size_decodes(good, decode);
  for (const std::size_t place :
       {0, 1, 2, 4, 6, 8}) {  // version, reserved, operation, response bit, length
    base::Bytes bad = good;
    bad[place] = place < 2 ? 0 : static_cast<std::uint8_t>(bad[place] ^ 0x80);
    EXPECT_FALSE(decode(bad)) << "byte " << place;
  }
}

TEST(AmtHostInterface, StatusWordsAreTheDocumentedOnes) {
  EXPECT_EQ(kInternalError, 0x1u);
  EXPECT_EQ(kNotReady, 0x2u);
  EXPECT_EQ(kInvalidMode, 0x3u);
  EXPECT_EQ(kInvalidMessageLength, 0x4u);
  EXPECT_EQ(kNotPermitted, 0x10u);
  EXPECT_EQ(kInvalidParameter, 0x24u);
  EXPECT_EQ(kUnsupported, 0x812u);
}

}  // namespace
}  // namespace protocol::amthi
