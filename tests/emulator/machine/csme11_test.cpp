// SPDX-License-Identifier: BSD-3-Clause
// What the boards with CSME 11 and 16 have of their own.
#include <fmt/format.h>

#include "later_board.h"

#include "tests/golden/golden.h"

namespace emulator::machine {
namespace {

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
  const protocol::FirmwareVersion newer{11, 8, 93, 4323};
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
