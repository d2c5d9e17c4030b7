// SPDX-License-Identifier: BSD-3-Clause
// /dev/mei0 through the real system calls, against the fake that umockdev puts in its place.
#include <gtest/gtest.h>

#include <cerrno>

#include "base/hex.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "tests/updater/mei/fake_mei.h"
#include "updater/mei/mei_chardev.h"

namespace test {
namespace {

using base::Errc;
using std::chrono::milliseconds;
using std::chrono::seconds;
using updater::mei::MeiChardev;
using updater::mei::MeiTransport;

// GET_VERSION_REPLY of the Esprimo E5730 at 5.0.1.1111, written from the facts pages: type 1,
// status 0, SKU 3E, ICH 10 (0), MCH 0, vendor 8086, last status 0, HwSku 83E, code and
// AMT 5.0.1.1111, interfaces 5, reserved.
constexpr const char* kVersionReply =
    "01000000 00000000 3e000000 00000000 00000000 86800000 00000000 3e080000"
    "0500000001005704 0500000001005704 0500 0000";

/// Counts the pauses; time itself is the kernel's, in poll().
class PauseClock final : public base::Clock {
 public:
  base::TimePoint now() const override { return {}; }
  void sleep(base::Duration) override { ++pauses; }
  int pauses = 0;
};

class MeiChardevTest : public testing::Test {
 protected:
  void SetUp() override {
    mei_.emplace();
    ASSERT_TRUE(FakeMei::preloaded()) << "run this with umockdev-wrapper";
    auto opened = MeiChardev::open("/dev/mei0", clock_);
    ASSERT_TRUE(opened) << opened.error().doing;
    device_ = std::move(*opened);
  }

  std::unique_ptr<MeiTransport> fwu() {
    auto connected = device_->connect(protocol::mei::kFwuGuid);
    EXPECT_TRUE(connected) << connected.error().doing;
    return connected ? std::move(*connected) : nullptr;
  }

