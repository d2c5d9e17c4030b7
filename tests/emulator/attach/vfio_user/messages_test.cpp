// SPDX-License-Identifier: BSD-3-Clause
// vfio-user byte by byte: every message, whole, in halves, with every wrong length, and from
// monitors that die.
#include "tests/emulator/attach/vfio_user/served.h"

namespace emulator::attach::vfio_user {
namespace {

class Greeting : public Served {
 protected:
  std::string ask(const std::string& hex) { return Served::ask(client, hex); }
  Client client = connect();
};

TEST_F(Greeting, AnswersVersion00WithItsLimits) {
  const Bytes reply = *base::from_hex(ask(kHello));
  ASSERT_EQ(reply.size(), kHelloReply);
  EXPECT_EQ(base::to_hex(ByteView(reply).first(20)), "0100010051000000010000000000000000000000");
  EXPECT_EQ(std::string(reply.begin() + 20, reply.end() - 1),
            R"({"capabilities":{"max_msg_fds":8,"max_data_xfer_size":4096}})");
  EXPECT_EQ(reply.back(), 0);
}

// QEMU warns of a capability that it does not know.
TEST_F(Greeting, TellsItsBoardToWhoAsksAndToNobodyElse) {
  const auto told_to = [&](const std::string& text) {
    Bytes hello = *base::from_hex("0100 0100 00000000 00000000 00000000 0000 0000");
    hello.insert(hello.end(), text.begin(), text.end());
    hello.push_back(0);
    hello[4] = static_cast<std::uint8_t>(hello.size());
    client = connect();
    const Bytes reply = *base::from_hex(ask(base::to_hex(hello)));
    client.leave();
    return std::string(reply.begin() + 20, reply.end() - 1);
  };
  EXPECT_EQ(told_to(R"({"capabilities":{"mebench_board_id":true}})"),
            R"({"capabilities":{"max_msg_fds":8,"max_data_xfer_size":4096,)"
            R"("mebench_board_id":"5a010203000000000000000000000000"}})");
  const std::string limits = R"({"capabilities":{"max_msg_fds":8,"max_data_xfer_size":4096}})";
  EXPECT_EQ(told_to(R"({"capabilities":{"max_msg_fds":8}})"), limits);
  EXPECT_EQ(told_to(R"({"mebench_board_id":true})"), limits);
  EXPECT_EQ(told_to(R"({"capabilities":["mebench_board_id"]})"), limits);
}

TEST_F(Greeting, AnswersANewerMinorWith00) {
  EXPECT_EQ(ask("0100 0100 15000000 00000000 00000000 0000 0500 00").substr(32, 8), "00000000");
}

TEST_F(Greeting, MayComeWithoutText) {
  EXPECT_EQ(ask("0100 0100 14000000 00000000 00000000 0000 0000").size(), 2 * kHelloReply);
}

TEST_F(Greeting, RefusesAnotherMajor) {
  EXPECT_EQ(ask("0100 0100 15000000 00000000 00000000 0100 0000 00"),
            "01000100100000002100000016000000");
}

TEST_F(Greeting, RefusesTextWithoutItsEnd) {
  EXPECT_EQ(ask("0100 0100 15000000 00000000 00000000 0000 0000 7b"),
            "01000100100000002100000016000000");
}

TEST_F(Greeting, RefusesLessThanAVersion) {
  EXPECT_EQ(ask("0100 0100 10000000 00000000 00000000"), "01000100100000002100000016000000");
  EXPECT_EQ(ask("0100 0100 12000000 00000000 00000000 0000"), "01000100100000002100000016000000");
}

TEST_F(Greeting, ComesFirst) {
  EXPECT_EQ(ask("0100 0d00 10000000 00000000 00000000"), "");
  EXPECT_TRUE(client.hung_up());
  EXPECT_EQ(resets, 0);
}

TEST_F(Greeting, ATpmCommandIsNone) {
  EXPECT_EQ(ask("00c1 00000016 00000065 00000005 00000004 00000103"), "");
  EXPECT_TRUE(client.hung_up()) << "instead of waiting for the rest of a long message";
}

TEST_F(Greeting, ComesOnce) {
  ask(kHello);
  EXPECT_EQ(ask(kHello), "01000100100000002100000016000000");
}

TEST_F(Greeting, ASizeBelowAHeaderEndsTheConnection) {
  EXPECT_EQ(ask("0100 0100 0f000000 00000000 00000000"), "");
  EXPECT_TRUE(client.hung_up());
}

TEST_F(Greeting, ASizeBeyondAnyMessageEndsTheConnection) {
  EXPECT_EQ(ask("0100 0100 01200000 00000000 00000000"), "");
  EXPECT_TRUE(client.hung_up());
}

TEST_F(Greeting, ASecondMonitorIsHungUpOn) {
  ask(kHello);
  Client second = connect();
  EXPECT_EQ(Served::ask(second, kHello), "");
  EXPECT_TRUE(second.hung_up());
}

TEST_F(Greeting, TheNextMonitorIsServedWhenOneHasDied) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(ask(kHello).size(), 2 * kHelloReply);
    client.leave();
    client = connect();
  }
}

