// SPDX-License-Identifier: BSD-3-Clause
// A board with CSME 15 over its registers. What a real one is known to have answered is in
// tests/golden; the host shares no code with the product's driver.
#include <gtest/gtest.h>

#include <algorithm>
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

constexpr std::uint8_t kHere = 3;  ///< our host address
constexpr const char* kMchi = "7bec61687ad07346856c7f22b4d55769";
constexpr std::uint32_t kCsr = 0x04;
constexpr std::uint32_t kD0i3c = 0x800;

struct Csme15 : testing::Test {
  explicit Csme15(const char* name = "laptop-tgl", const std::vector<Override>& more = {}) {
    std::vector<Override> overrides = {{"flash.code_size", "0x10000", ""},
                                       {"update.boot_time", "\"10ms\"", ""}};
    overrides.insert(overrides.end(), more.begin(), more.end());
    const auto profile = load_profile(name, overrides);
    EXPECT_TRUE(profile) << (profile ? "" : profile.error().doing);
    auto built = Machine::build(profile.value());
    EXPECT_TRUE(built) << (built ? "" : built.error().doing);
    machine = std::move(built.value());
    machine->power_on();
    connect();
  }

  void connect() {
    host.emplace(machine->bar0(), machine->clock());
    ASSERT_TRUE(host->reset());
    clients = host->enumerate();
    ASSERT_TRUE(clients.contains(kFwu) && clients.contains(kMkhi));
    ASSERT_EQ(host->connect(clients.at(kFwu), kHere), 0);
    ASSERT_EQ(host->connect(clients.at(kMkhi), kHere + 1), 0);
  }

  base::Bytes ask_fwu(base::ByteView request) {
    return host->ask(clients.at(kFwu), kHere, request).value_or(base::Bytes{});
  }
  base::Bytes ask_fwu(std::string_view hex) { return ask_fwu(base::from_hex(hex).value()); }
  base::Bytes ask_mkhi(std::string_view hex) {
    return host->ask(clients.at(kMkhi), kHere + 1, base::from_hex(hex).value())
        .value_or(base::Bytes{});
  }
  static std::uint32_t word(const base::Bytes& message, std::size_t at) {
    return at + 4 <= message.size() ? base::ByteReader(base::ByteView(message).subspan(at)).u32()
                                    : 0xDEADBEEF;
  }

  using Change = std::function<void(firmware::Identity&)>;
  base::Bytes stream_of(protocol::FirmwareVersion version, const Change& change = {}) const {
    firmware::Identity identity = machine->profile().firmware.identity;
    identity.version = version;
    if (change) change(identity);
    return factory::build_update_file(identity, machine->profile().flash.code_size,
                                      factory_key(machine->profile()))
        .value();
  }

  /// Form B: 90 bytes, the kind at 12, the partition's name at 46.
  static base::Bytes start_request(std::size_t length, std::uint8_t kind = 0,
                                   std::string_view part = {}) {
    base::Bytes request(90);
    base::ByteWriter(request).u32(2).u32(static_cast<std::uint32_t>(length)).u32(0).u8(kind);
    std::copy(part.begin(), part.end(), request.begin() + 46);
    return request;
  }
  /// 11 + n bytes of DATA, n at most the client's 4096 less 12. The first status that is not 0.
  std::uint32_t send(const base::Bytes& stream, std::uint8_t kind = 0, std::string_view part = {}) {
    const std::uint32_t started = word(ask_fwu(start_request(stream.size(), kind, part)), 4);
    if (started != 0) return started;
    for (std::size_t at = 0; at < stream.size(); at += 4084) {
      const std::size_t count = std::min<std::size_t>(4084, stream.size() - at);
      base::Bytes request(11 + count);
      base::ByteWriter(request)
          .u32(4)
          .u32(static_cast<std::uint32_t>(count))
          .zeros(3)
          .bytes(base::ByteView(stream).subspan(at, count));
      const base::Bytes taken = ask_fwu(request);
      if (taken.size() != 8 || word(taken, 4) != 0) return word(taken, 4);
    }
    return 0;
  }
  std::uint32_t update(const base::Bytes& stream) {
    const std::uint32_t sent = send(stream);
    return sent != 0 ? sent : word(ask_fwu("06000000"), 4);
  }
  void wait_for_commit() {
    for (int i = 0; i < 600 && word(ask_mkhi("06020000"), 16) == 0x213; ++i)
      machine->clock().sleep(100ms);
  }
  std::uint32_t hfs(std::uint32_t at) const { return machine->pci().read(at, 4); }
  void power_cycle() {
    machine->power_cut();
    machine->power_on();
    connect();
  }

  std::unique_ptr<Machine> machine;
  std::optional<RawHost> host;
  std::map<std::string, std::uint8_t> clients;
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
  while (host->receive(10ms)) {  // credits of the connections
  }
  // ICC at its fixed address 8: no connections, 3092 bytes.
  EXPECT_EQ(host->hbm("05 08 00 00"),
            "85080000"
            "2fceb3429fbd5a4896ae26406230b1ff"
            "01000800"
            "140c0000");
}

