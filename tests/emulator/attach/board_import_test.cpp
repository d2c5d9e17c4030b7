// SPDX-License-Identifier: BSD-3-Clause
// A dump of a whole flash that becomes a board, or is told with its offset why it does not.
#include "emulator/attach/board_import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "protocol/image/manifest.h"
#include "tests/source_dir.h"
#include "tests/temporary_folder.h"

namespace emulator::attach {
namespace {

using base::Bytes;
using firmware::BootPath;
using protocol::image::Manifest;

constexpr const char* kImported = "esprimo-e5730";
// Of that machine's flash (docs/formats.md): the ME region behind descriptor and GbE, and in it
// table, settings, recovery code, operational code, staging.
constexpr std::size_t kRegion = 0x3000;
constexpr std::size_t kTable = kRegion + 0x10;
constexpr std::size_t kRecovery = kRegion + 0x3000;
constexpr std::size_t kCode = kRecovery + 0x30000;
constexpr std::size_t kFlreg2 = 0x48;

class BoardImport : public testing::Test {
 protected:
  BoardChoice choice(const std::vector<std::string>& set = {}) {
    return {.machine = kImported,
            .set = set,
            .state_dir = folder_.file("board"),
            .profiles = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines"};
  }
  /// The flash of another board, as it left the factory.
  Bytes dump_of(const std::vector<std::string>& set = {}) {
    BoardChoice other = choice(set);
    other.state_dir.clear();
    const auto board = open_kept_board(other);
    const base::ByteView flash = board.value().machine->flash();
    return {flash.begin(), flash.end()};
  }
  base::Result<DumpContents> import(Bytes dump, const std::vector<std::string>& set = {},
                                    Damage damage = Damage::refused) {
    return import_board(choice(set), {.file = "own.bin", .bytes = std::move(dump)}, damage);
  }
  /// What is told of a dump that does not become a board.
  std::string told(Bytes dump, const std::vector<std::string>& set = {}) {
    const auto imported = import(std::move(dump), set);
    EXPECT_FALSE(std::filesystem::exists(folder_.file("board"))) << "a folder was made for nothing";
    return imported ? "imported" : imported.error().doing;
  }
  /// Which code the board in the folder runs.
  BootPath booted() {
    auto board = open_kept_board(choice({}));
    if (!board) return BootPath::off;
    board->machine->power_on();
    board->machine->clock().sleep(std::chrono::seconds(5));
    return board->machine->firmware().boot_path();
  }
  /// `dump` with one byte changed.
  static Bytes spoilt(Bytes dump, std::size_t at) {
    dump[at] ^= 0xFF;
    return dump;
  }

  tests::TemporaryFolder folder_;
};

TEST_F(BoardImport, KeepsABoardThatRunsTheDumpsCode) {
  const Bytes dump = dump_of({"firmware.version=5.2.70.1046"});
  const auto imported = import(dump);
  ASSERT_TRUE(imported) << imported.error().doing;
  EXPECT_EQ(imported->code.version, (protocol::FirmwareVersion{5, 2, 70, 1046}));
  EXPECT_EQ(imported->settings, DumpedSettings::kept);
  EXPECT_EQ(folder_.read("board/flash.bin"), std::string(dump.begin(), dump.end()));
  EXPECT_EQ(booted(), BootPath::operational);
}

TEST_F(BoardImport, KeepsTheDumpsSettings) {
  ASSERT_TRUE(import(dump_of({"settings.enabled_update_interfaces=1"})));
  auto board = open_kept_board(choice());
  board->machine->power_on();
  board->machine->clock().sleep(std::chrono::seconds(5));
  EXPECT_EQ(board->machine->firmware().settings().enabled_update_interfaces, 1);
}

TEST_F(BoardImport, SaysOfUnreadableSettingsThatTheBoardHasItsProfiles) {
  Bytes dump = dump_of();
  std::fill_n(dump.begin() + kRegion + 0x1000, 0x2000, 0xFF);
  const auto imported = import(std::move(dump));
  ASSERT_TRUE(imported) << imported.error().doing;
  EXPECT_EQ(imported->settings, DumpedSettings::unreadable);
  EXPECT_EQ(booted(), BootPath::operational);
}

struct Fault {
  const char* name;
  std::function<void(Bytes&)> spoil;
  std::string told;
};

TEST_F(BoardImport, NamesFileAndOffsetOfWhatIsNoWholeFlash) {
  const auto put = [](std::size_t at, std::initializer_list<std::uint8_t> bytes) {
    return [at, bytes = Bytes(bytes)](Bytes& dump) {
      std::copy(bytes.begin(), bytes.end(), dump.begin() + static_cast<std::ptrdiff_t>(at));
    };
  };
  const std::vector<Fault> faults = {
      {"no descriptor", put(0, {0, 0, 0, 0}), "own.bin: offset 0x0: no flash descriptor"},
      {"an ME region", [](Bytes& d) { d.erase(d.begin(), d.begin() + kRegion); },
       "own.bin: offset 0x0: no flash descriptor begins here (0FF0A55Ah), and a board is made of a "
       "dump of its whole flash; this is an ME region alone"},
      {"an update image", [](Bytes& d) { d.erase(d.begin(), d.begin() + kCode); },
       "; this is an update image"},
      {"no ME region", put(kFlreg2, {0xFF, 0x1F, 0, 0}),
       "own.bin: offset 0x48: FLREG2 says there is no ME region"},
      {"cut short", [](Bytes& d) { d.resize(0x100000); },
       "own.bin: offset 0x48: FLREG2 ends the ME region at 0x356000, the dump ends at 0x100000"},
      {"no table", put(kTable, {0}), "own.bin: offset 0x3010: no partition table"},
      {"no staging", [](Bytes& d) { std::copy_n("NONE", 4, d.begin() + kTable + 0x20 + 3 * 0x20); },
       "own.bin: offset 0x3010: the ME region has no partition UPDT"},
      {"code outside", put(kTable + 0x20 + 2 * 0x20 + 8, {0, 0, 0, 0x10}),
       "own.bin: offset 0x3070: the partition CODE is 0x180000 bytes at 0x10000000"},
      {"operational code", [](Bytes& d) { d[kCode + 0x9000] ^= 1; },
       "own.bin: offset 0x36000: the operational code does not verify (code: module hash wrong)"},
      {"its signature", [](Bytes& d) { d[kCode + Manifest::at_signature] ^= 1; },
       "own.bin: offset 0x36000: the operational code does not verify (code: signature wrong)"},
      {"recovery code", [](Bytes& d) { d[kRecovery + 0x9000] ^= 1; },
       "own.bin: offset 0x6000: the recovery code does not verify (code: module hash wrong)"},
  };
  const Bytes good = dump_of();
  for (const Fault& fault : faults) {
    Bytes dump = good;
    fault.spoil(dump);
    const std::string text = told(std::move(dump));
    EXPECT_NE(text.find(fault.told), std::string::npos) << fault.name << ": " << text;
    EXPECT_EQ(text.find("remove"), std::string::npos) << text;
  }
}

TEST_F(BoardImport, SaysWhichValueOfTheProfileWouldFitAndThatValueFits) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> boards = {
      {{"flash.part=MX25L12805D"}, "--set flash.part=MX25L12805D"},
      {{"firmware.sku=2108"}, "--set firmware.sku=2108"},
      {{"tpm.fitted=false"}, "--set tpm.fitted=false"},
  };
  for (const auto& [set, advice] : boards) {
    const Bytes dump = dump_of(set);
    const std::string text = told(dump);
    EXPECT_NE(text.find(advice), std::string::npos) << text;
    EXPECT_NE(text.find("own.bin: offset 0x"), std::string::npos) << text;
    const auto imported = import(dump, set);
    EXPECT_TRUE(imported) << imported.error().doing;
    EXPECT_EQ(booted(), BootPath::operational);
    std::filesystem::remove_all(folder_.file("board"));
  }
}

TEST_F(BoardImport, TakesNoCodeWhoseKeyTheMachineDoesNotKnow) {
  const std::string other = "firmware.key_md5=5c7169b7e7065323fb7b3b5657b4d57a";
  const std::string text = told(dump_of(), {other});
  EXPECT_NE(text.find("offset 0x36000: the operational code is signed with the key "
                      "1280988a6c05d998ec54771471d48505, and the ROM of machine \"esprimo-e5730\" "
                      "takes 5c7169b7e7065323fb7b3b5657b4d57a"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("--set firmware.key_md5=1280988a6c05d998ec54771471d48505"), std::string::npos)
      << text;
}

TEST_F(BoardImport, ADamagedBoardIsTakenWhereItIsWantedSo) {
  const Bytes torn = spoilt(dump_of(), kCode + 0x9000);
  EXPECT_NE(told(torn), "imported");
  const auto imported = import(torn, {}, Damage::taken);
  ASSERT_TRUE(imported) << imported.error().doing;
  EXPECT_EQ(imported->code.fault, firmware::CodeFault::module);
  EXPECT_EQ(booted(), BootPath::recovery);
}

TEST_F(BoardImport, ABoardWithNoSoundCodeIsNoneHoweverItIsWanted) {
  const Bytes dead = spoilt(spoilt(dump_of(), kCode + 0x9000), kRecovery + 0x9000);
  const auto imported = import(dead, {}, Damage::taken);
  ASSERT_FALSE(imported);
  EXPECT_NE(imported.error().doing.find("operational code does not verify"), std::string::npos);
}

TEST_F(BoardImport, LeavesABoardThatIsThereAsItIs) {
  ASSERT_TRUE(import(dump_of()));
  const std::string before = folder_.read("board/flash.bin");
  const auto again = import(dump_of({"firmware.version=5.2.70.1046"}));
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().doing.find("keeps a board already, the machine esprimo-e5730; name "
                                     "another folder"),
            std::string::npos)
      << again.error().doing;
  EXPECT_EQ(folder_.read("board/flash.bin"), before);
}

TEST_F(BoardImport, DescribesAFlashInPlaceWhoseDescriptionIsMissingOrDamaged) {
  const Bytes dump = dump_of();
  for (const char* damaged : {"", "{}"}) {
    folder_.write("board/flash.bin", dump);
    if (*damaged != '\0') folder_.write("board/machine.json", damaged);
    const auto opened = open_kept_board(choice());
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().doing.find("`mesim board import " + folder_.file("board/flash.bin") +
                                        " --machine MACHINE --state " + folder_.file("board") +
                                        "` describes the board anew"),
              std::string::npos)
        << opened.error().doing;
    const auto imported = import(dump);
    EXPECT_TRUE(imported) << imported.error().doing;
    EXPECT_EQ(booted(), BootPath::operational);
    std::filesystem::remove_all(folder_.file("board"));
  }
}

TEST_F(BoardImport, WritesOverNoFlashWhoseDescriptionIsMissing) {
  folder_.write("board/flash.bin", "somebody's");
  const auto imported = import(dump_of());
  ASSERT_FALSE(imported);
  EXPECT_NE(imported.error().doing.find("board/flash.bin is another flash than own.bin"),
            std::string::npos)
      << imported.error().doing;
  EXPECT_EQ(folder_.read("board/flash.bin"), "somebody's");
}

TEST_F(BoardImport, AFlashOfAnotherSizeInAFolderIsToldWithItsFile) {
  ASSERT_TRUE(import(dump_of()));
  folder_.write("board/flash.bin", Bytes(1000));
  const auto opened = open_kept_board(choice());
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().doing.find("board/flash.bin: "), std::string::npos);
  EXPECT_NE(opened.error().doing.find("1000 bytes"), std::string::npos);
}

}  // namespace
}  // namespace emulator::attach
