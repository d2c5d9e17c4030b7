// SPDX-License-Identifier: BSD-3-Clause
// Logs of `meupdate info --log`, typed as docs/meupdate.md has them; and files told apart.
#include "scenarios/recording/read_log.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "os/report_file.h"
#include "protocol/mei/clients.h"
#include "scenarios/recording/recording_file.h"
#include "tests/temporary_folder.h"

namespace scenarios::recording {
namespace {

/// The golden version answer of 9.0.2.1345 (tests/golden/mkhi_later.txt).
const std::string kLog =
    "[           -] run meupdate info\n"
    "[    1.503560] mei MKHI connected, messages up to 512 bytes\n"
    "[    1.503560] mei MKHI <- 4 bytes: ff020000\n"
    "[    1.503860] mei MKHI -> 12 bytes: ff82000002000900410500 00\n"
    "[    1.503860] mei MKHI closed\n"
    "[    1.504000] mei fixed address 7 connected, messages up to 512 bytes\n"
    "[    1.504000] mei fixed address 7 <- 4 bytes: ff020000\n"
    "[    1.505000] mei 75b30cd6-a29e-4af7-a712-e6174393c8a6 connected, messages up to 64 bytes\n"
    "[    1.505000] mei 75b30cd6-a29e-4af7-a712-e6174393c8a6 <- 1 bytes: 01\n"
    "[    3.505000] mei 75b30cd6-a29e-4af7-a712-e6174393c8a6 -> timeout: no answer (0)\n"
    "[    3.600000] info {\n"
    "      \"pci_device_id\": 35898,\n"
    "      \"running_version\": \"9.0.2.1345\",\n"
    "      \"engine_says\": {\"words\": [503317061, 1610621698]}\n"
    "    }\n"
    "[    3.700000] exit 0\n";

TEST(ReadLog, EachClientsQuestionsAndAnswers) {
  const auto recording = read_log(kLog);
  ASSERT_TRUE(recording) << recording.error().doing;
  ASSERT_EQ(recording->conversations.size(), 2u) << "nobody says whose a fixed address is";
  const Conversation& mkhi = recording->conversations[0];
  EXPECT_EQ(mkhi.client, protocol::mei::kMkhiGuid);
  EXPECT_EQ(mkhi.max_message_length, 512u);
  ASSERT_EQ(mkhi.messages.size(), 2u);
  EXPECT_EQ(mkhi.messages[0].to, Message::To::engine);
  EXPECT_EQ(base::to_hex(mkhi.messages[1].bytes), "ff8200000200090041050000");
  EXPECT_EQ(recording->conversations[1].client, protocol::mei::kManageabilityGuid);
  EXPECT_EQ(recording->conversations[1].messages.size(), 1u) << "silence is no answer";
}

TEST(ReadLog, WhatInfoFound) {
  const auto recording = read_log(kLog);
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->function.device_id, 0x8C3A);
  EXPECT_EQ(recording->function.status_words, (std::vector<std::uint32_t>{0x1E000245, 0x60002302}));
  EXPECT_EQ(recording->firmware_versions, "0:9.0.2.1345");
}

TEST(ReadLog, AnImageThatTheLogHasCutIsRefusedWithItsLine) {
  const auto recording = read_log(
      "[    1.0] mei FWU connected, messages up to 512 bytes\n"
      "[    1.0] mei FWU <- 511 bytes: 0400000000...\n");
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.error().code, base::Errc::unsupported);
  EXPECT_NE(recording.error().doing.find("line 2"), std::string::npos) << recording.error().doing;
}

TEST(ReadLog, AnotherTextIsNone) {
  EXPECT_FALSE(read_log(""));
  EXPECT_FALSE(read_log("[   0.1] tpm connected\n"));
}

TEST(RecordingFile, KindsAreToldApartAndAnErrorNamesTheFile) {
  tests::TemporaryFolder folder;
  const std::string log = folder.file("info.log");
  ASSERT_TRUE(os::write_report(log, kLog));
  const auto recording = read_recording(log);
  ASSERT_TRUE(recording) << recording.error().doing;
  for (const char* name : {"engine.json", "engine.zip"}) {
    const std::string path = folder.file(name);
    ASSERT_TRUE(write_recording(*recording, path));
    const auto again = read_recording(path);
    ASSERT_TRUE(again) << again.error().doing;
    EXPECT_EQ(again->conversations.size(), 2u) << name;
    EXPECT_EQ(again->function.device_id, 0x8C3A) << name;
  }
  const std::string cut = folder.file("cut.zip");
  ASSERT_TRUE(os::write_report(cut, "PK\x03\x04 and no more"));
  const auto none = read_recording(cut);
  ASSERT_FALSE(none);
  EXPECT_TRUE(none.error().doing.starts_with(cut)) << none.error().doing;
}

}  // namespace
}  // namespace scenarios::recording
