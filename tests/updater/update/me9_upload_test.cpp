// SPDX-License-Identifier: BSD-3-Clause
// What goes over the link when an ME 9 is updated, against the messages of the host program that
// updated a real one.
#include <gtest/gtest.h>

#include "tests/golden/golden.h"
#include "tests/updater/inventory/scripted_device.h"
#include "updater/update/heci_upload.h"

namespace {

using namespace updater::update;

/// Takes everything, and remembers it.
class Me9Upload : public testing::Test {
 protected:
  Me9Upload() {
    plan.to = {9, 0, 30, 1482};
    plan.bytes = 0x123456;
    plan.message_payload = 500;
    device.add(protocol::mei::kFwuGuid, [this](base::ByteView request) {
      requests.emplace_back(request.begin(), request.end());
      return tests::answer(replies[request[0]]);
    });
  }

  HeciUpload upload() {
    return HeciUpload(device.connect(protocol::mei::kFwuGuid).value(), plan, nullptr);
  }

  golden::File golden{"fwu_later"};
  tests::WaitingClock clock;
  tests::ScriptedDevice device{clock};
  std::map<std::uint8_t, base::Bytes> replies = {
      {2, base::Bytes(24)}, {4, base::Bytes(8)}, {6, base::Bytes(28)}};
  std::vector<base::Bytes> requests;
  Plan plan;
};

base::Bytes reply(std::uint8_t type, std::uint32_t status, std::size_t size,
                  std::uint32_t reset_type = 0) {
  base::Bytes bytes(size);
  base::ByteWriter out(bytes);
  out.u32(type).u32(status);
  if (size >= 12) out.u32(reset_type);
  return bytes;
}

TEST_F(Me9Upload, StartHas86BytesAndIsZeroButForItsLength) {
  replies[2] = reply(3, 0, 24);
  ASSERT_TRUE(upload().start());
  EXPECT_EQ(requests.at(0), golden["start_a"]);
}

TEST_F(Me9Upload, DataHasOneByteMoreThanItSays) {
  replies[4] = reply(5, 0, 8);
  const base::Bytes three = {0x11, 0x22, 0x33};
  ASSERT_TRUE(upload().data(three));
  EXPECT_EQ(requests.at(0), golden["data_padded"]);
  HeciUpload whole = upload();
  ASSERT_EQ(whole.payload(), 500u);
  ASSERT_TRUE(whole.data(base::Bytes(500)));
  EXPECT_EQ(requests.at(1).size(), 512u) << "the client takes no more";
}

TEST_F(Me9Upload, EndsResetTypesAreThoseOfLaterFirmware) {
  replies[6] = reply(7, 0, 28, 3);
  EXPECT_EQ(upload().end().value(), protocol::fwu::kResetPlatform);
  replies[6] = reply(7, 0, 28, 1);
  EXPECT_EQ(upload().end().value(), protocol::fwu::kResetPlatform);
  replies[6] = reply(7, 0, 28, 2);
  EXPECT_EQ(upload().end().value(), protocol::fwu::kResetMe);
  EXPECT_EQ(requests.at(0), (base::Bytes{6, 0, 0, 0}));
}

TEST_F(Me9Upload, ARefusalHasTheFirmwaresOwnNumber) {
  replies[2] = reply(3, 0x22F, 24);
  const auto started = upload().start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, base::Errc::refused);
  EXPECT_EQ(started.error().status, 0x22Fu);
}

}  // namespace