  PauseClock clock_;
  std::optional<FakeMei> mei_;
  std::unique_ptr<MeiChardev> device_;
};

TEST_F(MeiChardevTest, ConnectHandsTheDriverTheClientsGuid) {
  const auto transport = fwu();
  ASSERT_NE(transport, nullptr);
  EXPECT_EQ(mei_->connected_to(), protocol::mei::kFwuGuid);
  EXPECT_EQ(transport->max_message_length(), 512u);
  EXPECT_EQ(transport->protocol_version(), 1);
}

TEST_F(MeiChardevTest, GetVersionIsAnsweredWithTheEsprimosVersion) {
  mei_->answer_with([](base::ByteView request) -> std::optional<base::Bytes> {
    if (base::to_hex(request) != "00000000") return std::nullopt;
    return base::from_hex(kVersionReply);
  });
  const auto transport = fwu();
  ASSERT_TRUE(transport->send(base::Bytes{0, 0, 0, 0}, seconds(1)));
  const auto reply = transport->receive(seconds(1));
  ASSERT_TRUE(reply) << reply.error().doing;
  const auto version = protocol::fwu::decode_version_reply(*reply);
  ASSERT_TRUE(version);
  EXPECT_EQ(to_text(version->code), "5.0.1.1111");
  EXPECT_EQ(version->sku, 0x3Eu);
  EXPECT_EQ(version->enabled_update_interfaces, 5);
}

TEST_F(MeiChardevTest, MessageIsOneWrite) {
  const auto transport = fwu();
  ASSERT_TRUE(transport->send(base::Bytes(512, 0xA5), seconds(1)));
  ASSERT_EQ(mei_->written().size(), 1u);
  EXPECT_EQ(mei_->written()[0], base::Bytes(512, 0xA5));
}

TEST_F(MeiChardevTest, MessageLongerThanTheClientTakesIsNotWritten) {
  const auto transport = fwu();
  EXPECT_EQ(transport->send(base::Bytes(513), seconds(1)).error().code, Errc::invalid);
  EXPECT_TRUE(mei_->written().empty());
}

TEST_F(MeiChardevTest, SilenceOfTheMeEndsAtTheCallersLimit) {
  const auto transport = fwu();
  EXPECT_EQ(transport->receive(milliseconds(30)).error().code, Errc::timeout);
}

TEST_F(MeiChardevTest, DriverThatTakesNothingEndsAtTheCallersLimit) {
  const auto transport = fwu();
  mei_->fail_write(EAGAIN);
  EXPECT_EQ(transport->send(base::Bytes(4), milliseconds(30)).error().code, Errc::timeout);
  EXPECT_LE(clock_.pauses, 30);
}

TEST_F(MeiChardevTest, FalseAlarmOfPollIsNoMessage) {
  const auto transport = fwu();
  mei_->false_alarm();
  EXPECT_EQ(transport->receive(milliseconds(30)).error().code, Errc::timeout);
}

TEST_F(MeiChardevTest, TwoMessagesAreTwoReads) {
  const auto transport = fwu();
  mei_->send({1, 2, 3});
  mei_->send({4});
  EXPECT_EQ(transport->receive(seconds(1)).value_or({}), (base::Bytes{1, 2, 3}));
  EXPECT_EQ(transport->receive(seconds(1)).value_or({}), (base::Bytes{4}));
}

TEST_F(MeiChardevTest, AnswerLongerThanTheClientsMaximumIsAProtocolError) {
  const auto transport = fwu();
  mei_->send(base::Bytes(513));
  EXPECT_EQ(transport->receive(seconds(1)).error().code, Errc::protocol);
}

TEST_F(MeiChardevTest, LinkResetDisconnectsAndTheNextConnectOpensAnew) {
  auto transport = fwu();
  mei_->fail_read(ENODEV);
  mei_->fail_write(ENODEV);
  EXPECT_EQ(transport->send(base::Bytes(4), seconds(1)).error().code, Errc::disconnected);
  const auto received = transport->receive(seconds(1));
  EXPECT_EQ(received.error().code, Errc::disconnected);
  EXPECT_EQ(received.error().status, static_cast<std::uint32_t>(ENODEV));
  mei_->fail_read(0);
  mei_->fail_write(0);
  transport = fwu();
  EXPECT_TRUE(transport->send(base::Bytes(4), seconds(1)));
  EXPECT_EQ(mei_->connects(), 2);
}

TEST_F(MeiChardevTest, EachConnectFailureSaysWhatToDo) {
  struct Row {
    int number;
    Errc code;
    const char* advice;
  };
  for (const Row& row :
       {Row{ENOTTY, Errc::not_found, "no such client"},
        Row{EBUSY, Errc::busy, "another program is connected to it"},
        Row{ENODEV, Errc::disconnected, "try again"}, Row{ETIME, Errc::timeout, "does not answer"},
        Row{EACCES, Errc::permission, "root"}, Row{EIO, Errc::io, "Input/output"}}) {
    mei_->fail_connect(row.number);
    const auto connected = device_->connect(protocol::mei::kFwuGuid);
    ASSERT_FALSE(connected);
    EXPECT_EQ(connected.error().code, row.code);
    EXPECT_NE(connected.error().doing.find(row.advice), std::string::npos)
        << connected.error().doing;
    EXPECT_NE(connected.error().doing.find("/dev/mei0"), std::string::npos);
  }
}

TEST_F(MeiChardevTest, MissingClientCarriesTheMesConnectStatus) {
  mei_->fail_connect(ENOTTY);
  EXPECT_EQ(device_->connect(protocol::mei::kFwuGuid).error().status, 1u);
}

TEST_F(MeiChardevTest, FirmwareStatusAndPciIdComeFromSysfs) {
  EXPECT_EQ(device_->firmware_status().value_or(0), 0x3009065Au);
  EXPECT_EQ(device_->pci_device_id().value_or(0), 0x2E14);
}

TEST_F(MeiChardevTest, FixedAddressesAreUnsupported) {
  EXPECT_EQ(device_->open_fixed(7).error().code, Errc::unsupported);
}

TEST_F(MeiChardevTest, ItIsRealHardware) {
  EXPECT_EQ(device_->name(), "/dev/mei0");
  EXPECT_FALSE(device_->simulated());
}

}  // namespace
}  // namespace test
