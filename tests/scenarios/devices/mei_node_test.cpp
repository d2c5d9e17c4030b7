// SPDX-License-Identifier: BSD-3-Clause
// Errors and lengths as Linux's driver has them: drivers/misc/mei/main.c and client.c.
#include "scenarios/devices/mei_node.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <deque>
#include <vector>

namespace scenarios::devices {
namespace {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;

/// What a test lets a client do.
struct Script {
  std::deque<Bytes> answers;
  std::vector<Bytes> sent;
  bool reset = false;
};

class ScriptedClient final : public updater::mei::MeiTransport {
 public:
  explicit ScriptedClient(Script& script) : script_(script) {}
  std::uint32_t max_message_length() const override { return 16; }
  std::uint8_t protocol_version() const override { return 3; }
  Result<void> send(base::ByteView message, base::Duration) override {
    if (script_.reset) return Error{Errc::disconnected, "reset"};
    script_.sent.emplace_back(message.begin(), message.end());
    return {};
  }
  Result<Bytes> receive(base::Duration) override {
    if (script_.reset) return Error{Errc::disconnected, "reset"};
    if (script_.answers.empty()) return Error{Errc::timeout, "nothing"};
    Bytes message = script_.answers.front();
    script_.answers.pop_front();
    return message;
  }

 private:
  Script& script_;
};

class ScriptedEngine final : public updater::mei::MeiDevice {
 public:
  std::string name() const override { return "scripted"; }
  bool simulated() const override { return true; }
  Result<std::unique_ptr<updater::mei::MeiTransport>> connect(const protocol::mei::Guid&) override {
    if (refuses) return Error{*refuses, "no"};
    return std::unique_ptr<updater::mei::MeiTransport>(std::make_unique<ScriptedClient>(script));
  }
  Result<std::unique_ptr<updater::mei::MeiTransport>> open_fixed(std::uint8_t) override {
    return Error{Errc::unsupported, "no"};
  }
  Result<std::uint32_t> firmware_status() override { return Error{Errc::unsupported, "no"}; }
  Result<std::uint16_t> pci_device_id() override { return Error{Errc::unsupported, "no"}; }

  Script script;
  std::optional<Errc> refuses;
};

class MeiNodeTest : public testing::Test {
 protected:
  int connect(File file) { return node.connect(file, {}, client); }

  ScriptedEngine engine;
  MeiNode node{engine};
  MeiNode::Client client;
  const File one = &engine;
  const File two = &node;
};

TEST_F(MeiNodeTest, ConnectingTellsTheClientsProperties) {
  ASSERT_EQ(connect(one), 0);
  EXPECT_EQ(client.max_message_length, 16u);
  EXPECT_EQ(client.protocol_version, 3);
}

TEST_F(MeiNodeTest, AFileConnectsOnce) {
  ASSERT_EQ(connect(one), 0);
  EXPECT_EQ(connect(one), EBUSY);
  node.closed(one);
  EXPECT_EQ(connect(one), 0);
}

TEST_F(MeiNodeTest, RefusalsHaveTheDriversNumbers) {
  engine.refuses = Errc::not_found;
  EXPECT_EQ(connect(one), ENOTTY);
  engine.refuses = Errc::busy;
  EXPECT_EQ(connect(one), EBUSY);
  engine.refuses = Errc::disconnected;
  EXPECT_EQ(connect(one), ENODEV);
  engine.refuses = Errc::timeout;
  EXPECT_EQ(connect(one), ETIME);
}

TEST_F(MeiNodeTest, AFileThatIsNotConnectedIsNoDevice) {
  EXPECT_EQ(node.write(one, Bytes{1}).number, ENODEV);
  EXPECT_EQ(node.read(one, 4)->number, ENODEV);
}

TEST_F(MeiNodeTest, AMessageGoesWholeOrNotAtAll) {
  ASSERT_EQ(connect(one), 0);
  EXPECT_EQ(node.write(one, Bytes(16, 7)).result, 16);
  EXPECT_EQ(node.write(one, Bytes(17, 7)).number, EFBIG);
  EXPECT_EQ(engine.script.sent, std::vector<Bytes>{Bytes(16, 7)});
}

TEST_F(MeiNodeTest, AReadWaitsUntilAMessageCame) {
  ASSERT_EQ(connect(one), 0);
  EXPECT_FALSE(node.read(one, 8));
  EXPECT_FALSE(node.readable());
  engine.script.answers = {{1, 2, 3}};
  node.look();
  EXPECT_TRUE(node.readable());
  EXPECT_EQ(node.read(one, 8)->data, (Bytes{1, 2, 3}));
  EXPECT_FALSE(node.readable());
}

TEST_F(MeiNodeTest, ALongMessageGoesOnInTheNextRead) {
  ASSERT_EQ(connect(one), 0);
  engine.script.answers = {{1, 2, 3}, {4}};
  node.look();
  node.look();
  EXPECT_EQ(node.read(one, 2)->data, (Bytes{1, 2}));
  EXPECT_EQ(node.read(one, 2)->data, (Bytes{3}));
  EXPECT_EQ(node.read(one, 2)->data, (Bytes{4}));
}

TEST_F(MeiNodeTest, AResetEndsTheConnectionOnceWhatCameIsRead) {
  ASSERT_EQ(connect(one), 0);
  engine.script.answers = {{1}};
  node.look();
  engine.script.reset = true;
  node.look();
  EXPECT_EQ(node.read(one, 8)->data, (Bytes{1}));
  EXPECT_EQ(node.read(one, 8)->number, ENODEV);
  EXPECT_EQ(node.write(one, Bytes{1}).number, ENODEV);
}

TEST_F(MeiNodeTest, EachFileHasItsOwnClient) {
  ASSERT_EQ(connect(one), 0);
  EXPECT_EQ(node.write(two, Bytes{1}).number, ENODEV);
  EXPECT_EQ(connect(two), 0);
  EXPECT_EQ(node.write(two, Bytes{1}).result, 1);
}

TEST_F(MeiNodeTest, NotificationsAreNotOfThisBus) {
  EXPECT_EQ(MeiNode::notify(), EOPNOTSUPP);
}

}  // namespace
}  // namespace scenarios::devices
