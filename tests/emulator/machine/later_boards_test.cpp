// SPDX-License-Identifier: BSD-3-Clause
// What every board with a later engine does, one row a board. Words and versions are those of real
// machines where docs/generations.md says so; recovery's are worked out from them by hand.
#include "later_board.h"

#include <ostream>

#include "tests/golden/golden.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;
using Version = protocol::FirmwareVersion;

struct Row {
  const char* machine;
  UpdateForms forms;
  std::vector<std::uint32_t> words;  ///< as Linux reads them
  const char* version_reply;         ///< to MKHI FF/02, behind its header
  const char* hbm;                   ///< what a host of HBM 2.2 is answered
  Version runs;
  Version newer;
  Version other_generation;
  // While NFTP does not load; and where FTPR is its copy.
  std::uint32_t recovery;
  std::uint32_t recovery_from_copy;
  std::uint32_t recovery_2;
  std::uint32_t other_status = 0x204;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.machine;
}

// Versions are minor, major, build, hotfix.
const Row kBoards[] = {
    {.machine = "desktop-h67",
     .forms = kMe7Forms,
     .words = {0x1E000245, 0x60000006},
     .version_reply = "0100070089042800 0100070089042800",
     .hbm = "81000101",
     .runs = {7, 1, 40, 1161},
     .newer = {7, 1, 86, 1221},
     .other_generation = {8, 1, 65, 1568},
     .recovery = 0x1E003042,
     .recovery_from_copy = 0x1E003442,
     .recovery_2 = 0x10320006},
    {.machine = "laptop-qm67",
     .forms = kMe7Forms,
     .words = {0x1E000245, 0x60000006},
     .version_reply = "0100070040040d00 0100070040040d00",
     .hbm = "81000101",
     .runs = {7, 1, 13, 1088},
     .newer = {7, 1, 86, 1221},
     .other_generation = {8, 1, 65, 1568},
     .recovery = 0x1E003042,
     .recovery_from_copy = 0x1E003442,
     .recovery_2 = 0x10320006},
    {.machine = "desktop-z77",
     .forms = kMe7Forms,
     .words = {0x1E000245, 0x60000006},
     .version_reply = "0100080088052800 0100080088052800",
     .hbm = "81000101",
     .runs = {8, 1, 40, 1416},
     .newer = {8, 1, 65, 1568},
     .other_generation = {7, 1, 86, 1221},
     .recovery = 0x1E003042,
     .recovery_from_copy = 0x1E003442,
     .recovery_2 = 0x10320006},
    // The words of a T430 in recovery begin with 1E003052, and tell phase 1 and state 32.
    {.machine = "laptop-qm77",
     .forms = kMe7Forms,
     .words = {0x1E000255, 0x61000100},
     .version_reply = "0100080088052800 0100080088052800",
     .hbm = "81000101",
     .runs = {8, 1, 40, 1416},
     .newer = {8, 1, 65, 1568},
     .other_generation = {7, 1, 86, 1221},
     .recovery = 0x1E003052,
     .recovery_from_copy = 0x1E003452,
     .recovery_2 = 0x11320100},
    {.machine = "desktop-h87",
     .forms = kMe9Forms,
     .words = {0x1E000245, 0x66002306, 0, 0, 0, 0},
     .version_reply = "0000090041050200 0000090041050200 0000090041050200",
     .hbm = "81000101",
     .runs = {9, 0, 2, 1345},
     .newer = {9, 0, 30, 1482},
     .other_generation = {10, 0, 0, 1000},
     .recovery = 0x1E003042,
     .recovery_from_copy = 0x1E003442,
     .recovery_2 = 0x16322306},
    // The version's reply is the owner's of a GA-H170-Gaming 3.
    {.machine = "desktop-h170",
     .forms = kCsme11Forms,
     .words = {0x90000245, 0x86110306, 0x20, 0x86000, 0, 0x40000004},
     .version_reply = "08000b00610d3200 08000b00610d3200 08000b00610d3200",
     .hbm = "81000002",
     .runs = {11, 8, 50, 3425},
     .newer = {11, 8, 93, 4323},
     .other_generation = {12, 0, 24, 1314},
     .recovery = 0x90000242,
     .recovery_from_copy = 0x90000642,
     .recovery_2 = 0x86110307,
     .other_status = 0x2C9},  // what a CSME 12 takes has no table
    {.machine = "laptop-cm236",
     .forms = kCsme11Forms,
     .words = {0x94000245, 0x69008506, 0x20, 0x86000, 0, 0x40000004},
     .version_reply = "08000b00e3105d00 08000b00e3105d00 08000b00e3105d00",
     .hbm = "81000002",
     .runs = {11, 8, 93, 4323},
     .newer = {11, 8, 95, 4551},
     .other_generation = {12, 0, 24, 1314},
     .recovery = 0x94000242,
     .recovery_from_copy = 0x94000642,
     .recovery_2 = 0x69008507,
     .other_status = 0x2C9},
    // 94000242, 02F10507: a T14s Gen 2i in recovery.
    {.machine = "laptop-tgl",
     .forms = kCsme15Forms,
     .words = {0x94000245, 0x02F10506, 0x30, 0x4004, 0x1F03, 0xC44003C9},
     .version_reply = "00000f00bf0a3700 00000f00bf0a3700 00000f00bf0a3700",
     .hbm = "81010202",
     .runs = {15, 0, 55, 2751},
     .newer = {15, 0, 56, 2800},
     .other_generation = {16, 0, 1, 1000},
     .recovery = 0x94000242,
     .recovery_from_copy = 0x94000642,
     .recovery_2 = 0x02F10507},
    {.machine = "desktop-z790",
     .forms = kCsme15Forms,
     .words = {0x90000245, 0x00F10506, 0x20, 0x4400, 0, 0x40200002},
     .version_reply = "01001000a9092000 01001000a9092000 01001000f3071900",
     .hbm = "81010202",
     .runs = {16, 1, 32, 2473},
     .newer = {16, 1, 42, 2872},
     .other_generation = {15, 0, 55, 2751},
     .recovery = 0x90000242,
     .recovery_from_copy = 0x90000642,
     .recovery_2 = 0x00F10507},
    // 94000642, 00F10507: a P14s Gen 4 in recovery.
    {.machine = "laptop-adl",
     .forms = kCsme15Forms,
     .words = {0x94000245, 0x00F10506, 0x30, 0x4004, 0x02041F03, 0xC44003CB},
     .version_reply = "01001000380b2a00 01001000380b2a00 0100100085081b00",
     .hbm = "81010202",
     .runs = {16, 1, 42, 2872},
     .newer = {16, 1, 45, 3000},
     .other_generation = {15, 0, 55, 2751},
     .recovery = 0x94000242,
     .recovery_from_copy = 0x94000642,
     .recovery_2 = 0x00F10507},
};

