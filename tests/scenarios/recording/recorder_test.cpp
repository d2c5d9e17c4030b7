// SPDX-License-Identifier: BSD-3-Clause
// A board's bus, recorded as its host speaks to it.
#include "scenarios/recording/recorder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/hex.h"
#include "protocol/mei/clients.h"
#include "updater/cli/board_facts.h"
#include "updater/mei/heci_host.h"

namespace scenarios::recording {
namespace {

using emulator::machine::Machine;
using namespace std::chrono_literals;

struct Recorded : testing::Test {
  void SetUp() override {
    const auto profile = emulator::machine::load_profile("desktop-h87");
    ASSERT_TRUE(profile) << profile.error().doing;
    auto built = Machine::build(*profile);
    ASSERT_TRUE(built) << built.error().doing;
    machine = std::move(built).value();
    machine->trace().attach(recorder);
    machine->boot();
    host = std::make_unique<updater::mei::HeciHost>(
        machine->bar0(), machine->clock(),
        updater::cli::board_facts([this]() -> Machine& { return *machine; }));
  }
  void ask(updater::mei::MeiTransport& client, std::string_view request) {
    ASSERT_TRUE(client.send(*base::from_hex(request), 1s));
    const auto answer = client.receive(1s);
    ASSERT_TRUE(answer) << answer.error().doing;
    answers.push_back(base::to_hex(*answer));
  }

  Recorder recorder;  // outlives the host, which says goodbye
  std::unique_ptr<Machine> machine;
  std::unique_ptr<updater::mei::HeciHost> host;
  std::vector<std::string> answers;
};

TEST_F(Recorded, EachConnectionWithItsClientsLimitsAndMessages) {
  {
    auto mkhi = host->connect(protocol::mei::kMkhiGuid);
    ASSERT_TRUE(mkhi);
    ask(**mkhi, "ff020000");
    ask(**mkhi, "0302000007000000");
  }
  auto fwu = host->connect(protocol::mei::kFwuGuid);
  ASSERT_TRUE(fwu);
  ask(**fwu, "00000000");
  const Recording recording = recorder.recorded(*machine);
  ASSERT_EQ(recording.conversations.size(), 2u);
  const Conversation& mkhi = recording.conversations[0];
  EXPECT_EQ(mkhi.client, protocol::mei::kMkhiGuid);
  ASSERT_EQ(mkhi.messages.size(), 4u);
  EXPECT_EQ(base::to_hex(mkhi.messages[0].bytes), "ff020000");
  EXPECT_EQ(base::to_hex(mkhi.messages[1].bytes), answers[0]);
  EXPECT_EQ(mkhi.messages[1].to, Message::To::host);
  EXPECT_EQ(recording.conversations[1].client, protocol::mei::kFwuGuid);
  EXPECT_EQ(recording.conversations[1].max_message_length, 512u) << "H87: messages of 512 bytes";
  EXPECT_EQ(base::to_hex(recording.conversations[1].messages[1].bytes), answers[2]);
}

TEST_F(Recorded, AFixedAddressIsAConversationToo) {
  // As a driver does it: whoever knows the clients speaks to the address.
  auto mkhi = host->connect(protocol::mei::kMkhiGuid);
  ASSERT_TRUE(mkhi);
  auto fixed = host->open_fixed(protocol::mei::kMkhiFixedAddress);
  ASSERT_TRUE(fixed);
  ask(**fixed, "ff020000");
  const Recording recording = recorder.recorded(*machine);
  ASSERT_EQ(recording.conversations.size(), 2u);
  EXPECT_EQ(recording.conversations[1].client, protocol::mei::kMkhiFixedGuid);
  EXPECT_EQ(recording.conversations[1].messages.size(), 2u);
}

// START of ME 9: one byte of password length at 9, the password behind it.
TEST_F(Recorded, APasswordIsZeros) {
  auto fwu = host->connect(protocol::mei::kFwuGuid);
  ASSERT_TRUE(fwu);
  base::Bytes start(86);
  start[0] = 2;
  start[4] = 0x40;
  start[9] = 6;
  const std::string_view password = "secret";
  std::copy(password.begin(), password.end(), start.begin() + 10);
  ask(**fwu, base::to_hex(start));
  const Recording recording = recorder.recorded(*machine);
  ASSERT_EQ(recording.conversations.size(), 1u);
  const base::Bytes& kept = recording.conversations[0].messages.at(0).bytes;
  ASSERT_EQ(kept.size(), 86u);
  EXPECT_EQ(base::to_hex(base::ByteView(kept).subspan(10, 6)), "000000000000");
  EXPECT_EQ(kept[4], 0x40) << "and all else is there";
}

TEST_F(Recorded, WhatTheFunctionShows) {
  ASSERT_TRUE(host->connect(protocol::mei::kMkhiGuid));
  const Recording recording = recorder.recorded(*machine);
  EXPECT_EQ(recording.function.device_id, 0x8C3A);
  ASSERT_EQ(recording.function.status_words.size(), 6u);
  EXPECT_EQ(recording.function.status_words[0], machine->profile().pci.firmware_status);
  EXPECT_FALSE(recording.listed.empty());
}

}  // namespace
}  // namespace scenarios::recording
