// SPDX-License-Identifier: BSD-3-Clause
// What every board with a later engine does, one row a board. Words and versions are those of real
// machines where docs/generations.md says so; recovery's are worked out from them by hand.
#include "later_board.h"

#include <fmt/format.h>

#include <algorithm>
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

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

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

// What the boards with ME 7 and 8 have of their own.

struct Me7 : LaterBoard {
  Me7() : LaterBoard("laptop-qm67", kMe7Forms) {}
};
struct SmallMe7 : LaterBoard {
  SmallMe7() : LaterBoard("desktop-h67", kMe7Forms) {}
};
struct SmallMe8 : LaterBoard {
  SmallMe8() : LaterBoard("desktop-z77", kMe7Forms) {}
};

// A QM67 answered a rule in 13 bytes.
TEST_F(Me7, AnswersARuleIn13Bytes) {
  EXPECT_EQ(base::to_hex(ask_mkhi("03020000 07000000")),
            "038200000700000004"
            "01000000");
  EXPECT_EQ(ask_mkhi("03020000 55000000")[3], 0x85);
}

// Linux reads two words of such a function; what its profile has beyond them is not shown.
TEST_F(LaterBoard, WithMe7ShowsNoThirdWord) {
  start("laptop-qm67", kMe7Forms, {{"engine.firmware_status_3", "0x30", ""}});
  EXPECT_EQ(hfs(0x48), 0x60000006u);
  EXPECT_EQ(hfs(0x60), 0u);
}

TEST_F(Me7, HasABarOf16Bytes) {
  machine->pci().write(0x10, 4, 0xFFFFFFFF);
  EXPECT_EQ(machine->pci().read(0x10, 4) & ~0xFu, 0xFFFFFFF0u);
}

TEST_F(Me7, WithAmtListsItsClientsAndWithoutDoesNot) {
  EXPECT_TRUE(clients.contains(kAmthi));
  EXPECT_TRUE(clients.contains(kWatchdog));
}
TEST_F(SmallMe7, WithoutAmtListsNoneOfItsClients) {
  EXPECT_FALSE(clients.contains(kAmthi));
  EXPECT_FALSE(clients.contains(kWatchdog));
}

/// Where FTPR begins in the flash: the first manifest there.
std::size_t first_manifest_in(base::ByteView flash) {
  const std::string_view tag = "$MN2";
  const auto at = std::search(flash.begin(), flash.end(), tag.begin(), tag.end());
  return static_cast<std::size_t>(at - flash.begin()) - 0x1C;
}

// Public regions: 7.1.40 has $SKU 701C1001 83220000 and nothing at 2Ch to 34h of its manifest; 8.0
// has E01C1141 03220000, its security version at 30h, and its control number at 34h.
TEST_F(SmallMe7, ItsManifestIsThatOfAPublicRegion) {
  const base::ByteView flash = machine->flash();
  const std::size_t at = first_manifest_in(flash);
  EXPECT_EQ(base::to_hex(flash.subspan(at + 0x1C, 4)), "244d4e32");
  EXPECT_EQ(base::to_hex(flash.subspan(at + 0x24, 8)), "0700010028008904");
  EXPECT_EQ(base::to_hex(flash.subspan(at + 0x2C, 12)), std::string(24, '0'));
  EXPECT_EQ(base::to_hex(flash.subspan(at + 0x290 + 2 * 0x60, 16)),
            "24534b55"
            "04000000"
            "701c100183220000");
}
TEST_F(SmallMe8, ItsManifestHasItsSecurityVersionWherePublicRegionsHaveIt) {
  const base::ByteView flash = machine->flash();
  const std::size_t at = first_manifest_in(flash);
  EXPECT_EQ(base::to_hex(flash.subspan(at + 0x2C, 12)), "000000000100000002000000");
  EXPECT_EQ(base::to_hex(flash.subspan(at + 0x290 + 2 * 0x60, 16)),
            "24534b55"
            "04000000"
            "e01c114103220000");
}

TEST_F(SmallMe8, RefusesAnOlderSecurityVersionAndAnOlderControlNumber) {
  EXPECT_EQ(update(file_of({8, 1, 65, 1568}, [](auto& i) { i.engine.security_version = 0; })),
            0x23Bu);
  EXPECT_EQ(update(file_of({8, 1, 65, 1568}, [](auto& i) { i.engine.control_number = 1; })),
            0x23Cu);
}

TEST_F(Me7, AnswersGetVersionIn56BytesWithItsVersionAt28) {
  const base::Bytes reply = ask_fwu("00000000");
  ASSERT_EQ(reply.size(), 56u);
  // 7.1.13.1088, major first.
  EXPECT_EQ(base::to_hex(base::ByteView(reply).subspan(28, 8)), "070001000d004004");
}

/// A machine with that board's flash, of which FTPR was spoilt.
std::unique_ptr<Machine> with_spoilt_ftpr(const Machine& sound) {
  base::Bytes flash(sound.flash().begin(), sound.flash().end());
  flash[first_manifest_in(flash) + 0x100] ^= 1;  // its key
  MachineOptions options;
  options.flash = std::move(flash);
  auto machine = Machine::build(sound.profile(), std::move(options)).value();
  machine->boot();
  return machine;
}