class EveryLaterBoard : public LaterBoard, public testing::WithParamInterface<Row> {
 protected:
  EveryLaterBoard() { start(row.machine, row.forms); }

  const Row row = GetParam();
};

TEST_P(EveryLaterBoard, ShowsTheWordsOfItsProfileAndNoneThatItsGenerationLacks) {
  constexpr std::uint32_t places[] = {0x40, 0x48, 0x60, 0x64, 0x68, 0x6C};
  for (std::size_t i = 0; i < std::size(places); ++i)
    EXPECT_EQ(hfs(places[i]), i < row.words.size() ? row.words[i] : 0) << i;
}

TEST_P(EveryLaterBoard, TellsItsVersionWhereLinuxAsks) {
  drop_credits();
  const auto reply = host->ask_fixed(7, "ff020000");
  ASSERT_TRUE(reply);
  EXPECT_EQ(base::to_hex(*reply), "ff820000" + without_blanks(row.version_reply));
}

TEST_P(EveryLaterBoard, ListsTheFixedAddressWithTheGuidThatLinuxLooksFor) {
  EXPECT_EQ(host->hbm("05 07 00 00"),
            "85070000"
            "84352155299a1649badf0fb7ed682aeb"
            "02000700"
            "00080000");
}

TEST_P(EveryLaterBoard, AgreesOnItsVersionOfTheBus) {
  drop_credits();
  EXPECT_EQ(host->hbm("01 00 02 02"), row.hbm);
}

