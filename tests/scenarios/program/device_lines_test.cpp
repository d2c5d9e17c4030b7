// SPDX-License-Identifier: BSD-3-Clause
// A board in lines of text: what each request does, and what is said of one that makes no sense.
#include "scenarios/program/device_lines.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "emulator/machine/facts.h"
#include "emulator/machine/machine.h"
#include "emulator/machine/profile.h"
#include "emulator/tpm/itpm.h"
#include "tests/source_dir.h"
#include "updater/cli/board_facts.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/tis_host.h"

namespace scenarios::program {
namespace {

using emulator::machine::Machine;

/// A board that has booted, and one conversation with it.
class Board {
 public:
  explicit Board(const char* machine)
      : machine_(Machine::build(*emulator::machine::load_profile(machine), {}).value()),
        driver_(machine_->bar0(), machine_->clock(),
                updater::cli::board_facts([this]() -> Machine& { return *machine_; })) {
    machine_->boot();
    if (machine_->itpm() != nullptr) tpm_.emplace(machine_->itpm()->tis(), machine_->clock());
    lines_.emplace(
        Devices{.me = driver_, .tpm = tpm_ ? &*tpm_ : nullptr, .clock = machine_->clock()});
  }
  std::string ask(std::string_view request) { return lines_->answer(request); }
  Machine& machine() { return *machine_; }

 private:
  std::unique_ptr<Machine> machine_;
  updater::mei::HeciHost driver_;
  std::optional<updater::tpm::TisHost> tpm_;
  std::optional<DeviceLines> lines_;
};

constexpr const char* kConnect = "connect 309dcde8-ccb1-4062-8f78-600115a34327";

TEST(DeviceLines, CarryWholeMessagesToAClientAndBack) {
  Board board("desktop-q35");
  const std::string connected = board.ask(kConnect);
  EXPECT_EQ(connected.substr(0, 3), "ok ") << connected;
  EXPECT_EQ(connected.substr(connected.rfind(' ')), " 1");  // its protocol version
  EXPECT_EQ(board.ask("send 00000000"), "ok");              // FWU GET_VERSION
  const std::string reply = board.ask("receive 1000");
  EXPECT_EQ(reply.substr(0, 5), "ok 01") << reply;
  EXPECT_EQ(reply.size(), 3u + 2 * 47);  // of ME 3
  EXPECT_EQ(board.ask("receive 1").substr(0, 14), "error timeout ");
  EXPECT_EQ(board.ask("disconnect"), "ok");
  EXPECT_EQ(board.ask("send 00000000"),
            "error disconnected no client is connected: connect GUID comes first");
}

/// "    > request" and "    < answer" of docs/protocols.md, in their order.
TEST(DeviceLines, AreAsTheirPageShows) {
  std::ifstream page(std::string(MEBENCH_SOURCE_DIR) + "/docs/protocols.md");
  Board board("esprimo-e5730");
  std::string said;
  int compared = 0;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("    > ")) said = board.ask(line.substr(6));
    if (!line.starts_with("    < ")) continue;
    const std::string shown = line.substr(6);
    const std::size_t whole = shown.ends_with("...") ? shown.size() - 3 : std::string::npos;
    EXPECT_EQ(said.substr(0, whole), shown.substr(0, whole));
    ++compared;
  }
  EXPECT_EQ(compared, 4);
}

TEST(DeviceLines, CarryCommandsToTheTpm) {
  Board board("esprimo-e5730");
  // TPM_GetCapability(property, manufacturer): "INTC".
  const std::string response = board.ask(
      "tpm 00c100000016000000650000000500000004"
      "00000103");
  EXPECT_EQ(response,
            "ok 00c40000001200000000"
            "00000004"
            "494e5443");
  Board without("desktop-q35");
  EXPECT_EQ(without.ask("tpm 00c1"), "error unsupported this board has no TPM");
}

TEST(DeviceLines, LetTimePassOnTheBoardWhereTheyWaitAndNowhereElse) {
  Board board("desktop-q35");
  const auto before = board.machine().clock().now();
  const std::string then = board.ask("now");
  EXPECT_EQ(board.machine().clock().now(), before);
  EXPECT_EQ(board.ask("sleep 2500"), "ok");
  EXPECT_EQ(board.machine().clock().now(), before + std::chrono::milliseconds(2500));
  EXPECT_EQ(std::stol(board.ask("now").substr(3)), std::stol(then.substr(3)) + 2500);
  EXPECT_EQ(board.ask("sleep 0"), "ok");
}

TEST(DeviceLines, TellTheFirmwaresStatusWordWhereThereIsOne) {
  Board board("desktop-h87");
  const std::string hfs1 = emulator::machine::find_fact("hfs1")->read(board.machine());
  EXPECT_NE(hfs1, "00000000");
  EXPECT_EQ(board.ask("status"), "ok " + hfs1);
  Board without("desktop-q35");
  EXPECT_EQ(without.ask("status").substr(0, 18), "error unsupported ");
}

TEST(DeviceLines, AreReadWithBlanksAndWindowsLineEnds) {
  Board board("desktop-q35");
  EXPECT_EQ(board.ask("  sleep \t 1 \r"), "ok");
}

TEST(DeviceLines, SayWhatIsWrongWithARequest) {
  Board board("desktop-q35");
  const auto wrong = [&](const char* request) { return board.ask(request); };
  EXPECT_EQ(wrong(""),
            "error invalid no such request; there are connect, disconnect, send, receive, tpm, "
            "sleep, now, status");
  EXPECT_EQ(wrong("sned 00"), wrong(""));
  EXPECT_EQ(wrong("connect"), "error invalid the request is: connect GUID");
  EXPECT_EQ(wrong("now 5"), "error invalid the request is: now");
  EXPECT_EQ(wrong("connect 309dcde8"),
            "error invalid a GUID is like 309dcde8-ccb1-4062-8f78-600115a34327");
  EXPECT_EQ(wrong("connect 00000000-0000-0000-0000-000000000001").substr(0, 16),
            "error not_found ");
  EXPECT_EQ(wrong("send 0"), "error invalid a message is hexadecimal digits, two for each byte");
  EXPECT_EQ(wrong("sleep soon"), "error invalid a time is whole milliseconds, from 0 to 36000000");
  EXPECT_EQ(wrong("sleep 36000001"), wrong("sleep soon"));
  EXPECT_EQ(wrong("sleep -1"), wrong("sleep soon"));
  EXPECT_EQ(wrong("receive"),
            "error disconnected no client is connected: connect GUID comes first");
}

}  // namespace
}  // namespace scenarios::program