TEST_F(Greeting, RefusesTextThatIsNoJsonObject) {
  for (const char* text : {"7b7b7b 00", "5b5d 00", "37 00", "7b7d 00 7b7d 00", "ff 00"}) {
    const Bytes bytes = *base::from_hex(text);
    Bytes hello = *base::from_hex("0100 0100 00000000 00000000 00000000 0000 0000");
    hello.insert(hello.end(), bytes.begin(), bytes.end());
    hello[4] = static_cast<std::uint8_t>(hello.size());
    EXPECT_EQ(ask(base::to_hex(hello)), "01000100100000002100000016000000") << text;
  }
  EXPECT_EQ(ask("0100 0100 17000000 00000000 00000000 0000 0000 7b7d 00").size(), 2 * kHelloReply);
}

TEST_F(Greeting, AnswersWhenItsLastByteComes) {
  const Bytes bytes = *base::from_hex(kHello);
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    client.send(ByteView(bytes).first(cut));
    test::run(loop);
    EXPECT_EQ(client.receive_hex(), "") << cut;
    client.send(ByteView(bytes).subspan(cut));
    test::run(loop);
    EXPECT_EQ(client.receive().size(), kHelloReply) << cut;
    client.leave();
    client = connect();
  }
}

TEST_F(Greeting, AMonitorThatDiesInsideItIsForgotten) {
  const Bytes bytes = *base::from_hex(kHello);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    if (cut != 0) client.send(ByteView(bytes).first(cut));
    test::run(loop);
    client.leave();
    client = connect();
  }
  EXPECT_EQ(ask(kHello).size(), 2 * kHelloReply);
}

TEST_F(Greeting, APeerForWhomNoFileIsLeftIsServedOnceThereIs) {
  {
    const test::NoMoreFiles full;
    client.send(kHello);
    loop.turn();
    std::vector<pollfd> looked_at;
    server.list(looked_at);
    EXPECT_TRUE(looked_at.empty()) << "or each turn would find it ready, and do nothing";
  }
  test::run(loop);
  EXPECT_EQ(client.receive().size(), kHelloReply);
}

class Messages : public Monitor {};

TEST_F(Messages, DeviceIsPciWithReset) {
  EXPECT_EQ(request(4, "10000000 00000000 00000000 00000000"), "10000000030000000900000003000000");
}

TEST_F(Messages, Bar0HasSixteenBytesAndConfigurationSpace256) {
  const std::string body = " 00000000 0000000000000000 0000000000000000";
  EXPECT_EQ(request(5, "20000000 00000000 00000000" + body),
            "2000000003000000000000000000000010000000000000000000000000000000");
  EXPECT_EQ(request(5, "20000000 00000000 07000000" + body),
            "2000000003000000070000000000000000010000000000000000000000000000");
  for (const char* none : {"01", "02", "03", "04", "05", "06", "08"}) {
    EXPECT_EQ(request(5, std::string("20000000 00000000 ") + none + "000000" + body),
              "2000000000000000" + std::string(none) +
                  "00000000000000"
                  "00000000000000000000000000000000");
  }
}