TEST_P(EveryLaterBoard, AnswersWhatItDoesNotKnowWithFf) {
  EXPECT_EQ(ask_fwu("33000000"), golden::File("fwu_later")["unknown_reply"]);
  EXPECT_EQ(ask_fwu("02000000"), golden::File("fwu_later")["bare_start_reply_csme15"]);
}

TEST_P(EveryLaterBoard, TakesAnUpdateAndRunsItAfterTheNextPowerCycle) {
  EXPECT_EQ(running(), row.runs);
  EXPECT_EQ(update(file_of(row.newer)), 0u);
  EXPECT_EQ(hfs1() & 0x800, 0x800u) << "an update is in progress";
  wait_for_commit();
  power_cycle();
  EXPECT_EQ(running(), row.newer);
  EXPECT_EQ(boot_path(), firmware::BootPath::operational);
  EXPECT_EQ(hfs1(), row.words[0]);
  EXPECT_EQ(hfs2(), row.words[1]);
}

/// There is always a way back: the update is begun anew after each cut.
TEST_P(EveryLaterBoard, AnUpdateThatIsCutComesUpInRecoveryAndTakesTheUpdateAgain) {
  const base::Bytes file = file_of(row.newer);
  std::map<std::uint32_t, int> seen;
  for (int cut = 0; cut < 12; ++cut) {
    ASSERT_EQ(update(file), 0u) << cut;
    machine->clock().sleep(std::chrono::milliseconds(150 + 350 * cut));
    power_cycle();
    ++seen[hfs1()];
    ASSERT_NE(boot_path(), firmware::BootPath::halted) << cut;
    if (boot_path() == firmware::BootPath::recovery) {
      EXPECT_EQ(hfs2(), row.recovery_2) << cut;
    }
  }
  EXPECT_GT(seen[row.recovery], 0);
  EXPECT_GT(seen[row.recovery_from_copy], 0) << "no cut met FTPR itself";
  EXPECT_EQ(seen[row.recovery] + seen[row.recovery_from_copy] + seen[row.words[0]], 12);
}

TEST_P(EveryLaterBoard, RefusesAnotherGenerationAnotherSkuAndADamagedModule) {
  EXPECT_EQ(update(file_of(row.other_generation)), row.other_status);
  EXPECT_EQ(update(file_of(row.newer, [](auto& i) { i.sku ^= 0x10; })), 0x203u);
  base::Bytes file = file_of(row.newer);
  const bool has_table = std::equal(file.begin() + 16, file.begin() + 20, "$FPT");
  file[(has_table ? 0x1000 : 0) + 0x1000] ^= 1;  // the second module of FTPR
  EXPECT_EQ(update(file), 0x27Fu);
  power_cycle();
  EXPECT_EQ(running(), row.runs);
  EXPECT_EQ(boot_path(), firmware::BootPath::operational);
}

TEST_P(EveryLaterBoard, ASnapshotInTheMiddleOfAnUpdateGoesOn) {
  ASSERT_EQ(update(file_of(row.newer)), 0u);
  machine->clock().sleep(700ms);
  const base::Bytes saved = machine->snapshot();
  machine->power_cut();
  ASSERT_TRUE(machine->restore(saved));
  machine->clock().sleep(60s);
  power_cycle();
  EXPECT_EQ(running(), row.newer);
}

INSTANTIATE_TEST_SUITE_P(Boards, EveryLaterBoard, testing::ValuesIn(kBoards),
                         [](const auto& tried) {
                           std::string name = tried.param.machine;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace emulator::machine
