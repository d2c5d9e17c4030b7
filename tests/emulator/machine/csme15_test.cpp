// SPDX-License-Identifier: BSD-3-Clause
// A board with CSME 15 over its registers. What a real one is known to have answered is in
// tests/golden; the host shares no code with the product's driver.
#include <gtest/gtest.h>

#include <algorithm>

#include "later_board.h"
#include "tests/golden/golden.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

constexpr const char* kMchi = "1c0417ddea09174ba2715b989867ec65";
constexpr std::uint32_t kCsr = 0x04;
constexpr std::uint32_t kD0i3c = 0x800;

struct Csme15 : LaterBoard {
  explicit Csme15(const char* name = "laptop-tgl") : LaterBoard(name, kCsme15Forms) {}
};

TEST_F(Csme15, AnswersTheUpdateClientsQuestionsAsARealOneDid) {
  const golden::File golden("fwu_later");
  EXPECT_EQ(ask_fwu("00000000"), golden["unknown_reply"]) << "there is no GET_VERSION";
  EXPECT_EQ(ask_fwu("08000000"), golden["unknown_reply"]) << "and no GET_INFO";
  EXPECT_EQ(ask_fwu("12000000"), golden["oem_id_reply"]);
  EXPECT_EQ(ask_fwu("02000000"), golden["bare_start_reply_csme15"]);
  EXPECT_EQ(ask_fwu("04000000"), golden["bare_data_reply_csme15"]);
  EXPECT_EQ(ask_fwu("06000000"), golden["bare_end_reply_csme15"]);
}

// Its size is the sum of the partitions, here 8000h, 10000h and 1000h.
TEST_F(Csme15, ARestorePointAskedForTwiceIsSaidToHaveBegun) {
  EXPECT_EQ(base::to_hex(ask_fwu("18000000")), "190000000000000000900100");
  EXPECT_EQ(base::to_hex(ask_fwu("18000000")), "19000000be02000000900100");
  EXPECT_EQ(base::to_hex(ask_fwu("18000000")), "190000000000000000900100");
}

TEST_F(Csme15, AStartOfLength0IsRefusedAsARealOneRefusedIt) {
  EXPECT_EQ(word(ask_fwu(start_request(0)), 4), 0x206u);
  for (const int kind : {1, 2, 0x5A})
    EXPECT_EQ(word(ask_fwu(start_request(0, static_cast<std::uint8_t>(kind))), 4), 0x81u) << kind;
}

// 992 bytes behind type and status; the first of its 20 records is PMCP 150.2.10.1020.
TEST_F(Csme15, TellsWhatCanBeUpdatedByItselfInAThousandBytes) {
  const base::Bytes reply = ask_fwu("1A000000");
  ASSERT_EQ(reply.size(), 1000u);
  EXPECT_EQ(base::to_hex(base::ByteView(reply).first(44)),
            "1b000000000000000000000000000000"
            "3000000001000000"
            "504d4350"
            "00000000"
            "960002000a00fc03"
            "01000000");
}

TEST_F(Csme15, ShowsTheSixWordsOfItsProfileAndTheBitForD0i3) {
  EXPECT_EQ(hfs(0x40), 0x94000245u);
  EXPECT_EQ(hfs(0x48), 0x02F10506u);
  EXPECT_EQ(hfs(0x6C), 0xC44003C9u);
}

TEST_F(Csme15, ListsTheClientsOfAnOwnersListAndNoAmt) {
  EXPECT_EQ(clients.size(), 14u);
  EXPECT_TRUE(clients.contains(kMchi)) << "MCHI";
  EXPECT_FALSE(clients.contains(kAmthi));
  EXPECT_FALSE(clients.contains(kWatchdog));
  drop_credits();
  // ICC at its fixed address 8: no connections, 3092 bytes.
  EXPECT_EQ(host->hbm("05 08 00 00"),
            "85080000"
            "2fceb3429fbd5a4896ae26406230b1ff"
            "01000800"
            "140c0000");
}

TEST_F(Csme15, AnswersMkhiOfItsGeneration) {
  EXPECT_EQ(base::to_hex(ask_mkhi("03020000 1d000000")), "038200001d0000000491040042");
  EXPECT_EQ(base::to_hex(ask_mkhi("05030000")), "0583000001000000") << "HMRFPO is locked";
  EXPECT_EQ(base::to_hex(ask_mkhi("ff0a0000")), "ff8a00000100000000000000") << "POST has ended";
  EXPECT_EQ(base::to_hex(ask_mkhi("ff1d0000")), "ff9d000001000000");
  EXPECT_EQ(ask_mkhi("03030000 06000000 04 00000000").size(), 8u);
}