TEST_F(Messages, EveryInterruptThatIsCountedIsToldOf) {
  const std::string info = request(4, "10000000 00000000 00000000 00000000");
  const unsigned interrupts = base::ByteReader(base::from_hex(info.substr(24)).value()).u32();
  ASSERT_GE(interrupts, 3u) << "QEMU takes no PCI device with fewer";
  for (unsigned i = 0; i < 8; ++i) {
    const std::string index = base::to_hex(base::Bytes{static_cast<std::uint8_t>(i), 0, 0, 0});
    const std::string told = request(7, "10000000 00000000 " + index + " 00000000");
    EXPECT_EQ(told == kInvalid, i >= interrupts) << i;
    if (i >= 2 && i < interrupts) {
      EXPECT_EQ(told, "1000000000000000" + index + "00000000") << i;
    }
  }
}

TEST_F(Messages, IntxCanBeMaskedMsiCannotAndThereAreNoOthers) {
  EXPECT_EQ(request(7, "10000000 00000000 00000000 00000000"), "10000000070000000000000001000000");
  EXPECT_EQ(request(7, "10000000 00000000 01000000 00000000"), "10000000010000000100000001000000");
  EXPECT_EQ(request(7, "10000000 00000000 02000000 00000000"), "10000000000000000200000000000000");
}

TEST_F(Messages, MemoryIsMappedAndForgotten) {
  EXPECT_EQ(request(2, "20000000 03000000 0000000000000000 0000100000000000 0000200000000000"), "");
  EXPECT_EQ(request(3, "18000000 00000000 0000100000000000 0000200000000000"),
            "180000000000000000001000000000000000200000000000");
}

TEST_F(Messages, MemoryThatIsMappedIsNotMappedAgainNorUnmappedTwice) {
  const std::string map = "20000000 03000000 0000000000000000 0000100000000000 0000200000000000";
  const std::string unmap = "18000000 00000000 0000100000000000 0000200000000000";
  EXPECT_EQ(request(2, map), "");
  EXPECT_EQ(request(2, map), kExists);
  EXPECT_EQ(request(3, "18000000 00000000 0000100000000000 0000100000000000"), kNotThere);
  EXPECT_EQ(request(3, unmap), "180000000000000000001000000000000000200000000000");
  EXPECT_EQ(request(3, unmap), kNotThere);
  EXPECT_EQ(request(2, map), "");
  EXPECT_EQ(request(3, "18000000 02000000 0000000000000000 0000000000000000"),
            "180000000200000000000000000000000000000000000000");
  EXPECT_EQ(request(2, map), "") << "all was unmapped";
}

TEST_F(Messages, TheNextMonitorMapsItsOwnMemory) {
  const std::string map = "20000000 03000000 0000000000000000 0000100000000000 0000200000000000";
  EXPECT_EQ(request(2, map), "");
  client.leave();
  test::run(loop);
  client = connect();
  ask(kHello);
  EXPECT_EQ(request(2, map), "");
}

TEST_F(Messages, MemoryThatWrapsOrIsEmptyIsRefused) {
  EXPECT_EQ(request(2, "20000000 03000000 0000000000000000 00f0ffffffffffff 0020000000000000"),
            kInvalid);
  EXPECT_EQ(request(2, "20000000 03000000 0000000000000000 00f0ffffffffffff 0000000000000000"),
            kInvalid);
  EXPECT_EQ(request(2, "20000000 03000000 0000000000000000 00f0ffffffffffff 0010000000000000"), "")
      << "up to the last byte";
}

TEST_F(Messages, MemoryThatIsForgottenIsOneRangeOrAll) {
  for (const char* wrong : {"18000000 00000000 00f0ffffffffffff 0020000000000000",
                            "18000000 00000000 0000000000000000 0000000000000000",
                            "18000000 02000000 0000000000000000 0010000000000000",
                            "18000000 01000000 0000000000000000 0010000000000000",
                            "18000000 00000080 0000000000000000 0010000000000000"}) {
    EXPECT_EQ(request(3, wrong), kInvalid) << wrong;
  }
  EXPECT_EQ(request(3, "18000000 02000000 0000000000000000 0000000000000000"),
            "180000000200000000000000000000000000000000000000");
}

TEST_F(Messages, MemoryIsForReadingAndWritingAndNothingElse) {
  for (const char* flags : {"04000000", "ffffffff"}) {
    EXPECT_EQ(request(2, std::string("20000000 ") + flags +
                             "0000000000000000 0000000000000000 0010000000000000"),
              kInvalid);
  }
}

