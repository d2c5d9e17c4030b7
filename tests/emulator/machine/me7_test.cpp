// SPDX-License-Identifier: BSD-3-Clause
// What the boards with ME 7 and 8 have of their own.
#include <algorithm>
#include <string_view>

#include "later_board.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

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

}  // namespace
}  // namespace emulator::machine
