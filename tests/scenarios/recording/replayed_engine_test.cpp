// SPDX-License-Identifier: BSD-3-Clause
// A real engine's recording behind the registers of its generation, and faults on top of it.
#include "scenarios/recording/replayed_engine.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "emulator/machine/machine.h"
#include "os/read_file.h"
#include "protocol/mei/clients.h"
#include "scenarios/recording/fwupd.h"
#include "tests/source_dir.h"
#include "updater/mei/heci_host.h"

namespace scenarios::recording {
namespace {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using updater::mei::HeciHost;
using updater::mei::MeiTransport;
using namespace std::chrono_literals;

Recording read_data(const std::string& name) {
  const auto bytes = os::read_file(MEBENCH_SOURCE_DIR "/tests/scenarios/recording/data/" + name, 1);
  Recording recording;
  EXPECT_TRUE(read_fwupd({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, recording));
  return recording;
}

/// The answer's digits, or the kind of failure.
std::string ask(MeiTransport& client, std::string_view request) {
  if (const auto sent = client.send(*base::from_hex(request), 1s); !sent)
    return name(sent.error().code);
  const auto answer = client.receive(1s);
  return answer ? base::to_hex(*answer) : name(answer.error().code);
}

constexpr std::string_view kAskVersions = "010100001a00000400000000";
constexpr std::string_view kAskState = "010100001100000400000000";
constexpr std::string_view kState = "0101000011008004080000000000000000000000";

struct Replayed : testing::Test {
  void put(const Recording& recording) {
    const auto generation = generation_of(recording);
    ASSERT_TRUE(generation) << generation.error().doing;
    engine.emplace(recording, **generation);
    engine->reset();
    host.emplace(engine->bar0(), engine->clock(), updater::mei::HeciFacts{.name = "replay"});
  }
  std::unique_ptr<MeiTransport> amt() {
    auto connected = host->connect(protocol::mei::kAmthiGuid);
    EXPECT_TRUE(connected) << connected.error().doing;
    return connected ? std::move(connected).value() : nullptr;
  }

  std::optional<ReplayedEngine> engine;
  std::optional<HeciHost> host;
};

TEST_F(Replayed, AmtOfARealBoardAnswersAsItDid) {
  put(read_data("a13a-amt.json"));
  const auto client = amt();
  ASSERT_NE(client, nullptr);
  EXPECT_EQ(client->max_message_length(), 0x1400u);
  const std::string versions = ask(*client, kAskVersions);
  EXPECT_EQ(versions.size(), 2 * 525u);
  EXPECT_NE(versions.find("31312e382e3933"), std::string::npos) << "11.8.93";
  EXPECT_EQ(ask(*client, kAskState), kState);
  EXPECT_EQ(engine->unknown(), 0u);
}

/// The model's own AMT, on a board with the recorded one's values, is no different from it.
TEST_F(Replayed, AmtOfTheModelAnswersByteForByteAsTheRealOne) {
  const Recording recording = read_data("a13a-amt.json");
  const auto profile = emulator::machine::load_profile(
      "laptop-cm236", {{"firmware.capabilities", "8", "the recording"},
                       {"surroundings.bios_version", "\"N1EETA2W (1.75 )\"", "the recording"}});
  ASSERT_TRUE(profile) << profile.error().doing;
  auto built = emulator::machine::Machine::build(*profile);
  ASSERT_TRUE(built) << built.error().doing;
  (*built)->boot();
  HeciHost driver((*built)->bar0(), (*built)->clock(), updater::mei::HeciFacts{.name = "model"});
  auto client = driver.connect(protocol::mei::kAmthiGuid);
  ASSERT_TRUE(client) << client.error().doing;
  EXPECT_EQ((*client)->max_message_length(), 0x1400u);
  const auto& messages = recording.conversations.at(0).messages;
  ASSERT_EQ(messages.size(), 4u);
  for (std::size_t i = 0; i < messages.size(); i += 2)
    EXPECT_EQ(ask(**client, base::to_hex(messages[i].bytes)), base::to_hex(messages[i + 1].bytes));
}

TEST_F(Replayed, WhatNobodyAskedThenGetsNoAnswer) {
  put(read_data("a13a-amt.json"));
  const auto client = amt();
  ASSERT_NE(client, nullptr);
  EXPECT_EQ(ask(*client, "010100000800000400000000"), "timeout");
  EXPECT_EQ(engine->unknown(), 1u);
  EXPECT_EQ(host->connect(protocol::mei::kFwuGuid).error().code, base::Errc::not_found);
}

TEST_F(Replayed, TheFunctionIsTheRecordedOne) {
  put(read_data("a13a-amt.json"));
  EXPECT_EQ(engine->pci().read(0x00, 4), 0xA13A8086u);
  EXPECT_EQ(engine->pci().read(0x08, 1), 0x31u);
  EXPECT_EQ(engine->pci().read(0x2C, 4), 0x222E17AAu);
}

TEST_F(Replayed, StatusWordsAreTheRecordedOnes) {
  put(read_data("7a68-words.json"));
  EXPECT_EQ(engine->pci().read(0x40, 4), 0x90000245u);
  EXPECT_EQ(engine->pci().read(0x48, 4), 0x00F10506u);
  EXPECT_EQ(engine->pci().read(0x60, 4), 0x20u);
  EXPECT_EQ(engine->pci().read(0x6C, 4), 0x40200002u);
}

TEST_F(Replayed, AFaultLosesAMessageThatWasRecorded) {
  put(read_data("a13a-amt.json"));
  const auto client = amt();
  ASSERT_NE(client, nullptr);
  engine->faults().arm({.point = FaultPoint::host_message, .action = FaultAction::ignore});
  EXPECT_EQ(ask(*client, kAskState), "timeout");
  EXPECT_TRUE(engine->faults().unfired().empty());
}

TEST_F(Replayed, AResetOfTheEngineBeginsTheRecordingAnew) {
  put(read_data("a13a-amt.json"));
  {
    const auto client = amt();
    ASSERT_NE(client, nullptr);
    engine->faults().arm({.point = FaultPoint::host_message, .action = FaultAction::me_reset});
    EXPECT_EQ(ask(*client, kAskState), "disconnected");
  }
  const auto client = amt();
  ASSERT_NE(client, nullptr);
  EXPECT_EQ(ask(*client, kAskState), kState);
}

TEST_F(Replayed, WithoutPowerThereIsNoEngineUntilTheNextReset) {
  put(read_data("a13a-amt.json"));
  {
    const auto client = amt();
    ASSERT_NE(client, nullptr);
    engine->faults().arm(
        {.point = FaultPoint::host_message, .action = FaultAction::power_cut_before});
    EXPECT_NE(ask(*client, kAskState), kState);
  }
  EXPECT_FALSE(host->connect(protocol::mei::kAmthiGuid));
  engine->reset();
  host.emplace(engine->bar0(), engine->clock(), updater::mei::HeciFacts{.name = "replay"});
  const auto client = amt();
  ASSERT_NE(client, nullptr);
  EXPECT_EQ(ask(*client, kAskState), kState);
}

TEST_F(Replayed, TwoConversationsWithAClientAreOneScript) {
  Recording recording = read_data("a13a-amt.json");
  Conversation again = recording.conversations.at(0);
  again.messages = {{.to = Message::To::engine, .bytes = *base::from_hex(kAskState)},
                    {.to = Message::To::host, .bytes = *base::from_hex("01")}};
  recording.conversations.push_back(again);
  put(recording);
  const auto client = amt();
  ASSERT_NE(client, nullptr);
  EXPECT_EQ(ask(*client, kAskState), kState);
  EXPECT_EQ(ask(*client, kAskState), "01");
}

TEST_F(Replayed, AnEngineOfNoKnownGenerationIsRefused) {
  EXPECT_EQ(generation_of({}).error().doing, "it does not tell the PCI device id of the engine");
  EXPECT_NE(generation_of({.function = {.device_id = 0x1234}}).error().doing.find("8086:1234"),
            std::string::npos);
}

}  // namespace
}  // namespace scenarios::recording