TEST_F(Messages, FlagsThatNobodyKnowsAreRefused) {
  for (const std::uint32_t flags : {0xFFFF0000u, 0x20u, 0x40u, 2u})
    EXPECT_EQ(ask(message(13, "", flags)), "07000d00100000002100000016000000") << flags;
  EXPECT_EQ(resets, 0);
}

TEST_F(Messages, EightFilesComeWithOneAndNoMore) {
  const Event event;
  const std::string map = message(2,
                                  "20000000 03000000 0000000000000000 0000000000000000 "
                                  "0010000000000000");
  const std::vector<int> eight(8, event.number());
  const std::vector<int> nine(9, event.number());
  const auto files = test::open_files();
  EXPECT_EQ(ask(map, eight), "07000200100000000100000000000000");
  EXPECT_EQ(test::open_files(), files);
  EXPECT_EQ(ask(map, nine), "");
  EXPECT_TRUE(client.hung_up());
  EXPECT_LE(test::open_files(), files) << "none of them is kept";
}

TEST_F(Messages, FilesDoNotPileUpWhileOneIsUnderWay) {
  const Event event;
  const std::vector<int> eight(8, event.number());
  const auto files = test::open_files();
  const Bytes bytes = *base::from_hex(message(4, std::string(100, '0')));
  client.send(ByteView(bytes).first(1), eight);
  test::run(loop);
  EXPECT_EQ(test::open_files(), files + 8);
  client.send(ByteView(bytes).subspan(1, 1), {event.number()});
  test::run(loop);
  client.receive();
  EXPECT_TRUE(client.hung_up());
  EXPECT_LE(test::open_files(), files);
}

TEST_F(Messages, OneMonitorDoesNotHoldTheLoop) {
  const Bytes reset = *base::from_hex(message(13, "", 0x10));
  Bytes many;
  for (int i = 0; i < 1000; ++i) many.insert(many.end(), reset.begin(), reset.end());
  client.send(many);
  loop.turn();
  EXPECT_GT(resets, 0);
  EXPECT_LE(resets, kMessagesATurn);
  for (int i = 0; i < 1000; ++i) loop.turn();
  EXPECT_EQ(resets, 1000);
}

TEST_F(Messages, AFileThatComesWithMemoryIsClosed) {
  test::SocketPair memory;
  request(2, "20000000 03000000 0000000000000000 0000000000000000 0010000000000000",
          {memory.theirs.number()});
  memory.theirs.close();
  Client end(std::move(memory.ours));
  end.receive();
  EXPECT_TRUE(end.hung_up());
}

TEST_F(Messages, DeviceResetResetsThePlatform) {
  EXPECT_EQ(request(13, ""), "");
  EXPECT_EQ(resets, 1);
  EXPECT_EQ(request(13, "00"), kInvalid);
  EXPECT_EQ(resets, 1);
}

TEST_F(Messages, WhatItDoesNotKnowIsUnsupported) {
  for (const int number : {0, 6, 11, 12, 14, 15, 999}) {
    const auto command = static_cast<std::uint16_t>(number);
    EXPECT_EQ(request(command, ""), kUnsupported) << command;
  }
}

TEST_F(Messages, AReplyIsNotReplied) {
  EXPECT_EQ(ask(message(13, "", 1)), "");
  EXPECT_EQ(resets, 0);
}

TEST_F(Messages, ARequestMayForbidTheReply) {
  EXPECT_EQ(ask(message(13, "", 0x10)), "");
  EXPECT_EQ(resets, 1);
  EXPECT_EQ(ask(message(999, "", 0x10)), "") << "an error neither";
}

struct Sample {
  const char* name;
  std::uint16_t command;
  const char* body;
  bool may_be_longer;
};

void PrintTo(const Sample& sample, std::ostream* out) {
  *out << sample.name;
}

constexpr Sample kSamples[] = {
    {"DmaMap", 2, "20000000 03000000 0000000000000000 0000000000000000 0010000000000000", false},
    {"DmaUnmap", 3, "18000000 00000000 0000000000000000 0010000000000000", false},
    {"DeviceInfo", 4, "10000000 00000000 00000000 00000000", true},
    {"RegionInfo", 5, "20000000 00000000 00000000 00000000 0000000000000000 0000000000000000",
     true},
    {"IrqInfo", 7, "10000000 00000000 00000000 00000000", true},
    {"SetIrqs", 8, "14000000 21000000 00000000 00000000 00000000", false},
    {"SetIrqsWithBytes", 8, "14000000 22000000 00000000 00000000 01000000 01", false},
    {"RegionRead", 9, "0000000000000000 07000000 04000000", false},
    {"RegionWrite", 10, "3c00000000000000 07000000 01000000 0b", false},
    {"DeviceReset", 13, "", false},
};

