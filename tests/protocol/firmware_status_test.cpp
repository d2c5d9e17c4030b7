// SPDX-License-Identifier: BSD-3-Clause
// Firmware status words of real machines, and what their owners' tools or those who helped them
// read in them: public posts, issues and recordings, one row a machine.
#include "protocol/heci/firmware_status.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace protocol::heci;

struct SeenStatus {
  const char* machine;
  std::uint16_t generation;  // 0: as one who only has the words
  std::vector<std::uint32_t> words;
  std::string state;
  std::string operation;
  std::string error;
  std::string mode;
  std::string phase = {};  // "-": no document names it
  std::string phase_state = {};
};

constexpr const char* kNormal = "normal";
constexpr const char* kM0 = "M0 with memory";
constexpr const char* kBringUp = "bring-up";
constexpr const char* kHost = "host communication";
constexpr const char* kHap = "debug or alternate disable (HAP)";

const std::vector<SeenStatus>& seen() {
  static const std::vector<SeenStatus> rows = {
      {"3B64, Dell E6410", 6, {0x00000245, 0x69000000}, kNormal, kM0, "none", kNormal, kHost},
      {"1C3A, X220", 7, {0x1E000245, 0x60000006}, kNormal, kM0, "none", kNormal, kHost},
      {"7.1 with its jumper",
       7,
       {0x1E040185, 0x16520000},
       kNormal,
       kBringUp,
       "none",
       "flash security overridden by a jumper",
       kBringUp},
      {"1C3A, X220 with HAP",
       7,
       {0x00020191, 0x100A0000},
       "initialising",
       kBringUp,
       "none",
       kHap,
       kBringUp,
       "checks whether straps disable the engine"},
      {"1E3A, T430, cleaned",
       8,
       {0x1E003052, 0x1632017A},
       "recovery",
       kM0,
       "image failure",
       kNormal,
       kBringUp,
       "loads the kernel"},
      {"8.1", 8, {0x1E000255, 0x61000100}, kNormal, kM0, "none", kNormal, kHost},
      {"8C3A, HP 9.0.2.1345", 9, {0x1E000245, 0x66002306}, kNormal, kM0, "none", kNormal, kHost},
      {"8CBA, H97", 9, {0x1E000245, 0x60002306}, kNormal, kM0, "none", kNormal, kHost},
      {"8CBA, Z97M", 9, {0x1E000255, 0x61002306}, kNormal, kM0, "none", kNormal, kHost},
      {"8C3A, H87M with HAP",
       9,
       {0x1E020191, 0x124D2142},
       "initialising",
       kBringUp,
       "none",
       kHap,
       kBringUp},
      {"9.1 after 8741 and 8707",
       9,
       {0x1E000245, 0x76442312},
       kNormal,
       kM0,
       "none",
       kNormal,
       "firmware update"},
      {"9CBA, T450 10.0.60.3000",
       10,
       {0x1E000245, 0x6000A306},
       kNormal,
       kM0,
       "none",
       kNormal,
       kHost},
      {"9CBA, Acer E5", 10, {0x1E000245, 0x6600A306}, kNormal, kM0, "none", kNormal, kHost},
      {"A13A, XG330 11.0.0.1191",
       11,
       {0x90000255, 0x6600850E},
       kNormal,
       kM0,
       "none",
       kNormal,
       kHost},
      {"A13A, N650DU", 11, {0x90000245, 0x86110306}, kNormal, kM0, "none", kNormal, "-"},
      {"9D3A, ThinkPad 13", 11, {0x90000245, 0x80118106}, kNormal, kM0, "none", kNormal, "-"},
      {"A13A, Precision 3620", 11, {0x94000245, 0x69008506}, kNormal, kM0, "none", kNormal, kHost},
      {"11.8 laptop with HAP",
       11,
       {0x80022004, 0x304D0116, 0x20, 0x00086000, 0, 0x40000004},
       "disabled",
       "before boot",
       "disabled",
       kHap,
       kBringUp},
      {"T470 11.8, broken",
       11,
       {0x8030404E, 0x340D0006, 0x20, 0, 0, 0},
       "halted",
       kM0,
       "debug",
       kNormal,
       kBringUp,
       "checks the strap that overrides manufacturing"},
      {"A360, Dell 7060 12.0.24.1314 H corporate",
       12,
       {0x94000245, 0x69000506, 0x30, 0x4000, 0x1F01, 0x47C00BC9},
       kNormal,
       kM0,
       "none",
       kNormal,
       kHost},
      {"02E0, P14s G1 14.1.65.1969",
       14,
       {0x94000245, 0x00F58506},
       kNormal,
       kM0,
       "none",
       kNormal,
       "-"},
      {"A0E0, T14s G2i 15.0.55.2751",
       15,
       {0x94000242, 0x02F10507, 0x30, 0x4004, 0x1F03, 0xC44003C9},
       "recovery",
       kM0,
       "none",
       kNormal,
       "-"},
      {"T14 G2i", 15, {0x94000242, 0x82110107, 0x30}, "recovery", kM0, "none", kNormal, "-"},
      {"51E0, P14s G4 16.1.42.2872",
       16,
       {0x94000642, 0x00F10507, 0x30, 0x4004, 0x02041F03, 0xC44003CB},
       "recovery",
       kM0,
       "none",
       kNormal,
       "-"},
      {"7A68, 16.1.32.2473",
       16,
       {0x90000245, 0x00F10506, 0x20, 0x4400, 0, 0x40200002},
       kNormal,
       kM0,
       "none",
       kNormal,
       "-"},
      {"Z790 HERO 16.1.32.2473",
       16,
       {0x90000245, 0x39850106, 0, 0x4000},
       kNormal,
       kM0,
       "none",
       kNormal,
       "-"},
      {"ADL-P 16.0 with HAP",
       16,
       {0x80022054, 0x30284106, 0x20, 0x6000, 0x1F03, 0xC46003CF},
       "disabled",
       kM0,
       "disabled",
       kHap,
       kBringUp},
      {"fwupd's test of SMBIOS",
       16,
       {0x80032054, 0x30284106, 0x20, 0x4000, 0x02241F03, 0x044003CB},
       "disabled",
       kM0,
       "disabled",
       "temporarily disabled by software",
       kBringUp},
      {"XPS 9350 20.0.0.1322",
       20,
       {0xA4000255, 0x80218500, 0x30, 4, 0x02F61F03, 0},
       kNormal,
       kM0,
       "none",
       kNormal,
       "-"},
  };
  return rows;
}

