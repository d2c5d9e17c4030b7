// SPDX-License-Identifier: BSD-3-Clause
// The data channel byte by byte: frames over a connection of their own and over the socket that
// QEMU hands over.
#include "tests/emulator/attach/swtpm/served.h"

namespace emulator::attach::swtpm {
namespace {

class Frames : public Served {
 protected:
  std::string ask(const char* hex) { return Served::ask(user, hex); }
  Client user = connect();
};

TEST_F(Frames, ACommandIsCarriedOutAtLocality0) {
  EXPECT_EQ(ask(kTicks), kDone);
  ASSERT_EQ(tpm.commands.size(), 1u);
  EXPECT_EQ(base::to_hex(tpm.commands[0]), "00c10000000a000000f1");
  EXPECT_EQ(tpm.localities[0], 0);
}

TEST_F(Frames, TwoCommandsInOnePieceAreCarriedOutInOrder) {
  EXPECT_EQ(ask("00c1 0000000a 000000f1 00c1 0000000c 00000099 0001"), std::string(kDone) + kDone);
  ASSERT_EQ(tpm.commands.size(), 2u);
  EXPECT_EQ(base::to_hex(tpm.commands[1]), "00c10000000c000000990001");
}

TEST_F(Frames, ACommandMayComeByteByByte) {
  const Bytes command = *base::from_hex("00c1 0000000c 00000099 0001");
  for (std::size_t i = 0; i < command.size(); ++i) {
    EXPECT_EQ(tpm.commands.size(), 0u);
    user.send(ByteView(command).subspan(i, 1));
    test::run(loop);
  }
  EXPECT_EQ(user.receive_hex(), kDone);
}

TEST_F(Frames, APeerThatDiesAtAnyByteIsForgotten) {
  const Bytes command = *base::from_hex("00c1 0000000c 00000099 0001");
  for (std::size_t cut = 0; cut < command.size(); ++cut) {
    SCOPED_TRACE(cut);
    user.leave();
    Client dying = connect();
    if (cut != 0) dying.send(ByteView(command).first(cut));
    test::run(loop);
    dying.leave();
    test::run(loop);
    user = connect();
    EXPECT_EQ(tpm.commands.size(), cut);
    EXPECT_EQ(ask(kTicks), kDone);
  }
}

TEST_F(Frames, ALengthBelowAHeaderEndsTheConnection) {
  EXPECT_EQ(ask("00c1 00000009 000000f1"), kBadSize);
  EXPECT_TRUE(user.hung_up());
}

TEST_F(Frames, ALengthAboveTheBufferEndsTheConnection) {
  EXPECT_EQ(ask("00c1 00001001 000000f1"), kBadSize);
  EXPECT_TRUE(user.hung_up());
}

TEST_F(Frames, TheLongestCommandIsCarriedOut) {
  Bytes command = *base::from_hex("00c1 00001000 000000f1");
  command.resize(0x1000);
  user.send(command);
  test::run(loop);
  EXPECT_EQ(user.receive_hex(), kDone);
}

TEST_F(Frames, AResponseComesWhenTheTpmHasIt) {
  tpm.answers_at_once = false;
  EXPECT_EQ(ask(kTicks), "");
  tpm.ready = true;
  loop.turn();
  EXPECT_EQ(user.receive_hex(), kDone);
}

TEST_F(Frames, ACommandWaitsForATpmThatDoesNotAnswerNow) {
  tpm.refuses = true;
  EXPECT_EQ(ask(kTicks), "");
  tpm.refuses = false;
  loop.turn();
  EXPECT_EQ(user.receive_hex(), kDone);
}

TEST_F(Frames, ACommandThatIsDroppedFails) {
  tpm.answers_at_once = false;
  ask(kTicks);
  tpm.running.reset();  // the ME restarts
  loop.turn();
  EXPECT_EQ(user.receive_hex(), kFailed);
}

TEST_F(Frames, ThePeersDeathCancelsItsCommand) {
  tpm.answers_at_once = false;
  ask(kTicks);
  user.leave();
  test::run(loop);
  EXPECT_EQ(tpm.calls, "cancel ");
}

TEST_F(Frames, ASecondPeerIsHungUpOn) {
  ask(kTicks);
  Client second = connect();
  EXPECT_EQ(Served::ask(second, kTicks), "");
  EXPECT_TRUE(second.hung_up());
  EXPECT_EQ(ask(kTicks), kDone);
}

TEST_F(Frames, ThePlaceIsFreeAgainWhenAPeerHasLeft) {
  ask(kTicks);
  user.leave();
  Client next = connect();
  EXPECT_EQ(Served::ask(next, kTicks), kDone);
}

TEST_F(Frames, APeerThatDoesNotReadIsNotReadFrom) {
  tpm.response.resize(4096);
  Bytes many;
  const Bytes one = *base::from_hex(kTicks);
  for (int i = 0; i < 4000; ++i) many.insert(many.end(), one.begin(), one.end());
  user.send(many);
  test::run(loop);
  const std::size_t carried_out = tpm.commands.size();
  EXPECT_LT(carried_out, 4000u) << "its answers fill the socket";
  std::size_t received = 0;
  for (int i = 0; i < 4000 && received < 4000u * 4096; ++i) {
    received += user.receive().size();
    test::run(loop);
  }
  EXPECT_EQ(received, 4000u * 4096);
}

TEST_F(Frames, SilentConnectionsDoNotPileUp) {
  std::vector<Client> silent;
  for (int i = 0; i < 7; ++i) {
    silent.push_back(connect());
    loop.turn();
  }
  silent.clear();
  EXPECT_EQ(ask(kTicks), kDone);
}

TEST_F(Frames, SilentConnectionsLockNobodyOut) {
  std::vector<Client> silent;
  for (int i = 0; i < 20; ++i) {
    silent.push_back(connect());
    loop.turn();
  }
  Client next = connect();
  EXPECT_EQ(Served::ask(next, kTicks), kDone);
  silent.front().receive();
  EXPECT_TRUE(silent.front().hung_up()) << "who has said nothing for longest has made room";
}

TEST_F(Frames, OnePeerDoesNotHoldTheLoop) {
  const Bytes one = *base::from_hex(kTicks);
  Bytes many;
  for (int i = 0; i < 1000; ++i) many.insert(many.end(), one.begin(), one.end());
  user.send(many);
  loop.turn();
  EXPECT_GT(tpm.commands.size(), 0u);
  EXPECT_LE(tpm.commands.size(), static_cast<std::size_t>(kMessagesATurn));
  for (int i = 0; i < 1000; ++i) {
    loop.turn();
    user.receive();
  }
  EXPECT_EQ(tpm.commands.size(), 1000u);
}

TEST_F(Frames, APeerForWhomNoFileIsLeftIsServedOnceThereIs) {
  {
    const test::NoMoreFiles full;
    user.send(kTicks);
    loop.turn();
    std::vector<pollfd> looked_at;
    server.list(looked_at);
    EXPECT_TRUE(looked_at.empty()) << "or each turn would find it ready, and do nothing";
  }
  test::run(loop);
  EXPECT_EQ(user.receive_hex(), kDone);
}

/// As QEMU connects: a control channel, and a socket for frames handed over on it.
class Monitor : public Served {
 protected:
  Monitor() {
    EXPECT_EQ(control_ask("00000010", {pair_.theirs.number()}), "00000000");
    pair_.theirs.close();
  }
  std::string control_ask(const char* hex, const std::vector<int>& files = {}) {
    return ask(control, hex, files);
  }
  std::string data_ask(const char* hex) { return ask(data, hex); }
  void initialise() { EXPECT_EQ(control_ask("00000002 00000000"), "00000000"); }

