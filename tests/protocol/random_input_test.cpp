// SPDX-License-Identifier: BSD-3-Clause
// Every decoder on seeded random bytes and on damaged golden strings: no answer is wrong, but none
// may crash.
#include <gtest/gtest.h>

#include <random>

#include "protocol/heci/hbm.h"
#include "protocol/image/flash_descriptor.h"
#include "protocol/image/partition_table.h"
#include "protocol/image/signature.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/apf.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"
#include "protocol/mei/watchdog.h"
#include "tests/golden/golden.h"

namespace {

using base::Bytes;
using base::ByteView;

/// How many decoders accepted `message`.
int decode_as_everything(ByteView message) {
  using namespace protocol;
  int accepted = 0;
  const auto count = [&](const auto& decoded) { accepted += decoded.has_value() ? 1 : 0; };
  count(hbm::decode_host_start_request(message));
  count(hbm::decode_host_start_response(message));
  count(hbm::decode_host_stop_request(message));
  count(hbm::decode_host_stop_response(message));
  count(hbm::decode_me_stop_request(message));
  count(hbm::decode_host_enum_request(message));
  count(hbm::decode_host_enum_response(message));
  count(hbm::decode_client_properties_request(message));
  count(hbm::decode_client_properties_response(message));
  count(hbm::decode_connect_request(message));
  count(hbm::decode_connect_response(message));
  count(hbm::decode_disconnect_request(message));
  count(hbm::decode_disconnect_response(message));
  count(hbm::decode_flow_control(message));
  count(mkhi::decode_get_rule_request(message));
  count(mkhi::decode_get_rule_response(message));
  count(mkhi::decode_firmware_version_response(message));
  count(mkhi::decode_update_status_response(message));
  count(watchdog::decode_start_request(message));
  count(watchdog::decode_start_response(message));
  count(watchdog::decode_stop_request(message));
  count(fwu::decode_type(message));
  count(fwu::decode_version_reply(message));
  count(fwu::decode_info_reply(message));
  count(fwu::decode_start_request(message));
  count(fwu::decode_start_reply(message));
  count(fwu::decode_data_request(message));
  count(fwu::decode_data_reply(message));
  count(fwu::decode_end_reply(message));
  count(amthi::decode_header(message));
  count(amthi::decode_code_versions(message));
  count(amthi::decode_word(message));
  count(amthi::decode_provisioning_mode(message));
  count(amthi::decode_lan_interface(message));
  count(amthi::decode_security_parameters(message));
  count(amthi::decode_features_state(message));
  count(amthi::decode_host_reset_reason(message));
  count(amthi::decode_remote_access_status(message));
  count(amthi::decode_dns_suffix_list(message));
  count(amthi::decode_power_policy(message));
  count(amthi::decode_amt_state(message));
  count(apf::decode_protocol_version(message));
  count(apf::decode_service(message));
  count(apf::decode_userauth_request(message));
  count(apf::decode_forward_request(message));
  count(apf::decode_request_success(message));
  count(apf::decode_channel_open(message));
  count(apf::decode_channel_confirmation(message));
  count(apf::decode_channel_failure(message));
  count(apf::decode_window_adjust(message));
  count(apf::decode_channel_data(message));
  count(apf::decode_channel_close(message));
  count(apf::decode_disconnect(message));
  count(apf::decode_keepalive(message));
  count(image::decode_partition_table(message));
  count(image::decode_module_entry(message));
  count(image::decode_module_header(message));
  count(image::decode_sku_trailer(message));
  count(image::decode_flash_descriptor(message));
  count(image::decode_manifest(message));
  return accepted;
}

TEST(RandomInput, DecodersSurviveArbitraryBytes) {
  std::mt19937 random(20100315);
  for (int round = 0; round < 20000; ++round) {
    Bytes message(random() % 96);
    for (std::uint8_t& b : message) b = static_cast<std::uint8_t>(random());
    if (!message.empty() && random() % 2 == 0)
      message[0] = static_cast<std::uint8_t>(random() % 10);
    decode_as_everything(message);
  }
}

TEST(RandomInput, DecodersSurviveDamagedGoldenStrings) {
  std::mt19937 random(1);
  int accepted = 0;
  for (const char* family : {"hbm", "mkhi", "watchdog", "fwu", "amthi", "apf", "image"}) {
    const golden::File file(family);
    for (const auto& [name, whole] : file.all()) {
      for (int round = 0; round < 200; ++round) {
        Bytes message(whole.begin(),
                      whole.begin() + static_cast<std::ptrdiff_t>(random() % (whole.size() + 1)));
        message.resize(message.size() + random() % 3);
        for (int flips = static_cast<int>(random() % 4); flips > 0 && !message.empty(); --flips) {
          message[random() % message.size()] ^= static_cast<std::uint8_t>(1u << random() % 8);
        }
        accepted += decode_as_everything(message);
      }
    }
  }
  EXPECT_GT(accepted, 1000)
      << "the damage is so heavy that nothing behind the first check is reached";
}

TEST(RandomInput, SignatureCheckSurvivesArbitraryKeys) {
  std::mt19937 random(2);
  const golden::File file("image");
  for (int round = 0; round < 200; ++round) {
    Bytes image = file["manifest"];
    for (std::size_t at = 0x80; at < 0x284; ++at) {
      if (round % 3 != 0) image[at] = static_cast<std::uint8_t>(random());
      if (round % 3 == 2 && at < 0x184) image[at] = 0;
    }
    EXPECT_FALSE(
        protocol::image::signature_verifies(image, *protocol::image::decode_manifest(image)));
  }
}

}  // namespace