// Owners' laptops whose ME found its image damaged switch off half an hour after their start.
TEST_F(Me7, WithoutAnyCodeItShowsAnImageFailureAndIsSwitchedOffHalfAnHourLater) {
  const auto broken = with_spoilt_ftpr(*machine);
  EXPECT_EQ(broken->firmware().boot_path(), firmware::BootPath::halted);
  EXPECT_EQ(broken->pci().read(0x40, 4) >> 12 & 0xF, 3u) << "image failure";
  broken->clock().sleep(29min);
  EXPECT_TRUE(broken->powered());
  broken->clock().sleep(2min);
  EXPECT_FALSE(broken->powered());
  broken->boot();
  EXPECT_TRUE(broken->powered()) << "its owner may start it again";
  broken->clock().sleep(31min);
  EXPECT_FALSE(broken->powered()) << "for as long";
}

TEST_F(Me7, TheHalfHourOutlivesASnapshot) {
  const auto broken = with_spoilt_ftpr(*machine);
  broken->clock().sleep(20min);
  const base::Bytes saved = broken->snapshot();
  broken->clock().sleep(5min);
  ASSERT_TRUE(broken->restore(saved));
  broken->clock().sleep(8min);
  EXPECT_TRUE(broken->powered());
  broken->clock().sleep(3min);
  EXPECT_FALSE(broken->powered());
}

// A cleaned T430 stays in recovery, and stays on.
TEST_F(Me7, InRecoveryItStaysOn) {
  ASSERT_EQ(update(file_of({7, 1, 86, 1221})), 0u);
  machine->clock().sleep(500ms);
  power_cycle();
  ASSERT_EQ(boot_path(), firmware::BootPath::recovery);
  machine->clock().sleep(2h);
  EXPECT_TRUE(machine->powered());
}

/// As a person puts it into the descriptor: the ME is kept off.
std::unique_ptr<Machine> with_strap(const Machine& sound) {
  constexpr std::size_t ich_strap = 0x100;
  base::Bytes flash(sound.flash().begin(), sound.flash().end());
  flash[ich_strap] |= 1;
  MachineOptions options;
  options.flash = std::move(flash);
  auto machine = Machine::build(sound.profile(), std::move(options)).value();
  machine->boot();
  return machine;
}

// An X220 whose ME is kept off: 00020191 100A0000. Its memory was not set up by then (bits 31:28),
// and its manufacturing mode was on (bit 4).
TEST_F(Me7, KeptOffByAStrapItShowsTheWordsOfOneThatIsAndStaysOn) {
  const auto off = with_strap(*machine);
  EXPECT_EQ(off->firmware().boot_path(), firmware::BootPath::disabled);
  constexpr std::uint32_t its_own = 0xFE000010;
  EXPECT_EQ(off->pci().read(0x40, 4) & ~its_own, 0x00020191u & ~its_own);
  EXPECT_EQ(off->pci().read(0x48, 4) & 0xF0FF0000, 0x100A0000u) << "phase and state";
  off->clock().sleep(1h);
  EXPECT_TRUE(off->powered());
}

// What the boards with CSME 11 and 16 have of their own.

struct Csme11 : LaterBoard {
  Csme11() : LaterBoard("desktop-h170", kCsme11Forms) {}
};
struct CorporateCsme11 : LaterBoard {
  CorporateCsme11() : LaterBoard("laptop-cm236", kCsme11Forms) {}
};
struct Csme16 : LaterBoard {
  Csme16() : LaterBoard("desktop-z790", kCsme15Forms) {}
};

// What the owner of a GA-H170-Gaming 3 got.
TEST_F(Csme11, AnswersMkhiAsARealOne) {
  const golden::File golden("mkhi_later");
  EXPECT_EQ(ask_mkhi("FF020000"), golden["version_csme11"]);
  EXPECT_EQ(ask_mkhi("03020000 00000000"), golden["capabilities_csme11"]);
  EXPECT_EQ(base::to_hex(ask_mkhi("03020000 20000000")), "03820000200000000440111011");
}

// A laptop with 11.8 whose engine is kept off: 80022004 304D0116.
TEST_F(Csme11, KeptOffByAStrapItShowsTheWordsOfOneThatIs) {
  const auto off = with_strap(*machine);
  EXPECT_EQ(off->firmware().boot_path(), firmware::BootPath::disabled);
  EXPECT_EQ(off->pci().read(0x40, 4), 0x80022004u);
  EXPECT_EQ(off->pci().read(0x48, 4) >> 28, 3u) << "phase";
}

TEST_F(Csme11, LeavesAWholeGroupUnansweredAsARealOneDoes) {
  drop_credits();
  host->post(clients.at(kMkhi), kMkhiHost, base::from_hex("F0030000").value());
  while (const auto m = host->receive(1s)) EXPECT_EQ(m->me_addr, 0) << "a credit of the bus";
}

