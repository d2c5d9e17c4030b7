// SPDX-License-Identifier: BSD-3-Clause
// The board of the public face, as a program sees it that has nothing but the installed headers.
#include <gtest/gtest.h>
#include <mebench/board.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "tests/face/has.h"

namespace {

using mebench::Board;
using mebench::Bytes;
using mebench::Errc;
using namespace std::chrono_literals;

constexpr std::uint32_t kMeCsr = 0x0C;
constexpr std::uint32_t kMeReady = 0x08;
/// Of ME 3, whose answer has 47 bytes.
const Bytes kGetVersion = {0, 0, 0, 0};
/// TPM_GetCapability(property, manufacturer).
const Bytes kManufacturer = {0x00, 0xC1, 0, 0, 0, 0x16, 0, 0, 0, 0x65, 0,
                             0,    0,    5, 0, 0, 0,    4, 0, 0, 1,    3};

Board booted(const char* machine) {
  Board board = Board::make(machine).value();
  board.boot().value();
  return board;
}

std::string fact(Board& board, const char* name) {
  return board.fact(name).value();
}

TEST(PublicBoard, IsMadeByTheNameOfAMachineThatComesAlong) {
  const auto machines = Board::machines();
  EXPECT_TRUE(std::ranges::is_sorted(machines));
  ASSERT_NE(std::ranges::find(machines, "desktop-q35"), machines.end());
  EXPECT_TRUE(Board::make("desktop-q35"));
  const auto none = Board::make("desktop-q36");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::not_found);
  EXPECT_TRUE(has(none.error().what, "esprimo-e5730")) << none.error().what;
}

TEST(PublicBoard, IsAnotherOneWithOtherSettings) {
  const auto wrong = Board::make("desktop-q35", {.set = {{"firmware.versoin", "\"5.0.1.1\""}}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::invalid);
  EXPECT_TRUE(has(wrong.error().what, "did you mean \"version\"")) << wrong.error().what;
  Board board =
      Board::make("desktop-q35", {.set = {{"firmware.version", "\"3.1.4.1592\""}}}).value();
  board.boot().value();
  EXPECT_EQ(fact(board, "version"), "3.1.4.1592");
}

TEST(PublicBoard, BootsInSimulatedTimeAndNotTwice) {
  Board board = Board::make("esprimo-e5730").value();
  EXPECT_FALSE(board.powered());
  EXPECT_EQ(fact(board, "boot"), "off");
  ASSERT_TRUE(board.boot());
  EXPECT_EQ(fact(board, "boot"), "operational");
  EXPECT_EQ(fact(board, "tpm_answers"), "true");
  const mebench::TimePoint after = board.clock().now();
  EXPECT_GT(after, mebench::TimePoint::zero());
  ASSERT_TRUE(board.boot());
  EXPECT_EQ(board.clock().now(), after);
}

TEST(PublicBoard, ThatNeverComesUpIsToldWithinTheLimit) {
  Board board = Board::make("desktop-q35").value();
  const auto late = board.boot(1ns);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::timeout);
}

TEST(PublicBoard, IsMovedWithAllThatItGave) {
  Board first = booted("desktop-q35");
  mebench::MeDevice& me = first.me();
  Board second = std::move(first);
  EXPECT_EQ(&second.me(), &me);
  EXPECT_TRUE(me.connect(mebench::kUpdateClient));
}

TEST(PublicBoard, AnswersWholeMessagesOfAClientByItsGuid) {
  Board board = booted("desktop-q35");
  auto update = board.me().connect(mebench::kUpdateClient).value();
  EXPECT_GE(update->max_message_length(), 47u);
  update->send(kGetVersion, 1s).value();
  EXPECT_EQ(update->receive(1s).value().size(), 47u);
  const auto silent = update->receive(1ms);
  ASSERT_FALSE(silent);
  EXPECT_EQ(silent.error().code, Errc::timeout);
  const auto nobody = board.me().connect(mebench::Guid{});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, Errc::not_found);
}