TEST_F(Csme15, TellsItsVersionInThreeBlocks) {
  // 15.0.55.2751: minor 0, major 15, build 2751, hotfix 55.
  const std::string version = "00000f00bf0a3700";
  EXPECT_EQ(base::to_hex(ask_mkhi("ff020000")), "ff820000" + version + version + version);
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
  ASSERT_EQ(host->connect(mchi, kHere + 2), 0);
  const auto ask = [&](std::string_view hex) {
    return host->ask(mchi, kHere + 2, base::from_hex(hex).value()).value_or(base::Bytes{});
  };
  const base::Bytes reply = ask("0A0A0000 00230040 00000000 40000000 00");
  ASSERT_EQ(reply.size(), 8u + 48u);
  EXPECT_EQ(base::to_hex(base::ByteView(reply).first(8)), "0a8a000030000000");
  EXPECT_EQ(base::to_hex(ask("0A0A0000 01000000 00000000 40000000 00")), "0a8a0081");
  EXPECT_EQ(base::to_hex(ask("FF020000")), "ff82008d") << "it is not MKHI";
}

TEST_F(Csme15, EntersD0i3AndInterruptsWhenItIsThere) {
  while (host->receive(10ms)) {  // credits of the connections
  }
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

TEST_F(Csme15, TakesAnUpdateAndRunsItAfterTheNextPowerCycle) {
  EXPECT_EQ(update(stream_of({15, 0, 56, 2800})), 0u);
  wait_for_commit();
  power_cycle();
  EXPECT_EQ(machine->firmware().running_version(), (protocol::FirmwareVersion{15, 0, 56, 2800}));
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::operational);
  EXPECT_EQ(hfs(0x40), 0x94000245u);
}

TEST_F(Csme15, AWholeRegionIsNoUpdate) {
  base::Bytes region(0x2000);
  const std::string_view tag = "$FPT";
  std::copy(tag.begin(), tag.end(), region.begin() + 16);
  EXPECT_EQ(update(region), 0x2C9u);
}

TEST_F(Csme15, RefusesWhatIsDamagedOrTooOld) {
  base::Bytes stream = stream_of({15, 0, 56, 2800});
  stream[0x1000] ^= 1;  // a module of FTPR
  EXPECT_EQ(update(stream), 0x27Fu);
  stream = stream_of({15, 0, 56, 2800});
  stream[0x18000 + 0x800] ^= 1;  // a module of PMCP, the fifth with numbers of its own
  EXPECT_EQ(update(stream), 0x283u);
  stream = stream_of({15, 0, 56, 2800});
  stream[0x8000 + 0x88 + 0x24] ^= 1;  // the version in NFTP's manifest
  EXPECT_EQ(update(stream), 0x262u);
  EXPECT_EQ(update(stream_of({15, 0, 56, 2800}, [](auto& i) { i.engine.control_number = 3; })),
            0x23Cu);
  EXPECT_EQ(update(stream_of({15, 0, 56, 2800}, [](auto& i) { i.engine.part.control_number = 1; })),
            0x29Bu);
  EXPECT_EQ(update(stream_of({15, 0, 56, 2800}, [](auto& i) { i.engine.security_version = 0; })),
            0x23Bu);
  EXPECT_EQ(update(stream_of({16, 0, 1, 1000})), 0x204u);
}

/// 94000242 and 02F10507 are words of a ThinkPad's recovery; 94000642 those of another's.
TEST_F(Csme15, AnUpdateThatIsCutComesUpInRecoveryWithTheWordsOwnersSee) {
  const base::Bytes stream = stream_of({15, 0, 56, 2800});
  std::map<std::uint32_t, int> seen;
  for (int cut = 0; cut < 12; ++cut) {
    ASSERT_EQ(update(stream), 0u) << cut;
    machine->clock().sleep(std::chrono::milliseconds(100 + 350 * cut));
    power_cycle();
    ++seen[hfs(0x40)];
    if (hfs(0x40) != 0x94000245) {
      EXPECT_EQ(hfs(0x48), 0x02F10507u) << "NFTP did not load";
    }
  }
  EXPECT_GT(seen[0x94000242], 0);
  EXPECT_GT(seen[0x94000642], 0) << "no cut met FTPR itself";
  EXPECT_EQ(seen[0x94000242] + seen[0x94000642] + seen[0x94000245], 12);
}

TEST_F(Csme15, ASnapshotInTheMiddleOfAnUpdateGoesOn) {
  ASSERT_EQ(update(stream_of({15, 0, 56, 2800})), 0u);
  machine->clock().sleep(700ms);
  const base::Bytes saved = machine->snapshot();
  machine->power_cut();
  ASSERT_TRUE(machine->restore(saved));
  machine->clock().sleep(60s);
  power_cycle();
  EXPECT_EQ(machine->firmware().running_version(), (protocol::FirmwareVersion{15, 0, 56, 2800}));
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
