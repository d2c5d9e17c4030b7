// SPDX-License-Identifier: BSD-3-Clause
// fwupd's recordings. Golden: AMT of a real 8086:A13A and MCHI of a real 8086:A0E0, as their public
// recordings have them (docs/recordings.md names both), and the status words of a real 8086:7A68.
// The two files are made of those numbers; the letters of base 64 are those of coreutils' base64.
#include "scenarios/recording/fwupd.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/hex.h"
#include "os/read_file.h"
#include "protocol/mei/clients.h"
#include "tests/source_dir.h"

namespace scenarios::recording {
namespace {

using Json = nlohmann::json;

std::string recorded_file(const char* name) {
  const auto bytes =
      os::read_file(std::string(MEBENCH_SOURCE_DIR "/tests/scenarios/recording/data/") + name, 1);
  return std::string(bytes->begin(), bytes->end());
}

Recording read(const std::string& json) {
  Recording recording;
  const auto done = read_fwupd(json, recording);
  EXPECT_TRUE(done) << done.error().doing;
  return recording;
}

/// A document with one device that has these events.
std::string document(const std::string& events) {
  return R"({"UsbDevices": [{"GType": "FuUdevDevice", "Events": [)" + events + "]}]}";
}

std::string refused(const std::string& json) {
  Recording recording;
  const auto done = read_fwupd(json, recording);
  return done ? "taken" : done.error().doing;
}

const std::string kMchiConnect =
    R"({"Id": "Ioctl:Request=0xc0104801,Data=HAQX3eoJF0uicVuYmGfsZQ==,Length=0x10",
        "DataOut": "ABAAAAEJF0uicVuYmGfsZQ=="})";

TEST(ReadFwupd, AmtOfARealBoard) {
  const Recording recording = read(recorded_file("a13a-amt.json"));
  EXPECT_EQ(recording.function.device_id, 0xA13A);
  EXPECT_EQ(recording.function.revision, 0x31);
  EXPECT_EQ(recording.function.subsystem_vendor, 0x17AA);
  EXPECT_EQ(recording.function.subsystem_id, 0x222E);
  ASSERT_EQ(recording.conversations.size(), 1u);
  const Conversation& amt = recording.conversations[0];
  EXPECT_EQ(amt.client, protocol::mei::kAmthiGuid);
  EXPECT_EQ(amt.max_message_length, 0x1400u);
  EXPECT_EQ(amt.protocol_version, 1);
  ASSERT_EQ(amt.messages.size(), 4u);
  EXPECT_EQ(base::to_hex(amt.messages[0].bytes), "010100001a00000400000000");
  EXPECT_EQ(amt.messages[1].to, Message::To::host);
  EXPECT_EQ(amt.messages[1].bytes.size(), 525u);
  EXPECT_EQ(base::to_hex(amt.messages[3].bytes), "0101000011008004080000000000000000000000");
  EXPECT_EQ(recording.listed, std::vector{protocol::mei::kAmthiGuid});
}

TEST(ReadFwupd, StatusWordsAndVersionsOfARealBoard) {
  const Recording recording = read(recorded_file("7a68-words.json"));
  EXPECT_EQ(recording.function.device_id, 0x7A68);
  EXPECT_EQ(recording.function.status_words,
            (std::vector<std::uint32_t>{0x90000245, 0x00F10506, 0x20, 0x4400, 0, 0x40200002}));
  EXPECT_EQ(recording.firmware_versions, "0:16.1.32.2473\n0:16.1.32.2473\n0:16.1.25.2035");
}

