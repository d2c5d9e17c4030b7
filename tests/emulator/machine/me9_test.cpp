// SPDX-License-Identifier: BSD-3-Clause
// A board with ME 9 over its registers. The exchanges are those of a real board (tests/golden); the
// host shares no code with the product's driver.
#include <gtest/gtest.h>

#include "later_board.h"
#include "tests/golden/golden.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

struct Me9 : LaterBoard {
  explicit Me9(const std::vector<Override>& more = {})
      : LaterBoard("desktop-h87", kMe9Forms, more) {}
};

TEST_F(Me9, AnswersGetVersionByteForByteAsTheRealBoard) {
  EXPECT_EQ(ask_fwu("00000000"), golden::File("fwu_later")["version_reply_me9"]);
}

TEST_F(Me9, AnswersThePartialUpdateAttributesByteForByteAsTheRealBoard) {
  EXPECT_EQ(ask_fwu("1A000000"), golden::File("fwu_later")["partial_updates_reply_me9"]);
}

TEST_F(Me9, TakesZerosForItsOemIdAndTellsIt) {
  const golden::File golden("fwu_later");
  EXPECT_EQ(ask_fwu(golden["verify_oem_id_request"]), golden["verify_oem_id_reply"]);
  EXPECT_EQ(ask_fwu("12000000"), golden["oem_id_reply"]);
}

TEST_F(Me9, DoesNotKnowWhatNoFirmwareKnows) {
  EXPECT_EQ(ask_fwu("33000000"), golden::File("fwu_later")["unknown_reply"]);
}

TEST_F(Me9, ShowsTheTwoStatusWordsOfARealOne) {
  EXPECT_EQ(hfs1(), 0x1E000245u);
  EXPECT_EQ(hfs2(), 0x66002306u);
}

TEST_F(Me9, TellsItsVersionInThreeBlocksAtTheListedFixedAddressWithoutAConnection) {
  drop_credits();
  const auto reply = host->ask_fixed(7, "ff020000");
  ASSERT_TRUE(reply);
  // 9.0.2.1345: minor 0, major 9, build 1345, hotfix 2.
  const std::string version = "0000090041050200";
  EXPECT_EQ(base::to_hex(*reply), "ff820000" + version + version + version);
}

TEST_F(Me9, ListsTheFixedAddressWithTheGuidThatLinuxLooksFor) {
  EXPECT_EQ(host->hbm("05 07 00 00"),
            "85070000"
            "84352155299a1649badf0fb7ed682aeb"
            "02000700"
            "00080000");
}

TEST_F(Me9, AnswersARuleInFourBytesAndAnUnknownOneWithItsOwnNumber) {
  EXPECT_EQ(base::to_hex(ask_mkhi("03020000 07000000")),
            "03820000"
            "07000000"
            "04"
            "01000000");
  EXPECT_EQ(ask_mkhi("03020000 55000000")[3], 0x85);
  EXPECT_EQ(ask_mkhi("ff550000")[3], 0x8D);
}

TEST_F(Me9, TellsNoProgressWhileNothingRuns) {
  const base::Bytes reply = ask_mkhi("06020000");
  ASSERT_EQ(reply.size(), 28u);
  EXPECT_EQ(word(reply, 4), 0u);    // percent
  EXPECT_EQ(word(reply, 12), 19u);  // stages
  EXPECT_EQ(word(reply, 16), 0u);   // status
}

TEST_F(Me9, TakesAnUpdateAndRunsItAfterTheNextPowerCycle) {
  const base::Bytes file = file_of({9, 0, 30, 1482});
  EXPECT_EQ(send(file), 0u);
  EXPECT_EQ(hfs1() & 0x800, 0x800u) << "an update is in progress";
  const base::Bytes ended = ask_fwu("06000000");
  ASSERT_EQ(ended.size(), 28u);
  EXPECT_EQ(word(ended, 4), 0u);
  EXPECT_EQ(word(ended, 8), 3u) << "a global reset";
  const base::Bytes under_way = ask_mkhi("06020000");
  EXPECT_EQ(word(under_way, 16), 0x213u);
  EXPECT_EQ(word(under_way, 24) & 0x10, 0x10u) << "flags: an update runs";
  wait_for_commit();
  const base::Bytes done = ask_mkhi("06020000");
  EXPECT_EQ(word(done, 4), 100u);
  EXPECT_EQ(word(done, 16), 0u);
  EXPECT_EQ(word(done, 20), 3u) << "reset type";
  power_cycle();
  EXPECT_EQ(running(), (protocol::FirmwareVersion{9, 0, 30, 1482}));
  EXPECT_EQ(boot_path(), firmware::BootPath::operational);
  EXPECT_EQ(hfs1(), 0x1E000245u);
}

