// SPDX-License-Identifier: BSD-3-Clause
// The board inside another program: driven by that program's clock, through the C calls.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "base/bytes.h"
#include "emulator/attach/qemu/board_port.h"
#include "emulator/attach/qemu/split_text.h"
#include "os/read_file.h"
#include "tests/full_disk.h"
#include "tests/source_dir.h"
#include "tests/temporary_folder.h"

namespace emulator::attach::qemu {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kFarFuture = 1000 * kSecond;
constexpr std::uint32_t kHCbWw = 0x0;
constexpr std::uint32_t kHCsr = 0x4;
constexpr std::uint32_t kMeCsrHa = 0xC;
constexpr std::uint32_t kReady = 1 << 3;
constexpr std::uint32_t kInterruptEnable = 1 << 0;
constexpr std::uint32_t kInterruptStatus = 1 << 1;
constexpr std::uint32_t kGenerate = 1 << 2;
constexpr std::uint32_t kReset = 1 << 4;

/// The computer around the board: notes what it hears.
struct Computer {
  MebenchBoard* writes_into = nullptr;  ///< its message interrupts go to the board's own registers
  int intx = 0;
  int lowered = 0;  ///< how often the board took its interrupt back
  std::vector<std::pair<std::uint64_t, std::uint32_t>> messages;
  std::uint32_t read_inside = 0;
  std::int64_t next_inside = 0;
  int power_losses = 0;
  std::vector<std::string> complaints;
};

void deliver(void* opaque, std::uint64_t address, std::uint32_t data) {
  auto* computer = static_cast<Computer*>(opaque);
  computer->messages.emplace_back(address, data);
  MebenchBoard* board = computer->writes_into;
  if (board == nullptr) return;
  mebench_board_bar_write(board, kFarFuture, kHCsr, 0, 4);
  computer->read_inside = mebench_board_bar_read(board, kFarFuture, kHCsr, 4);
  mebench_board_run(board, kFarFuture, &computer->next_inside);
}

MebenchBoardHost host_of(Computer& computer) {
  return {.opaque = &computer,
          .set_intx =
              [](void* c, int level) {
                static_cast<Computer*>(c)->intx = level;
                static_cast<Computer*>(c)->lowered += level == 0;
              },
          .send_message = deliver,
          .power_lost = [](void* c) { ++static_cast<Computer*>(c)->power_losses; },
          .complain =
              [](void* c, const char* text) {
                static_cast<Computer*>(c)->complaints.emplace_back(text);
              }};
}

class BoardTest : public testing::Test {
 protected:
  ~BoardTest() override { mebench_board_free(board_); }