/// Rows of an owner's list: GUID (wire order), connections, fixed address, message size.
TEST_F(Csme11, ListsTheClientsOfAnOwnersListWithTheirSizes) {
  EXPECT_EQ(clients.size(), 13u);
  EXPECT_FALSE(clients.contains(kAmthi));
  const std::map<std::string, std::string> owners = {{"7eab38b6e294a24ea552d1c54b627f04",
                                                      "010200"
                                                      "00100000"},
                                                     {"f1fcf6fbcf962e4ea6a61bab8cbe36b1",
                                                      "010300"
                                                      "003c0000"},
                                                     {"a7e52e08257c0a4796430c06f0466ea1",
                                                      "000100"
                                                      "04200000"},
                                                     {"d652483c7bd4464fb05eb5edc1aa440e",
                                                      "010100"
                                                      "00100000"},
                                                     {"99a06555e27fc145a22bd7e9dfea9a2e",
                                                      "010100"
                                                      "00100000"},
                                                     {"03d6a4dbedd73149882317ad585705d5",
                                                      "010100"
                                                      "00100000"},
                                                     {"7d6208f9bf13044ab91fa64e9245323d",
                                                      "010100"
                                                      "00340000"},
                                                     {"e8cd9d30b1cc62408f78600115a34327",
                                                      "010100"
                                                      "00100000"},
                                                     {"25442f8cd6775547aca3891fdbc66a58",
                                                      "010100"
                                                      "140c0000"},
                                                     {"15676a8ebc9a434088ef9e39c6f63e0f",
                                                      "020100"
                                                      "00080000"},
                                                     {"4385e80150808043 9d6f4f9cec704917",
                                                      "01000f"
                                                      "24000000"},
                                                     {"2fceb3429fbd5a4896ae26406230b1ff",
                                                      "010008"
                                                      "140c0000"},
                                                     {"84352155299a1649badf0fb7ed682aeb",
                                                      "020007"
                                                      "00080000"}};
  for (const auto& [spaced, properties] : owners) {
    const std::string guid = without_blanks(spaced);
    ASSERT_TRUE(clients.contains(guid)) << guid;
    const std::string request = fmt::format("05 {:02x} 00 00", clients.at(guid));
    const std::string reply = host->hbm(request);
    EXPECT_EQ(reply.substr(40, 6) + reply.substr(48, 8), properties) << guid;
  }
}

TEST_F(Csme11, HasD0i3AndNoTraceRegister) {
  EXPECT_EQ(hfs1() >> 31, 1u);
  EXPECT_EQ(machine->bar0().read32(0x30), 0xFFFFFFFFu);
}

// fwupd's recording of a ThinkPad: the same clients and four more. LME, which LMS speaks to there,
// is not in its list: Linux leaves out clients that take more than one connection.
TEST_F(CorporateCsme11, ListsTheClientsOfAmtToo) {
  EXPECT_EQ(clients.size(), 17u + 1);
  for (const char* guid : {kAmthi, kWatchdog, "125e87bb58cb144dae938566183c66c7",
                           "ea54a1cef58f944f92900bb7355a34db", "dba4336776047b4eb3afbcfc29bee7a7"})
    EXPECT_TRUE(clients.contains(guid)) << guid;
  EXPECT_EQ(host->hbm(fmt::format("05 {:02x} 00 00", clients.at(kAmthi))).substr(48, 8),
            "00140000");
}

TEST_F(Csme11, RefusesWhatIsDamagedOrTooOldInTheNumbersOfItsPartitions) {
  const Version newer{11, 8, 93, 4323};
  base::Bytes file = file_of(newer);
  file[0x1000 + 0x8000 + 0x88 + 0x24] ^= 1;  // the version in NFTP's manifest
  EXPECT_EQ(update(file), 0x262u);
  file = file_of(newer);
  file[0x1000 + 0x18000 + 0x800] ^= 1;  // a module of LOCL, the eighth with numbers of its own
  EXPECT_EQ(update(file), 0x286u);
  EXPECT_EQ(update(file_of(newer, [](auto& i) { i.engine.security_version = 0; })), 0x23Bu);
  EXPECT_EQ(update(file_of(newer, [](auto& i) { i.engine.control_number = 3; })), 0x23Cu);
  file = file_of(newer);
  std::fill(file.begin(), file.begin() + 0x1000, 0xFF);  // no $FPT
  EXPECT_EQ(update(file), 0x2C9u);
}

// 7A68 lists what A0E0 does, less one; Linux rejects it where bits 6:4 of the third word are 0
// or 6.
TEST_F(Csme16, ListsTheClientsOfARealOneAndServesAClient) {
  EXPECT_EQ(clients.size(), 13u);
  EXPECT_FALSE(clients.contains("7d6208f9bf13044ab91fa64e9245323d"));
  EXPECT_TRUE(clients.contains("1c0417ddea09174ba2715b989867ec65")) << "MCHI";
  EXPECT_EQ(hfs(0x60) >> 4 & 7, 2u);
}

TEST_F(Csme16, HasNoGetVersion) {
  EXPECT_EQ(ask_fwu("00000000"), golden::File("fwu_later")["unknown_reply"]);
}

}  // namespace
}  // namespace emulator::machine
