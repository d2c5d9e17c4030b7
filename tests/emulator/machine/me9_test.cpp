// SPDX-License-Identifier: BSD-3-Clause
// A board with ME 9 over its registers. The exchanges are those of a real board (tests/golden); the
// host shares no code with the product's driver.
#include <gtest/gtest.h>

#include <functional>

#include "emulator/factory/later_image.h"
#include "emulator/heci/heci_device.h"
#include "emulator/machine/machine.h"
#include "emulator/pci/heci_function.h"
#include "raw_host.h"
#include "tests/golden/golden.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t kUs = 3;  ///< our host address
constexpr const char* kSmall = "0x10000";

struct Me9 : testing::Test {
  explicit Me9(const std::vector<Override>& more = {}) {
    std::vector<Override> overrides = {{"flash.code_size", kSmall, ""},
                                       {"update.boot_time", "\"10ms\"", ""}};
    overrides.insert(overrides.end(), more.begin(), more.end());
    const auto profile = load_profile("desktop-h87", overrides);
    EXPECT_TRUE(profile) << (profile ? "" : profile.error().doing);
    machine = Machine::build(profile.value()).value();
    machine->power_on();
    connect();
  }

  void connect() {
    host.emplace(machine->bar0(), machine->clock());
    ASSERT_TRUE(host->reset());
    const auto clients = host->enumerate();
    ASSERT_TRUE(clients.contains(kFwu) && clients.contains(kMkhi));
    fwu = clients.at(kFwu);
    mkhi = clients.at(kMkhi);
    ASSERT_EQ(host->connect(fwu, kUs), 0);
    ASSERT_EQ(host->connect(mkhi, kUs + 1), 0);
  }

  base::Bytes ask_fwu(base::ByteView request) {
    return host->ask(fwu, kUs, request).value_or(base::Bytes{});
  }
  base::Bytes ask_fwu(std::string_view hex) { return ask_fwu(base::from_hex(hex).value()); }
  base::Bytes ask_mkhi(std::string_view hex) {
    return host->ask(mkhi, kUs + 1, base::from_hex(hex).value()).value_or(base::Bytes{});
  }
  static std::uint32_t word(const base::Bytes& message, std::size_t at) {
    return at + 4 <= message.size() ? base::ByteReader(base::ByteView(message).subspan(at)).u32()
                                    : 0xDEADBEEF;
  }

  /// The update file of that version, for this board.
  base::Bytes file_of(protocol::FirmwareVersion version,
                      const std::function<void(firmware::Identity&)>& change = {}) const {
    firmware::Identity identity = machine->profile().firmware.identity;
    identity.version = version;
    if (change) change(identity);
    return factory::build_update_file(identity, machine->profile().flash.code_size,
                                      factory_key(machine->profile()))
        .value();
  }

  base::Bytes start_request(std::size_t length, std::uint8_t kind = 0,
                            std::string_view part = {}) const {
    base::Bytes request(86);
    base::ByteWriter(request).u32(2).u32(static_cast<std::uint32_t>(length)).u8(kind);
    std::copy(part.begin(), part.end(), request.begin() + 42);
    return request;
  }
  /// START and every DATA, as the host program for ME 9 cuts it: 12 + 500 bytes. The first status
  /// that is not 0.
  std::uint32_t send(const base::Bytes& file, std::uint8_t kind = 0, std::string_view part = {}) {
    const base::Bytes started = ask_fwu(start_request(file.size(), kind, part));
    if (word(started, 4) != 0) return word(started, 4);
    for (std::size_t at = 0; at < file.size(); at += 500) {
      const std::size_t count = std::min<std::size_t>(500, file.size() - at);
      base::Bytes request(12 + count);
      base::ByteWriter(request)
          .u32(4)
          .u32(static_cast<std::uint32_t>(count))
          .zeros(3)
          .bytes(base::ByteView(file).subspan(at, count));
      const base::Bytes taken = ask_fwu(request);
      if (taken.size() != 8 || word(taken, 4) != 0) return word(taken, 4);
    }
    return 0;
  }
  std::uint32_t end() { return word(ask_fwu("06000000"), 4); }
  void wait_for_commit() {
    for (int i = 0; i < 600 && word(ask_mkhi("06020000"), 16) == 0x213; ++i)
      machine->clock().sleep(100ms);
  }
  std::uint32_t hfs1() const { return machine->pci().read(0x40, 4); }
  std::uint32_t hfs2() const { return machine->pci().read(0x48, 4); }
  void power_cycle() {
    machine->power_cut();
    machine->power_on();
    connect();
  }