  void make(const std::string& faults = "") {
    const std::string machines = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines";
    const MebenchBoardOptions options{.machine = "esprimo-e5730",
                                      .machines = machines.c_str(),
                                      .set = nullptr,
                                      .state = folder_.path().c_str(),
                                      .trace = trace_.c_str(),
                                      .faults = faults.c_str()};
    const MebenchBoardHost host = host_of(computer_);
    char* error = nullptr;
    board_ = mebench_board_make(&options, &host, now_, &error);
    ASSERT_NE(board_, nullptr) << error;
  }
  void enable_memory(std::uint32_t command = 0x6) {
    mebench_board_config_write(board_, now_, 0x04, command, 2);
  }
  std::uint32_t read(std::uint32_t at) { return mebench_board_bar_read(board_, now_, at, 4); }
  void write(std::uint32_t at, std::uint32_t value) {
    mebench_board_bar_write(board_, now_, at, value, 4);
  }
  /// Time passes as QEMU lets it: from event to event.
  void pass(std::int64_t nanoseconds) {
    const std::int64_t end = now_ + nanoseconds;
    std::int64_t next = 0;
    for (mebench_board_run(board_, now_, &next); next <= end;
         mebench_board_run(board_, now_, &next))
      now_ = std::max(next, now_);
    now_ = end;
    mebench_board_run(board_, now_, &next);
  }
  base::Bytes save() {
    std::uint32_t size = 0;
    char* error = nullptr;
    std::uint8_t* saved = mebench_board_save(board_, &size, &error);
    EXPECT_NE(saved, nullptr) << error;
    const base::Bytes bytes(saved, saved + size);
    std::free(saved);
    return bytes;
  }
  std::string restore(const base::Bytes& saved) {
    char* error =
        mebench_board_restore(board_, saved.data(), static_cast<std::uint32_t>(saved.size()));
    const std::string text = error == nullptr ? "" : error;
    std::free(error);
    return text;
  }
  base::Bytes flash_file() const {
    return os::read_file(folder_.path() + "/flash.bin", 64).value_or({});
  }
  /// The link is reset and the host ready; then one message to MKHI's fixed address, which a BIOS
  /// reaches without the host bus: GEN, un-provision.
  void change_a_setting() {
    enable_memory();
    reset_link();
    write(kHCsr, kInterruptEnable | kGenerate | kInterruptStatus);
    write(kHCsr, kInterruptEnable | kGenerate | kReady);
    write(kHCbWw, 0x80040007);
    write(kHCbWw, 0x00000DFF);
    write(kHCsr, kInterruptEnable | kGenerate | kReady);
  }
  void enable_messages() {
    mebench_board_config_write(board_, now_, 0x90, 0xFEE00000, 4);
    mebench_board_config_write(board_, now_, 0x98, 0x4321, 2);
    mebench_board_config_write(board_, now_, 0x8E, 1, 2);
  }
  void reset_link() {
    write(kHCsr, kReset | kGenerate | kInterruptEnable);
    pass(kSecond);
  }