TEST_F(Me9, TheSettingsOutliveAnUpdate) {
  const std::uint32_t before = word(ask_mkhi("03020000 07000000"), 9);
  ASSERT_EQ(send(file_of({9, 0, 30, 1482})), 0u);
  ASSERT_EQ(end(), 0u);
  wait_for_commit();
  power_cycle();
  EXPECT_EQ(word(ask_mkhi("03020000 07000000"), 9), before);
}

TEST_F(Me9, RefusesAnotherGenerationAnotherSkuAndAnOlderSecurityVersion) {
  ASSERT_EQ(send(file_of({10, 0, 0, 1000})), 0u);
  EXPECT_EQ(end(), 0x204u);
  ASSERT_EQ(send(file_of({9, 0, 30, 1482}, [](auto& i) { i.sku = 1; })), 0u);
  EXPECT_EQ(end(), 0x203u);
  ASSERT_EQ(send(file_of({9, 0, 30, 1482}, [](auto& i) { i.engine.security_version = 0; })), 0u);
  EXPECT_EQ(end(), 0x23Bu);
  EXPECT_EQ(hfs2() >> 28, 7u) << "the phase stays with the update that failed";
  EXPECT_EQ(hfs1() & 0x800, 0u);
  EXPECT_EQ(word(ask_fwu("00000000"), 20), 0x23Bu) << "last update status";
}

TEST_F(Me9, RefusesAFileWithOneByteWrong) {
  base::Bytes file = file_of({9, 0, 30, 1482});
  file[0x1000 + 0x900] ^= 1;  // a module of FTPR
  ASSERT_EQ(send(file), 0u);
  EXPECT_EQ(end(), 0x27Fu);
  file = file_of({9, 0, 30, 1482});
  file[0x1000 + 0x8000 + 0x24] ^= 1;  // the version in NFTP's manifest
  ASSERT_EQ(send(file), 0u);
  EXPECT_EQ(end(), 0x262u);
  ASSERT_EQ(send(base::Bytes(0x2000)), 0u);
  EXPECT_EQ(end(), 0x2C9u);
}

TEST_F(Me9, RefusesAStartOfTheWrongFormOrLengthAndDataWithoutOne) {
  EXPECT_EQ(ask_fwu("02000000"), golden::File("fwu_later")["bare_start_reply_csme15"]);
  EXPECT_EQ(word(ask_fwu(start_request(0)), 4), 0x206u);
  EXPECT_EQ(word(ask_fwu(start_request(0x10000000)), 4), 0x8Fu);
  EXPECT_EQ(word(ask_fwu(start_request(0x1000, 2)), 4), 0x81u);
  EXPECT_EQ(word(ask_fwu(start_request(0x1000, 1, "WCOD")), 4), 0x237u);
  EXPECT_EQ(word(ask_fwu("04000000 01000000 000000 55"), 4), 0x2C2u);
  EXPECT_EQ(ask_fwu("04000000"), golden::File("fwu_later")["bare_data_reply_csme15"]);
  EXPECT_EQ(ask_fwu("06000000"), golden::File("fwu_later")["bare_end_reply_csme15"]);
}

TEST_F(Me9, APartialUpdateWritesItsPartitionAlone) {
  const base::Bytes before(machine->flash().begin(), machine->flash().end());
  ASSERT_EQ(send(file_of({9, 0, 2, 1345}, [](auto& i) { i.engine.control_number = 5; }), 1, "MDMV"),
            0u);
  ASSERT_EQ(end(), 0u);
  wait_for_commit();
  const base::ByteView after = machine->flash();
  std::size_t first = after.size();
  std::size_t last = 0;
  // EFFS, two sectors behind the table, has the status.
  constexpr std::size_t settings_end = 0x3000 + 0x3000;
  for (std::size_t i = settings_end; i < after.size(); ++i) {
    if (after[i] == before[i]) continue;
    first = std::min(first, i);
    last = i;
  }
  ASSERT_LT(first, after.size());
  EXPECT_LT(last - first, 0x1000u) << "one sector";
  power_cycle();
  EXPECT_EQ(boot_path(), firmware::BootPath::operational);
}

struct FusedMe9 : Me9 {
  FusedMe9() : Me9({{"engine.fused_security_version", "2", ""}}) {}
};

TEST_F(FusedMe9, CodeBelowTheFuseComesUpInRecoveryAndTakesNewerCodeAlone) {
  EXPECT_EQ(boot_path(), firmware::BootPath::recovery);
  EXPECT_EQ(hfs1() & 0xF, 2u) << "recovery";
  ASSERT_EQ(send(file_of({9, 0, 30, 1482}, [](auto& i) { i.engine.security_version = 1; })), 0u);
  EXPECT_EQ(end(), 0x23Bu);
  ASSERT_EQ(send(file_of({9, 0, 30, 1482}, [](auto& i) { i.engine.security_version = 2; })), 0u);
  EXPECT_EQ(end(), 0u);
  wait_for_commit();
  power_cycle();
  EXPECT_EQ(boot_path(), firmware::BootPath::operational);
}

}  // namespace
}  // namespace emulator::machine