  std::unique_ptr<Machine> machine;
  std::optional<RawHost> host;
  std::uint8_t fwu = 0;
  std::uint8_t mkhi = 0;
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
  while (host->receive(10ms)) {  // credits of the connections
  }
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
  EXPECT_EQ(machine->firmware().running_version(), (protocol::FirmwareVersion{9, 0, 30, 1482}));
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
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

TEST_F(Me9, AnUpdateCutWhileFtprGoesToFtupComesUpInRecoveryWithTheOldCodeAndTakesItAgain) {
  const base::Bytes file = file_of({9, 0, 30, 1482});
  ASSERT_EQ(send(file), 0u);
  ASSERT_EQ(end(), 0u);
  machine->clock().sleep(200ms);
  power_cycle();
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::recovery);
  EXPECT_EQ(machine->firmware().running_version(), (protocol::FirmwareVersion{9, 0, 2, 1345}));
  EXPECT_EQ(hfs1() & 0xF, 2u) << "recovery";
  EXPECT_EQ(hfs1() >> 12 & 0xF, 3u) << "image failure";
  EXPECT_EQ(send(file), 0u);
  EXPECT_EQ(end(), 0u);
  wait_for_commit();
  power_cycle();
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
}

/// Cuts the power at every so many flash operations after END: there is always a way back.
TEST_F(Me9, AnUpdateThatIsCutAnywhereLeavesABoardThatTakesItAgain) {
  const base::Bytes file = file_of({9, 0, 30, 1482});
  int recoveries = 0;
  int from_the_copy = 0;
  for (int cut = 0; cut < 12; ++cut) {
    ASSERT_EQ(send(file), 0u) << cut;
    ASSERT_EQ(end(), 0u) << cut;
    machine->clock().sleep(std::chrono::milliseconds(150 + 350 * cut));
    power_cycle();
    ASSERT_NE(machine->firmware().boot_path(), firmware::BootPath::halted) << cut;
    if (machine->firmware().boot_path() == firmware::BootPath::recovery) ++recoveries;
    if ((hfs1() & 0x400) != 0) ++from_the_copy;
  }
  EXPECT_GT(recoveries, 3);
  EXPECT_GT(from_the_copy, 0) << "no cut met FTPR itself";
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
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
}

TEST_F(Me9, ASnapshotInTheMiddleOfAnUpdateGoesOn) {
  const base::Bytes file = file_of({9, 0, 30, 1482});
  ASSERT_EQ(send(file), 0u);
  ASSERT_EQ(end(), 0u);
  machine->clock().sleep(700ms);
  const base::Bytes saved = machine->snapshot();
  machine->power_cut();
  ASSERT_TRUE(machine->restore(saved));
  machine->clock().sleep(60s);
  power_cycle();
  EXPECT_EQ(machine->firmware().running_version(), (protocol::FirmwareVersion{9, 0, 30, 1482}));
}

struct FusedMe9 : Me9 {
  FusedMe9() : Me9({{"engine.fused_security_version", "2", ""}}) {}
};

TEST_F(FusedMe9, CodeBelowTheFuseComesUpInRecoveryAndTakesNewerCodeAlone) {
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::recovery);
  EXPECT_EQ(hfs1() & 0xF, 2u) << "recovery";
  ASSERT_EQ(send(file_of({9, 0, 30, 1482}, [](auto& i) { i.engine.security_version = 1; })), 0u);
  EXPECT_EQ(end(), 0x23Bu);
  ASSERT_EQ(send(file_of({9, 0, 30, 1482}, [](auto& i) { i.engine.security_version = 2; })), 0u);
  EXPECT_EQ(end(), 0u);
  wait_for_commit();
  power_cycle();
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
}

}  // namespace
}  // namespace emulator::machine