  Client control = connect();
  test::SocketPair pair_;
  Client data{std::move(pair_.ours)};
};

TEST_F(Monitor, GoesThroughItsStartAsQemuDoes) {
  EXPECT_EQ(data_ask("8001 0000000a 00000181"), kFailed);
  EXPECT_EQ(data_ask("00c1 0000000a 000000f1"), kFailed);
  EXPECT_EQ(control_ask("00000001"), "0000000000007fff");
  EXPECT_EQ(control_ask("0000000e"), "00000000");
  EXPECT_EQ(control_ask("00000011 00000000"),
            "00000000000010000000"
            "0c0000001000");
  EXPECT_EQ(control_ask("0000000e"), "00000000");
  EXPECT_EQ(control_ask("00000011 00001000"),
            "00000000000010000000"
            "0c0000001000");
  EXPECT_TRUE(tpm.commands.empty()) << "nothing reaches a TPM that was not initialised";
  EXPECT_EQ(control_ask("00000002 00000000"), "00000000");
  EXPECT_EQ(control_ask("00000004"), "0000000000000000");
  EXPECT_EQ(control_ask("00000005 03000000"), "00000000");
  EXPECT_EQ(data_ask(kTicks), kDone);
  EXPECT_EQ(tpm.localities.back(), 3);
  EXPECT_EQ(control_ask("00000003"), "00000000");
}

// swtpm's does, and QEMU counts on it: it says a locality only where that differs from the
// last one.
TEST_F(Monitor, ItsLocalityLastsThroughTheNextInit) {
  initialise();
  control_ask("00000005 03000000");
  control_ask("0000000e");
  initialise();
  EXPECT_EQ(data_ask(kTicks), kDone);
  EXPECT_EQ(tpm.localities.back(), 3);
}

TEST_F(Monitor, AStoppedTpmFailsItsCommands) {
  initialise();
  EXPECT_EQ(data_ask(kTicks), kDone);
  control_ask("0000000e");
  EXPECT_EQ(data_ask(kTicks), kFailed);
}

TEST_F(Monitor, AStoppedTpmFailsOtherPeersCommandsToo) {
  Client user = connect();
  EXPECT_EQ(ask(user, kTicks), kDone) << "until then it is the board's";
  control_ask("0000000e");
  EXPECT_EQ(ask(user, kTicks), kFailed);
}

TEST_F(Monitor, ACancelledCommandFails) {
  initialise();
  tpm.answers_at_once = false;
  EXPECT_EQ(data_ask(kTicks), "");
  EXPECT_EQ(control_ask("00000009"), "00000000");
  EXPECT_EQ(data.receive_hex(), kFailed);
}

TEST_F(Monitor, TwoPeersShareTheTpmCommandByCommand) {
  initialise();
  tpm.answers_at_once = false;
  Client user = connect();
  EXPECT_EQ(ask(user, kTicks), "");
  EXPECT_EQ(data_ask("00c1 0000000c 00000099 0001"), "") << "waits for the other's";
  tpm.ready = true;
  loop.turn();
  EXPECT_EQ(user.receive_hex(), kDone);
  EXPECT_EQ(data.receive_hex(), "");
  loop.turn();
  tpm.ready = true;
  loop.turn();
  EXPECT_EQ(data.receive_hex(), kDone);
}

TEST_F(Monitor, ACancelledCommandDoesNotGetAnothersResponse) {
  initialise();
  tpm.answers_at_once = false;
  Client user = connect();
  ask(user, kTicks);
  data_ask(kTicks);  // waits
  control_ask("00000009");
  EXPECT_EQ(user.receive_hex(), kFailed);
  tpm.ready = true;
  loop.turn();
  EXPECT_EQ(data.receive_hex(), kDone);
  EXPECT_EQ(user.receive_hex(), "");
}

TEST_F(Monitor, ItsSocketForFramesEndsWithIt) {
  control.leave();
  test::run(loop);
  data.receive();
  EXPECT_TRUE(data.hung_up());
}

TEST_F(Monitor, ALostSocketForFramesMayBeReplaced) {
  initialise();
  data.leave();
  test::run(loop);
  test::SocketPair next;
  EXPECT_EQ(control_ask("00000010", {next.theirs.number()}), "00000000");
  Client again(std::move(next.ours));
  EXPECT_EQ(ask(again, kTicks), kDone);
}

TEST_F(Monitor, AnotherMayComeWhenItHasDied) {
  initialise();
  control.leave();
  data.leave();
  Client next = connect();
  EXPECT_EQ(ask(next, "00000001"), "0000000000007fff");
  EXPECT_EQ(ask(next, "0000000a"), "0000000a") << "it has not initialised the TPM";
}

TEST_F(Monitor, ASmallerBufferHoldsForItsFrames) {
  control_ask("0000000e");
  control_ask("00000011 00000c00");
  initialise();
  EXPECT_EQ(data_ask("00c1 00000c01 000000f1"), kBadSize);
}

}  // namespace
}  // namespace emulator::attach::swtpm
