// SPDX-License-Identifier: BSD-3-Clause
// A program's own ME client: found by its GUID, told whole messages, and its answers come when it
// says.
#include <gtest/gtest.h>
#include <mebench/board.h>

#include <chrono>
#include <string>

namespace {

using mebench::Answer;
using mebench::Board;
using mebench::Bytes;
using mebench::Errc;
using namespace std::chrono_literals;

constexpr mebench::Guid kOwn = mebench::guid("7c0f8c1e-52a9-4b61-9d2e-0c6a4c1d9f30");
constexpr mebench::Guid kOther = mebench::guid("7c0f8c1e-52a9-4b61-9d2e-0c6a4c1d9f31");

/// Does as the test says, and writes down what it hears.
class Written final : public mebench::MeClient {
 public:
  explicit Written(mebench::MeClientProperties properties = {.guid = kOwn})
      : properties_(properties) {}
  mebench::MeClientProperties properties() const override { return properties_; }
  std::vector<Answer> on_message(mebench::Connection, mebench::ByteView message) override {
    heard += "message " + std::string(message.begin(), message.end()) + '\n';
    return answers;
  }
  void on_disconnect(mebench::Connection) override { heard += "disconnect\n"; }
  void on_stop() override { heard += "stop\n"; }
  Bytes save() const override { return {heard.begin(), heard.end()}; }
  mebench::Result<void> restore(mebench::ByteView saved) override {
    if (!takes_state) return mebench::Error{Errc::invalid, "not today"};
    heard.assign(saved.begin(), saved.end());
    return {};
  }

  std::vector<Answer> answers;
  std::string heard;
  bool takes_state = true;

 private:
  mebench::MeClientProperties properties_;
};

Bytes bytes(const std::string& text) {
  return {text.begin(), text.end()};
}

/// Until the message is there: the ME takes its turn when the doorbell has rung.
void tell(Board& board, mebench::MeConnection& connection, const std::string& message) {
  connection.send(bytes(message), 1s).value();
  board.clock().sleep(1ms);
}

class OwnClient : public testing::Test {
 protected:
  OwnClient() {
    board_.add_client(client_).value();
    board_.boot().value();
    client_.heard.clear();
  }
  std::unique_ptr<mebench::MeConnection> connected() { return board_.me().connect(kOwn).value(); }

