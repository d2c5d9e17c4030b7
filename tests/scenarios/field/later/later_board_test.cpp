// SPDX-License-Identifier: BSD-3-Clause
// What a log of ME 6 or later shows is the board's.
#include <gtest/gtest.h>

#include "emulator/machine/profile.h"
#include "scenarios/field/boards/build_profile.h"
#include "scenarios/field/later/later_states.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

class LaterBoards : public testing::Test {
 protected:
  const std::vector<LaterBoard>& boards_in(const std::string& text) {
    report_ = reading(text);
    auto made = later_boards(report_, folder_.path());
    EXPECT_TRUE(made);
    boards_ = std::move(*made);
    return boards_;
  }
  std::string value_of(std::size_t board, const char* key) const {
    const ProfileValue* found = find(boards_[board].profile, key);
    return found == nullptr ? "(not there)" : found->toml;
  }

  engine::StoryFolder folder_;
  FieldReport report_;
  std::vector<LaterBoard> boards_;
};

constexpr const char* kOfEight =
    "Intel(R) MEInfo Version: 8.1.56.1541\nIntel(R) ME code versions:\n"
    "BIOS Version:                           62CN97WW\n"
    "FW Version:                             8.0.4.1441\n"
    "Local FWUpdate:                         Disabled\n";

TEST_F(LaterBoards, HaveTheValuesThatTheLogShows) {
  ASSERT_EQ(boards_in(kOfEight).size(), 1u);
  EXPECT_EQ(boards_[0].make.generation, 8);
  EXPECT_EQ(value_of(0, "firmware.version"), "\"8.0.4.1441\"");
  EXPECT_EQ(value_of(0, "surroundings.bios_version"), "\"62CN97WW\"");
  EXPECT_EQ(value_of(0, "settings.local_update"), "\"disabled\"");
  const auto profile = emulator::machine::load_profile(boards_[0].file);
  ASSERT_TRUE(profile) << profile.error().doing;
  EXPECT_EQ(to_text(profile->firmware.identity.version), "8.0.4.1441");
  EXPECT_EQ(profile->firmware.surroundings.bios_version, "62CN97WW");
}

TEST_F(LaterBoards, OfEachGenerationAreMade) {
  for (int major = 6; major <= 16; ++major) {
    const std::string version = std::to_string(major) + ".0.5.1234";
    const auto& boards =
        boards_in("Intel(R) MEInfo Version: " + version +
                  "\nIntel(R) ME code versions:\nFW Version: " + version + "\nBIOS Version: A1\n");
    ASSERT_EQ(boards.size(), 1u) << major;
    const auto profile = emulator::machine::load_profile(boards[0].file);
    ASSERT_TRUE(profile) << profile.error().doing;
    EXPECT_EQ(profile->firmware.identity.version.major, major);
  }
}

TEST_F(LaterBoards, OfAFunctionThatIsNamedHaveItsDevice) {
  ASSERT_EQ(boards_in("MEI found: [8086:1e3a] 7 Series/C216\nME Status   : 0x1e003052\n"
                      "ME Status 2 : 0x1632017a\n")
                .size(),
            1u);
  EXPECT_EQ(boards_[0].make.generation, 8);
  EXPECT_EQ(value_of(0, "pci.device_id"), "0x1E3A");
  EXPECT_EQ(value_of(0, "engine.disturbed_status"), "0x1E003052");
  EXPECT_EQ(boards_[0].condition, EngineCondition::second_lost);
}

TEST_F(LaterBoards, NeverShowBit31ToTen) {
  boards_in(
      "Intel(R) MEInfo Version: 9.1.2.1000\nFW Status Register1: 0x9E000245\n"
      "FW Status Register2: 0x66002306\nFW Version: 9.0.2.1345\n");
  ASSERT_EQ(boards_.size(), 1u);
  EXPECT_EQ(value_of(0, "pci.firmware_status"), "(not there)");
  EXPECT_TRUE(emulator::machine::load_profile(boards_[0].file));
}

TEST_F(LaterBoards, OfTwoMachinesAreTwo) {
  boards_in(
      "First laptop:\nIntel(R) MEInfo Version: 8.1.56.1541\nFW Version: 8.0.4.1441\n"
      "BIOS Version: A1\n\nSecond laptop:\nIntel(R) MEInfo Version: 9.1.2.1000\n"
      "FW Version: 9.0.2.1345\nBIOS Version: B2\n");
  ASSERT_EQ(boards_.size(), 2u);
  EXPECT_EQ(value_of(0, "firmware.version"), "\"8.0.4.1441\"");
  EXPECT_EQ(value_of(1, "firmware.version"), "\"9.0.2.1345\"");
}

}  // namespace
}  // namespace scenarios::field