class EveryMessage : public Monitor, public testing::WithParamInterface<Sample> {
 protected:
  /// A fresh monitor, in whose conversation the sample makes sense.
  void begin() {
    client.leave();
    client = connect();
    ask(kHello);
    if (GetParam().command == 3) request(kSamples[0].command, kSamples[0].body);
  }
  Bytes whole() const { return *base::from_hex(GetParam().body); }
};

TEST_P(EveryMessage, IsDone) {
  begin();
  EXPECT_EQ(request(GetParam().command, GetParam().body).find("error"), std::string::npos);
}

TEST_P(EveryMessage, IsRefusedWithLessThanItsStructure) {
  const Bytes body = whole();
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(request(GetParam().command, base::to_hex(ByteView(body).first(size))), kInvalid)
        << size;
  }
}

TEST_P(EveryMessage, IsRefusedWithMoreThanItsData) {
  const std::string outcome = request(GetParam().command, std::string(GetParam().body) + "00");
  EXPECT_EQ(outcome != kInvalid, GetParam().may_be_longer);
}

TEST_P(EveryMessage, IsRefusedWhenItSaysThatItIsShorter) {
  Bytes body = whole();
  if (body.empty() || GetParam().command == 9 || GetParam().command == 10) return;  // no argsz
  --body[0];
  EXPECT_EQ(request(GetParam().command, base::to_hex(body)), kInvalid);
}

TEST_P(EveryMessage, MayComeInTwoHalves) {
  const Bytes bytes = *base::from_hex(message(GetParam().command, GetParam().body));
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    begin();
    client.send(ByteView(bytes).first(cut));
    test::run(loop);
    EXPECT_EQ(client.receive_hex(), "") << cut;
    client.send(ByteView(bytes).subspan(cut));
    test::run(loop);
    EXPECT_EQ(client.receive_hex().substr(16, 16), "0100000000000000") << cut;
  }
}

TEST_P(EveryMessage, AMonitorThatDiesInsideItIsForgotten) {
  const Bytes bytes = *base::from_hex(message(GetParam().command, GetParam().body));
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    SCOPED_TRACE(cut);
    if (cut != 0) client.send(ByteView(bytes).first(cut));
    test::run(loop);
    client.leave();
    client = connect();
    EXPECT_EQ(ask(kHello).size(), 2 * kHelloReply);
  }
  EXPECT_EQ(resets, 0);
}

INSTANTIATE_TEST_SUITE_P(VfioUser, EveryMessage, testing::ValuesIn(kSamples),
                         [](const auto& row) { return row.param.name; });

TEST_F(Messages, SeveralInOnePieceAreAnsweredInOrder) {
  const std::string two = message(13, "") + message(4, "10000000 00000000 00000000 00000000");
  EXPECT_EQ(ask(two).substr(32, 8), "07000400");
}

TEST_F(Messages, NumbersBeyondTheLastAreRefused) {
  EXPECT_EQ(request(5, "20000000 00000000 09000000 00000000 0000000000000000 0000000000000000"),
            kInvalid);
  EXPECT_EQ(request(7, "10000000 00000000 03000000 00000000"), kInvalid);
  EXPECT_EQ(request(7, "10000000 00000000 ffffffff 00000000"), kInvalid);
}

TEST_F(Messages, AMonitorThatDoesNotReadIsNotReadFrom) {
  const Bytes one = *base::from_hex(message(9, "0000000000000000 07000000 00010000"));
  Bytes many;
  for (int i = 0; i < 3000; ++i) many.insert(many.end(), one.begin(), one.end());
  client.send(ByteView(many));
  std::size_t received = 0;
  for (int i = 0; i < 3000 && received < 3000u * (32 + 256); ++i) {
    test::run(loop);
    received += client.receive().size();
  }
  EXPECT_EQ(received, 3000u * (32 + 256));
}

}  // namespace
}  // namespace emulator::attach::vfio_user