TEST_F(Csme15, ReadsAFileThroughMchi) {
  const std::uint8_t mchi = clients.at(kMchi);
  ASSERT_EQ(host->connect(mchi, kFwuHost + 2), 0);
  const auto ask = [&](std::string_view hex) {
    return host->ask(mchi, kFwuHost + 2, base::from_hex(hex).value()).value_or(base::Bytes{});
  };
  const base::Bytes reply = ask("0A0A0000 00230040 00000000 40000000 00");
  ASSERT_EQ(reply.size(), 8u + 48u);
  EXPECT_EQ(base::to_hex(base::ByteView(reply).first(8)), "0a8a000030000000");
  EXPECT_EQ(base::to_hex(ask("0A0A0000 01000000 00000000 40000000 00")), "0a8a0081");
  EXPECT_EQ(base::to_hex(ask("FF020000")), "ff82008d") << "it is not MKHI";
}

TEST_F(Csme15, EntersD0i3AndInterruptsWhenItIsThere) {
  drop_credits();
  ASSERT_EQ(host->hbm("01 00 02 02"), "81010202");
  EXPECT_EQ(host->hbm("0a 00 00 00"), "8a000000");
  base::Mmio& registers = machine->bar0();
  registers.write32(kCsr, registers.read32(kCsr) | 0x20);  // D0I3C_IE
  registers.write32(kD0i3c, 0x6);                          // I3, IR
  EXPECT_EQ(registers.read32(kD0i3c) & 1, 1u) << "coreboot wants to see CIP";
  machine->clock().sleep(1ms);
  EXPECT_EQ(registers.read32(kD0i3c), 0x4u);
  EXPECT_EQ(registers.read32(kCsr) & 0x40, 0x40u) << "D0I3C_IS";
  registers.write32(kCsr, (registers.read32(kCsr) & ~0x02u) | 0x40);
  EXPECT_EQ(registers.read32(kCsr) & 0x40, 0u) << "written 1 to clear";
  registers.write32(kD0i3c, 0);
  machine->clock().sleep(1ms);
  EXPECT_EQ(registers.read32(kD0i3c), 0u);
}

TEST_F(Csme15, AWholeRegionIsNoUpdate) {
  base::Bytes region(0x2000);
  const std::string_view tag = "$FPT";
  std::copy(tag.begin(), tag.end(), region.begin() + 16);
  EXPECT_EQ(update(region), 0x2C9u);
}

TEST_F(Csme15, RefusesWhatIsDamagedOrTooOld) {
  base::Bytes stream = file_of({15, 0, 56, 2800});
  stream[0x1000] ^= 1;  // a module of FTPR
  EXPECT_EQ(update(stream), 0x27Fu);
  stream = file_of({15, 0, 56, 2800});
  stream[0x18000 + 0x800] ^= 1;  // a module of PMCP, the fifth with numbers of its own
  EXPECT_EQ(update(stream), 0x283u);
  stream = file_of({15, 0, 56, 2800});
  stream[0x8000 + 0x88 + 0x24] ^= 1;  // the version in NFTP's manifest
  EXPECT_EQ(update(stream), 0x262u);
  EXPECT_EQ(update(file_of({15, 0, 56, 2800}, [](auto& i) { i.engine.control_number = 3; })),
            0x23Cu);
  EXPECT_EQ(update(file_of({15, 0, 56, 2800}, [](auto& i) { i.engine.part.control_number = 1; })),
            0x29Bu);
  EXPECT_EQ(update(file_of({15, 0, 56, 2800}, [](auto& i) { i.engine.security_version = 0; })),
            0x23Bu);
  EXPECT_EQ(update(file_of({16, 0, 1, 1000})), 0x204u);
}

struct DesktopCsme15 : Csme15 {
  DesktopCsme15() : Csme15("desktop-tgl") {}
};

// Linux rejects 43E0 where bits 6:4 of the third word are 0 or 6 (IGN, SPS).
TEST_F(DesktopCsme15, SaysThatItServesAClient) {
  EXPECT_EQ(machine->pci().read(2, 2), 0x43E0u);
  EXPECT_EQ(hfs(0x60) >> 4 & 7, 2u);
  EXPECT_EQ(hfs(0x40), 0x90000245u);
}

}  // namespace
}  // namespace emulator::machine