TEST(ReadFwupd, MchiOfARealBoard) {
  const Recording recording =
      read(document(kMchiConnect + R"(, {"Id": "Write:Data=CgoAAABcAEAAAAAAQAAAAAA=,Length=0x11"},
                         {"Id": "Read:Length=0x51", "Data": "CooAADAAAAA="})"));
  ASSERT_EQ(recording.conversations.size(), 1u);
  EXPECT_EQ(to_text(recording.conversations[0].client), "dd17041c-09ea-4b17-a271-5b989867ec65");
  EXPECT_EQ(recording.conversations[0].max_message_length, 0x1000u);
  ASSERT_EQ(recording.conversations[0].messages.size(), 2u);
  EXPECT_EQ(base::to_hex(recording.conversations[0].messages[0].bytes),
            "0a0a0000005c0040000000004000000000");
  EXPECT_EQ(base::to_hex(recording.conversations[0].messages[1].bytes), "0a8a000030000000");
}

TEST(ReadFwupd, ASilentEngineLeavesAQuestionWithoutAnAnswer) {
  const Recording recording =
      read(document(kMchiConnect + R"(, {"Id": "Write:Data=AQ==,Length=0x1"},
                          {"Id": "Read:Length=0x51", "Error": 3, "ErrorMsg": "timed out"})"));
  ASSERT_EQ(recording.conversations.size(), 1u);
  EXPECT_EQ(recording.conversations[0].messages.size(), 1u);
}

TEST(ReadFwupd, AClientThatTheKernelRefusedIsNoConversation) {
  EXPECT_TRUE(read(document(R"({"Id": "Ioctl:Request=0xc0104801,Data=HAQX3eoJF0uicVuYmGfsZQ==,)"
                            R"(Length=0x10", "Error": 8, "ErrorMsg": "no such client"})"))
                  .conversations.empty());
}

TEST(ReadFwupd, WhatMakesNoSenseIsNamedWithItsEvent) {
  EXPECT_NE(refused("[]").find("UsbDevices"), std::string::npos);
  EXPECT_NE(refused("PK").find("no recording of fwupd"), std::string::npos);
  EXPECT_EQ(refused(document(R"({"Id": "Write:Data=AQ==,Length=0x1"})")),
            "device 1, event 1: a message before any client was connected to");
  EXPECT_EQ(refused(document(kMchiConnect + R"(, {"Id": "Write:Data=!,Length=0x1"})")),
            "device 1, event 2: what is written is no base 64");
  EXPECT_NE(refused(document(R"({"Id": "#3f2a91c0"})")).find("#3f2a91c0"), std::string::npos);
}

/// Of the first device of this type, the events from the one that begins so on.
Json events_from(const std::string& text, const char* type, const char* begin) {
  const Json document = Json::parse(text);
  for (const Json& device : document["UsbDevices"]) {
    if (device["GType"] != type) continue;
    Json events = Json::array();
    for (const Json& event : device["Events"]) {
      if (!events.empty() || event["Id"].get<std::string>().starts_with(begin))
        events.push_back(event);
    }
    return events;
  }
  return {};
}

Json talk_in(const std::string& text) {
  return events_from(text, "FuUdevDevice", "Ioctl");
}

TEST(WriteFwupd, StatusWordsOfARealBoardAgainEventForEvent) {
  const std::string golden = recorded_file("7a68-words.json");
  const auto written = write_fwupd(read(golden));
  ASSERT_TRUE(written) << written.error().doing;
  const Json words = events_from(*written, "FuPciDevice", "Pread");
  EXPECT_EQ(words, events_from(golden, "FuPciDevice", "Pread"));
  EXPECT_EQ(words[0]["Data"], "RQIAkA==");
}

TEST(WriteFwupd, AmtOfARealBoardAgainEventForEvent) {
  const std::string golden = recorded_file("a13a-amt.json");
  const auto written = write_fwupd(read(golden));
  ASSERT_TRUE(written) << written.error().doing;
  EXPECT_EQ(talk_in(*written), talk_in(golden));
  EXPECT_EQ(talk_in(golden)[0]["DataOut"], "ABQAAAG0LUusqEbg/2WBTA==");
}

TEST(WriteFwupd, WhatIsWrittenIsReadAsItWas) {
  Recording recording = read(recorded_file("a13a-amt.json"));
  recording.function.status_words = read(recorded_file("7a68-words.json")).function.status_words;
  recording.firmware_versions = "0:11.8.93.4323\n0:11.8.93.4323\n0:11.8.93.4323";
  const auto written = write_fwupd(recording);
  ASSERT_TRUE(written) << written.error().doing;
  const Recording again = read(*written);
  EXPECT_EQ(again.function.device_id, 0xA13A);
  EXPECT_EQ(again.function.subsystem_id, 0x222E);
  EXPECT_EQ(again.function.status_words, recording.function.status_words);
  EXPECT_EQ(again.firmware_versions, recording.firmware_versions);
  EXPECT_EQ(again.listed, recording.listed);
  ASSERT_EQ(again.conversations.size(), 1u);
  EXPECT_EQ(again.conversations[0].messages.size(), 4u);
}

TEST(WriteFwupd, EachClientHasADeviceOfItsOwn) {
  Recording recording = read(recorded_file("a13a-amt.json"));
  recording.conversations.push_back({.client = protocol::mei::kMkhiGuid,
                                     .max_message_length = 512,
                                     .messages = {{.bytes = *base::from_hex("ff020000")}}});
  const auto written = write_fwupd(recording);
  ASSERT_TRUE(written);
  const Json devices = Json::parse(*written)["UsbDevices"];
  ASSERT_EQ(devices.size(), 2u);
  EXPECT_EQ(devices[0]["BackendId"], "/sys/devices/pci0000:00/0000:00:16.0/mei/mei0");
  EXPECT_EQ(devices[1]["Events"].back()["Id"], "Write:Data=/wIAAA==,Length=0x4");
}

TEST(WriteFwupd, WithoutADeviceIdOrAWordThereIsNothingToWrite) {
  Recording recording = read(recorded_file("a13a-amt.json"));
  recording.function.device_id.reset();
  EXPECT_EQ(write_fwupd(recording).error().doing,
            "it does not tell the PCI device id of the engine");
  EXPECT_EQ(write_fwupd({.function = {.device_id = 0x7A68}}).error().doing,
            "it holds neither messages nor status words");
}

}  // namespace
}  // namespace scenarios::recording