std::string or_dash(const char* words) {
  return words == nullptr ? "-" : words;
}

void expect_told(const SeenStatus& row, std::uint16_t generation) {
  const auto status = read_status(row.words, generation);
  ASSERT_TRUE(status) << row.machine;
  ASSERT_TRUE(status->documented()) << row.machine;
  EXPECT_EQ(or_dash(status->state_words()), row.state) << row.machine;
  EXPECT_EQ(or_dash(status->operation_words()), row.operation) << row.machine;
  EXPECT_EQ(or_dash(status->error_words()), row.error) << row.machine;
  EXPECT_EQ(or_dash(status->mode_words()), row.mode) << row.machine;
  EXPECT_EQ(or_dash(status->phase_words()), row.phase) << row.machine;
  if (!row.phase_state.empty()) {
    EXPECT_EQ(or_dash(status->phase_state_words()), row.phase_state) << row.machine;
  }
}

TEST(FirmwareStatus, OfRealMachinesIsReadAsTheirToolsReadIt) {
  ASSERT_EQ(seen().size(), 29u);
  for (const SeenStatus& row : seen()) expect_told(row, row.generation);
}

TEST(FirmwareStatus, IsReadFromTheWordsAloneWhereNobodyTellsTheVersion) {
  for (const SeenStatus& row : seen()) expect_told(row, 0);
}

FirmwareStatus of(std::vector<std::uint32_t> words, std::uint16_t generation) {
  return *read_status(words, generation);
}