  tests::TemporaryFolder folder_;
  std::string trace_ = folder_.path() + "/trace.jsonl";
  Computer computer_;
  std::int64_t now_ = 5 * kSecond;  // QEMU's clock has run before the device is made
  MebenchBoard* board_ = nullptr;
};

TEST_F(BoardTest, TheFunctionIsTheProfiles) {
  make();
  EXPECT_EQ(mebench_board_config_read(board_, now_, 0, 4), 0x2E148086u);
  EXPECT_EQ(mebench_board_config_read(board_, now_, 0x40, 4), 0x3009065Au);
}

TEST_F(BoardTest, TheMeIsReadyWhenTheHostComes) {
  make();
  enable_memory();
  EXPECT_NE(read(kMeCsrHa) & kReady, 0u);
}

TEST_F(BoardTest, RegistersFloatUntilMemorySpaceIsEnabled) {
  make();
  EXPECT_EQ(read(kMeCsrHa), 0xFFFFFFFFu);
}

TEST(EntriesOf, ADoubledSemicolonIsPartOfItsEntry) {
  EXPECT_EQ(entries_of("a=1;b=\"x;;y;;\";c=3"),
            (std::vector<std::string>{"a=1", "b=\"x;y;\"", "c=3"}));
  EXPECT_EQ(entries_of("a=;;;b=2"), (std::vector<std::string>{"a=;", "b=2"}));
  EXPECT_EQ(entries_of(""), std::vector<std::string>{});
}

TEST_F(BoardTest, AResetLinkInterruptsThroughThePin) {
  make();
  enable_memory();
  reset_link();
  EXPECT_EQ(computer_.intx, 1);
}

TEST_F(BoardTest, AResetLinkInterruptsByMessageOnceMsiIsEnabled) {
  make();
  enable_memory();
  enable_messages();
  reset_link();
  ASSERT_EQ(computer_.messages.size(), 1u);
  EXPECT_EQ(computer_.messages[0].first, 0xFEE00000u);
  EXPECT_EQ(computer_.messages[0].second, 0x4321u);
  EXPECT_EQ(computer_.intx, 0);
}

TEST_F(BoardTest, AMessageToTheBoardsOwnRegistersFindsNobody) {
  make();
  enable_memory();
  enable_messages();
  computer_.writes_into = board_;
  reset_link();
  ASSERT_EQ(computer_.messages.size(), 1u);
  EXPECT_EQ(computer_.read_inside, 0xFFFFFFFFu);
  EXPECT_EQ(computer_.next_inside, std::numeric_limits<std::int64_t>::max());
  EXPECT_NE(read(kHCsr) & kInterruptStatus, 0u) << "the write inside was taken";
  EXPECT_NE(read(kMeCsrHa) & kReady, 0u);
}

TEST_F(BoardTest, SavingLetsNothingHappenThatIsDue) {
  make();
  enable_memory();
  write(kHCsr, kReset | kGenerate | kInterruptEnable | kInterruptStatus);
  now_ += kSecond;
  const base::Bytes saved = save();
  EXPECT_EQ(computer_.intx, 0);
  EXPECT_EQ(restore(saved), "");
  EXPECT_EQ(computer_.intx, 0);
  pass(0);
  EXPECT_EQ(computer_.intx, 1);
}

TEST_F(BoardTest, AClockThatGoesBackMovesNothing) {
  make();
  enable_memory();
  write(kHCsr, kReset | kGenerate | kInterruptEnable);
  std::int64_t next = 0;
  mebench_board_run(board_, now_, &next);
  EXPECT_GT(next, now_);
  std::int64_t still = 0;
  mebench_board_run(board_, now_ - kSecond, &still);
  EXPECT_EQ(still, next);
}

TEST_F(BoardTest, APlatformResetClosesTheFunctionAndTheMeIsUpAfterIt) {
  make();
  enable_memory();
  mebench_board_reset(board_, now_);
  EXPECT_EQ(read(kMeCsrHa), 0xFFFFFFFFu);
  enable_memory();
  EXPECT_NE(read(kMeCsrHa) & kReady, 0u);
}

TEST_F(BoardTest, APowerCutIsToldOnceAndLeavesAFloatingBus) {
  make("link_reset@1=power_cut_before");
  enable_memory();
  reset_link();
  pass(kSecond);
  EXPECT_EQ(computer_.power_losses, 1);
  EXPECT_EQ(read(kMeCsrHa), 0xFFFFFFFFu);
  mebench_board_reset(board_, now_);  // nothing comes back without power
  EXPECT_EQ(computer_.power_losses, 1);
}

TEST_F(BoardTest, ARestoredBoardIsWhereItWasWhenItWasSaved) {
  make();
  enable_memory();
  const std::int64_t then = now_;
  const base::Bytes saved = save();
  std::int64_t next_then = 0;
  mebench_board_run(board_, now_, &next_then);
  reset_link();
  enable_memory(0);
  EXPECT_EQ(read(kMeCsrHa), 0xFFFFFFFFu);
  now_ = then;
  EXPECT_EQ(restore(saved), "");
  EXPECT_NE(read(kMeCsrHa) & kReady, 0u);
  std::int64_t next = 0;
  mebench_board_run(board_, now_, &next);
  EXPECT_EQ(next, next_then);
  EXPECT_EQ(save(), saved);
}

/// Snapshots a fifth of a page program apart: some fall between an operation's beginning and its
/// end. Loading a snapshot writes the file anew, from the flash itself: the two must agree.
TEST_F(BoardTest, AnOperationThatASnapshotCutsInHalfEndsInTheFileToo) {
  make();
  change_a_setting();
  constexpr std::int64_t kStep = 280'000;
  std::vector<std::pair<std::int64_t, base::Bytes>> snapshots;
  const base::Bytes before = flash_file();
  for (int i = 0; i < 60 && flash_file() == before; ++i) {
    snapshots.emplace_back(now_, save());
    pass(kStep);
  }
  ASSERT_NE(flash_file(), before) << "nothing was written";
  for (const auto& [then, snapshot] : snapshots) {
    now_ = then;
    ASSERT_EQ(restore(snapshot), "");
    ASSERT_EQ(flash_file(), before);
    pass(kSecond);
    const base::Bytes followed = flash_file();
    EXPECT_NE(followed, before);
    ASSERT_EQ(restore(save()), "");
    EXPECT_EQ(flash_file(), followed) << "snapshot of " << then;
  }
}

/// The computer has its own record of the level, and is told nothing while its parts are loaded.
TEST_F(BoardTest, AnInterruptThatWaitsInASnapshotIsNotTakenBackByLoadingIt) {
  make();
  enable_memory();
  reset_link();
  ASSERT_EQ(computer_.intx, 1);
  computer_.lowered = 0;
  base::Bytes saved = save();
  EXPECT_EQ(restore(saved), "");
  saved.back() ^= 1;
  EXPECT_NE(restore(saved), "");
  EXPECT_EQ(computer_.intx, 1);
  EXPECT_EQ(computer_.lowered, 0);
}

TEST_F(BoardTest, AFileThatFailedIsKeptAgainOnceASnapshotIsLoaded) {
  make();
  const base::Bytes saved = save();
  std::optional<tests::FullDisk> full;
  full.emplace();
  EXPECT_NE(restore(saved).find("flash.bin"), std::string::npos);
  pass(kSecond);
  EXPECT_EQ(computer_.complaints.size(), 1u);
  pass(kSecond);
  EXPECT_EQ(computer_.complaints.size(), 1u);
  full.reset();
  EXPECT_EQ(restore(saved), "");
  full.emplace();
  EXPECT_NE(restore(saved), "");
  pass(kSecond);
  EXPECT_EQ(computer_.complaints.size(), 2u);
}

TEST_F(BoardTest, ADamagedSnapshotIsRefusedAndTheBoardGoesOn) {
  make();
  enable_memory();
  base::Bytes saved = save();
  saved.back() ^= 1;
  EXPECT_NE(restore(saved).find("checksum"), std::string::npos);
  EXPECT_NE(restore({}).find("not a saved board"), std::string::npos);
  EXPECT_NE(read(kMeCsrHa) & kReady, 0u);
}

TEST_F(BoardTest, TheTpmShowsIntelAtItsRegistersInAnyWidth) {
  make();
  ASSERT_EQ(mebench_board_has_tpm(board_), 1);
  EXPECT_EQ(mebench_board_tis_read(board_, now_, 0xF00, 4) & 0xFFFFu, 0x8086u);
  EXPECT_EQ(mebench_board_tis_read(board_, now_, 0xF00, 2), 0x8086u);
  EXPECT_EQ(mebench_board_tis_read(board_, now_, 0xF01, 1), 0x80u);
}

TEST_F(BoardTest, WhatHappenedIsInTheTraceFile) {
  make();
  enable_memory();
  reset_link();
  std::ifstream file(trace_);  // as if QEMU were killed now
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_NE(text.find("\"story\""), std::string::npos);
  EXPECT_NE(text.find("\"kind\":\"link\""), std::string::npos);
  EXPECT_TRUE(text.ends_with("}\n")) << text;
  EXPECT_TRUE(computer_.complaints.empty());
}

TEST_F(BoardTest, AMachineThatIsNotThereIsToldWithThoseThatAre) {
  folder_.write("a-board.toml", "schema = 1\n");
  const std::string machines = folder_.path();
  const MebenchBoardOptions options{.machine = "nonesuch",
                                    .machines = machines.c_str(),
                                    .set = nullptr,
                                    .state = nullptr,
                                    .trace = nullptr,
                                    .faults = nullptr};
  const MebenchBoardHost host = host_of(computer_);
  char* error = nullptr;
  EXPECT_EQ(mebench_board_make(&options, &host, now_, &error), nullptr);
  ASSERT_NE(error, nullptr);
  EXPECT_NE(std::string(error).find("no machine \"nonesuch\"; known: a-board"), std::string::npos)
      << error;
  std::free(error);
}

}  // namespace
}  // namespace emulator::attach::qemu