  Written client_;
  Board board_ = Board::make("desktop-q35").value();
};

TEST(OwnClients, AreThereFromTheNextBootOnAsTheyTell) {
  Written big({.guid = kOther, .protocol_version = 7, .max_message_length = 5000});
  Board board = Board::make("desktop-q35").value();
  board.boot().value();
  board.add_client(big).value();
  EXPECT_EQ(board.me().connect(kOther).error().code, Errc::not_found);
  board.reset_me();
  board.boot().value();
  big.heard.clear();
  const auto connection = board.me().connect(kOther).value();
  EXPECT_EQ(connection->max_message_length(), 5000u);
  EXPECT_EQ(connection->protocol_version(), 7);
  tell(board, *connection, std::string(5000, 'x'));
  EXPECT_EQ(big.heard, "message " + std::string(5000, 'x') + '\n');
}

TEST_F(OwnClient, AnswersInItsOrderAndWhenItSays) {
  client_.answers = {{.message = bytes("late"), .after = 2s}, {.message = bytes("early")}};
  const auto connection = connected();
  tell(board_, *connection, "hello");
  EXPECT_EQ(client_.heard, "message hello\n");
  const mebench::TimePoint sent = board_.clock().now() - 1ms;
  EXPECT_EQ(connection->receive(1s).error().code, Errc::timeout);
  EXPECT_EQ(connection->receive(2s).value(), bytes("late"));
  EXPECT_GE(board_.clock().now() - sent, 2s - 1ms);
  EXPECT_EQ(connection->receive(1s).value(), bytes("early"));
}

TEST(OwnClients, ThatSayNothingMayBeToldMore) {
  Written client;
  Board board = Board::make("desktop-q35", {.set = {{"heci.credits", "1"}}}).value();
  board.add_client(client).value();
  board.boot().value();
  const auto connection = board.me().connect(kOwn).value();
  for (const char* message : {"a", "b", "c"}) {
    client.heard.clear();
    tell(board, *connection, message);
    EXPECT_EQ(client.heard, std::string("message ") + message + '\n');
  }
}

TEST_F(OwnClient, OwesNothingToWhoeverHasGone) {
  client_.answers = {{.message = bytes("late"), .after = 2s}};
  {
    const auto connection = connected();
    tell(board_, *connection, "a");
  }
  EXPECT_EQ(client_.heard, "message a\ndisconnect\n");
  std::string strange;
  board_.on_trace([&](const mebench::TraceEvent& event) {
    if (event.kind == "bad_input") strange += event.text;
  });
  const auto next = connected();
  EXPECT_EQ(next->receive(5s).error().code, Errc::timeout);
  EXPECT_EQ(strange, "");
  board_.on_trace({});
}

TEST_F(OwnClient, HearsThatTheMeStops) {
  client_.answers = {{.message = bytes("late"), .after = 2s}};
  tell(board_, *connected(), "a");
  client_.heard.clear();
  board_.power_cut();
  EXPECT_EQ(client_.heard, "stop\n");
  board_.boot().value();
  const auto next = connected();
  EXPECT_EQ(next->receive(5s).error().code, Errc::timeout);
  client_.heard.clear();
  board_.reset_me();
  EXPECT_EQ(client_.heard, "disconnect\nstop\n");
}

TEST_F(OwnClient, IsSavedWithTheBoardAndWhatItOwes) {
  client_.answers = {{.message = bytes("late"), .after = 2s}};
  const auto connection = connected();
  tell(board_, *connection, "a");
  EXPECT_FALSE(connection->receive(1s));  // the host has room for it from now on
  const Bytes saved = board_.snapshot();
  EXPECT_EQ(connection->receive(3s).value(), bytes("late"));
  const mebench::TimePoint answered = board_.clock().now();
  client_.heard = "something else";

  std::string answers;
  board_.restore(saved).value();
  EXPECT_EQ(client_.heard, "message a\n");
  board_.on_trace([&](const mebench::TraceEvent& event) {
    const bool from_client = event.kind == "message_to_host" && event.me_addr != 0;
    if (from_client) answers += std::string(event.data.begin(), event.data.end());
  });
  board_.clock().sleep(answered - board_.clock().now() + 1s);
  EXPECT_EQ(answers, "late");
}

TEST_F(OwnClient, AndItsSnapshotGoTogether) {
  const Bytes saved = board_.snapshot();
  Board without = Board::make("desktop-q35").value();
  EXPECT_EQ(without.restore(saved).error().code, Errc::invalid);
  Written other({.guid = kOther});
  Board with_another = Board::make("desktop-q35").value();
  with_another.add_client(other).value();
  const auto wrong = with_another.restore(saved);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().what.find("7c0f8c1e-52a9-4b61-9d2e-0c6a4c1d9f31"), std::string::npos)
      << wrong.error().what;
}

TEST_F(OwnClient, MayRefuseItsState) {
  const Bytes saved = board_.snapshot();
  board_.clock().sleep(1s);
  const mebench::TimePoint before = board_.clock().now();
  client_.takes_state = false;
  const auto refused = board_.restore(saved);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("not today"), std::string::npos) << refused.error().what;
  EXPECT_EQ(board_.clock().now(), before);
}

TEST(OwnClients, ThatCannotBeAreRefused) {
  Board board = Board::make("desktop-q35").value();
  const auto refused = [&](const mebench::MeClientProperties& properties) {
    Written client(properties);
    const auto added = board.add_client(client);
    return !added && added.error().code == Errc::invalid;
  };
  EXPECT_TRUE(refused({.guid = kOwn, .max_connections = 0}));
  EXPECT_TRUE(refused({.guid = kOwn, .max_connections = 17}));
  EXPECT_TRUE(refused({.guid = kOwn, .max_message_length = 0}));
  EXPECT_TRUE(refused({.guid = kOwn, .max_message_length = 65537}));
  EXPECT_TRUE(refused({.guid = mebench::kUpdateClient}));
  EXPECT_TRUE(refused({.guid = mebench::kAmtClient}));
  EXPECT_TRUE(refused({.guid = mebench::kWatchdogClient}));
  EXPECT_TRUE(refused({.guid = mebench::kMkhiClient}));
  Written client;
  EXPECT_TRUE(board.add_client(client));
  EXPECT_TRUE(refused({.guid = kOwn}));
}

}  // namespace