TEST(FirmwareStatus, TellsWhatFailedToLoad) {
  EXPECT_EQ((*of({0x94000242, 0x02F10507}, 15).second())[Hfs2::second_code_failure], 1u);
  EXPECT_EQ((*of({0x94000245, 0x69000506}, 12).second())[Hfs2::second_code_failure], 0u);
  EXPECT_EQ(of({0x94000642, 0x00F10507}, 16).first()[Hfs1::bring_up_load_failure], 1u);
  EXPECT_EQ(of({0x94000242, 0x02F10507}, 15).first()[Hfs1::bring_up_load_failure], 0u);
  EXPECT_EQ((*of({0x1E020191, 0x124D2142}, 9).second())[Hfs2::file_system_failure], 1u);
  EXPECT_EQ((*of({0x1E000245, 0x76442312}, 9).second())[Hfs2::file_system_failure], 0u);
}

TEST(FirmwareStatus, CountsResetsFrom11On) {
  EXPECT_EQ(of({0x8030404E, 0x340D0006}, 11).first()[Hfs1::resets], 3u);
}

TEST(FirmwareStatus, TellsManufacturingModeByTheRulesOfEachGeneration) {
  EXPECT_EQ(of({0x1E003052, 0x1632017A}, 8).manufacturing(), true);
  EXPECT_EQ(of({0x1E000245, 0x60000006}, 7).manufacturing(), false);
  EXPECT_EQ(of({0x90000255, 0x6600850E}, 11).manufacturing(), true);
  // From 14 on the fuses' lock counts, too, from 16 on another bit.
  EXPECT_EQ(of({0x94000245, 0x02F10506, 0x30, 0, 0, 0xC44003C9}, 15).manufacturing(), false);
  EXPECT_EQ(of({0x94000245, 0x02F10506, 0x30, 0, 0, 0x844003C9}, 15).manufacturing(), true);
  EXPECT_EQ(of({0x94000245, 0x09F10506, 0x20, 0x4000, 0x00041F03, 0xC7E003CB}, 16).manufacturing(),
            false);
  EXPECT_EQ(of({0x94000245, 0x09F10506, 0x20, 0x4000, 0x00041F03, 0xC7C003CB}, 16).manufacturing(),
            true);
  // Two words of them do not tell.
  EXPECT_EQ(of({0x94000245, 0x02F10506}, 15).manufacturing(), std::nullopt);
  EXPECT_EQ(of({0x90000255, 0x6600850E}, 0).manufacturing(), std::nullopt);
}

TEST(FirmwareStatus, TellsTheFusesAndTheProduct) {
  const FirmwareStatus closed = of({0x94000245, 9, 0x20, 0, 0, 0xC7E003CB}, 16);
  EXPECT_EQ((*closed.sixth())[Hfs6::fuses_locked], 1u);
  EXPECT_EQ((*closed.sixth())[Hfs6::boot_guard_off], 0u);
  EXPECT_EQ((*of({0x94000245, 9, 0, 0, 0, 0x87E003CB}, 16).sixth())[Hfs6::fuses_locked], 0u);
  EXPECT_EQ((*of({0x94000245, 9, 0, 0, 0, 0xD7E003CB}, 16).sixth())[Hfs6::boot_guard_off], 1u);
  const std::vector<std::uint32_t> dell = {0x94000245, 0x69000506, 0x30,
                                           0x4000,     0x1F01,     0x47C00BC9};
  EXPECT_STREQ(of(dell, 12).product_words(), "corporate");
  EXPECT_FALSE(of({0xA4000255, 0x80218500, 0x30, 4, 0x02F61F03, 0}, 20).sixth());
}

TEST(FirmwareStatus, OfTheGenerationsSimulatedHereIsNotExplained) {
  EXPECT_FALSE(of({0x3009065A}, 0).documented());
  EXPECT_FALSE(of({0x3009065A}, 5).documented());
  EXPECT_EQ(of({0x3009065A}, 5).manufacturing(), std::nullopt);
}

TEST(FirmwareStatus, OfAGraphicsCardIsNotReadByAnEnginesTables) {
  EXPECT_FALSE(of({0x00000355, 0x84670000, 0, 0, 0xE0020002, 0}, 0).documented());
}

TEST(FirmwareStatus, NeedsAWordAndTakesSix) {
  EXPECT_FALSE(read_status({}, 9));
  const std::vector<std::uint32_t> seven(7, 0x1E000245);
  EXPECT_EQ(read_status(seven, 9)->words.size(), 6u);
}

}  // namespace