TEST(PublicBoard, HasTheRegistersOfTheHardware) {
  Board board = booted("esprimo-e5730");
  EXPECT_EQ(board.read32(kMeCsr) & kMeReady, kMeReady);
  EXPECT_EQ(board.config_read(0, 2), 0x8086u);
  board.config_write(0x3C, 1, 0x0B);
  EXPECT_EQ(board.config_read(0x3C, 1), 0x0Bu);
  EXPECT_NE(board.tis_read8(0), 0xFF);
  board.tis_write8(0, 0x02);  // requests locality 0
  EXPECT_EQ(board.tis_read8(0) & 0x20, 0x20);
  board.reset_me();
  EXPECT_EQ(board.read32(kMeCsr) & kMeReady, 0u);
  Board without = booted("desktop-q35");
  EXPECT_EQ(without.tis_read8(0), 0xFF);
  without.tis_write8(0, 0x02);
  EXPECT_EQ(without.tpm(), nullptr);
}

TEST(PublicBoard, AnswersCommandsOfItsTpm) {
  Board board = booted("esprimo-e5730");
  ASSERT_NE(board.tpm(), nullptr);
  EXPECT_TRUE(board.tpm()->simulated());
  const Bytes response = board.tpm()->transmit(kManufacturer, 10s).value();
  ASSERT_EQ(response.size(), 18u);
  EXPECT_EQ(std::string(response.end() - 4, response.end()), "INTC");
}

/// Of a board with this seed, the first that its TPM gives.
Bytes random_numbers(std::uint64_t seed) {
  const Bytes get_random = {0x00, 0xC1, 0, 0, 0, 14, 0, 0, 0, 0x46, 0, 0, 0, 16};
  Board board =
      Board::make("esprimo-e5730", {.set = {{"tpm.state.active", "true"}}, .seed = seed}).value();
  board.boot().value();
  return board.tpm()->transmit(get_random, 10s).value();
}

TEST(PublicBoard, HasOneHistoryForOneSeed) {
  const Bytes first = random_numbers(1);
  EXPECT_EQ(first.size(), 30u);
  EXPECT_EQ(random_numbers(1), first);
  EXPECT_NE(random_numbers(2), first);
}

TEST(PublicBoard, DoesWhatAPersonDoesInTheBios) {
  Board board = booted("esprimo-e5730");
  const std::vector<std::string> enable = {"enable", "activate"};
  const auto word = board.bios_setup(std::vector<std::string>{"explode"});
  ASSERT_FALSE(word);
  EXPECT_EQ(word.error().code, Errc::invalid);
  ASSERT_TRUE(board.bios_setup(enable));
  board.boot().value();
  EXPECT_EQ(fact(board, "tpm_bios_results"), "0 0");
  Board without = booted("desktop-q35");
  EXPECT_EQ(without.bios_setup(enable).error().code, Errc::unsupported);
}

TEST(PublicBoard, TellsFactsByName) {
  Board board = booted("desktop-q35");
  const auto facts = board.facts();
  const auto boot = std::ranges::find(facts, "boot", &mebench::Fact::name);
  ASSERT_NE(boot, facts.end());
  EXPECT_EQ(boot->value, "operational");
  EXPECT_FALSE(boot->meaning.empty());
  const auto unknown = board.fact("mood");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Errc::not_found);
  EXPECT_TRUE(has(unknown.error().what, "reset_reason")) << unknown.error().what;
}

TEST(PublicBoard, HasFaultsInTheWordsOfStories) {
  Board board = booted("desktop-q35");
  board.arm({.point = "boot", .action = "power_cut_after"}).value();
  ASSERT_EQ(board.unfired().size(), 1u);
  EXPECT_EQ(board.unfired()[0].point, "boot");
  EXPECT_EQ(board.unfired()[0].action, "power_cut_after");
  board.reset_me();
  board.clock().sleep(1min);
  EXPECT_TRUE(board.unfired().empty());
  EXPECT_FALSE(board.powered());
  board.arm({.point = "flash_erase", .action = "fail"}).value();
  board.disarm_all();
  EXPECT_TRUE(board.unfired().empty());
}

TEST(PublicBoard, RefusesFaultsThatCannotBe) {
  Board board = Board::make("desktop-q35").value();
  const auto complaint = [&](const mebench::Fault& fault) {
    const auto armed = board.arm(fault);
    return armed ? std::string("armed") : armed.error().what;
  };
  EXPECT_TRUE(has(complaint({.point = "moon", .action = "fail"}), "flash_program"));
  EXPECT_TRUE(has(complaint({.point = "boot", .action = "explode"}), "power_cut_inside"));
  EXPECT_TRUE(has(complaint({.point = "boot", .action = "fail", .occurrence = 0}), "from 1"));
  EXPECT_TRUE(has(complaint({.point = "boot", .action = "fail", .repeat = 0}), "from 1"));
  EXPECT_TRUE(has(complaint({.point = "boot", .action = "delay"}), "delay"));
  EXPECT_TRUE(has(complaint({.point = "boot", .action = "fail", .delay = 1s}), "delay"));
  EXPECT_TRUE(has(complaint({.point = "boot", .action = "twice"}), "twice"));
  EXPECT_TRUE(has(complaint({.point = "boot", .action = "fail", .status = 5}), "status"));
  EXPECT_TRUE(board.unfired().empty());
}

/// Everything that happens from now on, as text.
std::string history(Board& board, mebench::Duration how_long) {
  std::string out;
  board.on_trace([&](const mebench::TraceEvent& event) {
    out += std::to_string(event.at.count()) + ' ' + std::string(event.kind) + ' ' +
           std::string(event.text) + '\n';
  });
  board.reset_platform();
  board.clock().sleep(how_long);
  board.on_trace({});
  return out;
}

TEST(PublicBoard, GoesOnFromASnapshotAsItWouldHave) {
  Board board = booted("esprimo-e5730");
  const Bytes saved = board.snapshot();
  const std::string first = history(board, 10s);
  EXPECT_TRUE(has(first, "platform reset"));
  board.restore(saved).value();
  EXPECT_EQ(history(board, 10s), first);
  Board other = Board::make("esprimo-e5730").value();
  other.restore(saved).value();
  EXPECT_EQ(history(other, 10s), first);
}

TEST(PublicBoard, StaysAsItWasWhereASnapshotDoesNotFit) {
  Board board = booted("desktop-q35");
  Bytes saved = board.snapshot();
  saved.back() ^= 1;
  const auto damaged = board.restore(saved);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, Errc::invalid);
  EXPECT_EQ(board.restore(booted("esprimo-e5730").snapshot()).error().code, Errc::invalid);
  EXPECT_TRUE(board.me().connect(mebench::kUpdateClient));
}

TEST(PublicBoard, ConnectionsFromBeforeARestoreAreGoneAndNewOnesAreNot) {
  Board board = booted("desktop-q35");
  auto old = board.me().connect(mebench::kUpdateClient).value();
  const Bytes saved = board.snapshot();
  board.restore(saved).value();
  const mebench::TimePoint restored = board.clock().now();
  const auto sent = old->send(kGetVersion, 1s);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, Errc::disconnected);
  old.reset();
  EXPECT_EQ(board.clock().now(), restored);
  auto anew = board.me().connect(mebench::kUpdateClient).value();
  anew->send(kGetVersion, 1s).value();
  EXPECT_EQ(anew->receive(1s).value().size(), 47u);
}

TEST(PublicBoard, StartsWithTheFlashThatItIsGiven) {
  Board board = booted("desktop-q35");
  const auto flash = board.flash();
  Bytes left(flash.begin(), flash.end());
  Board again = Board::make("desktop-q35", {.flash = left}).value();
  EXPECT_TRUE(std::ranges::equal(again.flash(), left));
  left.pop_back();
  const auto short_one = Board::make("desktop-q35", {.flash = left});
  ASSERT_FALSE(short_one);
  EXPECT_EQ(short_one.error().code, Errc::invalid);
}

TEST(PublicBoard, MakesImagesOfAVersion) {
  const Board board = Board::make("desktop-q35").value();
  const Bytes image = board.update_image({5, 2, 70, 1046}).value();
  EXPECT_EQ(std::string(image.begin() + 0x1C, image.begin() + 0x20), "$MAN");
  EXPECT_EQ(image, board.update_image({5, 2, 70, 1046}).value());
}

}  // namespace
