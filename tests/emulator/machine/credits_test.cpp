// SPDX-License-Identifier: BSD-3-Clause
// How many messages a board's ME takes from a host that reads none of the answers.
#include <gtest/gtest.h>

#include "emulator/machine/machine.h"
#include "raw_host.h"
#include "tests/emulator/machine/profile_file.h"

namespace emulator::machine {
namespace {

constexpr base::Duration kSilence = std::chrono::milliseconds(10);
constexpr int kMany = 60;

bool is_credit(const RawMessage& message) {
  return message.me_addr == 0 && message.bytes.size() == 8 && message.bytes[0] == 8;
}

/// Of GET_FW_VERSION requests to MKHI, with a credit for each and without reading an answer.
int messages_taken(const std::string& profile_path) {
  const auto profile = load_profile(profile_path);
  EXPECT_TRUE(profile) << profile.error().doing;
  const auto machine = Machine::build(*profile).value();
  machine->power_on();
  RawHost host(machine->bar0(), machine->clock());
  EXPECT_TRUE(host.reset());
  const std::uint8_t mkhi = host.enumerate()[kMkhi];
  EXPECT_EQ(host.connect(mkhi, 3), 0);
  int credits = 0;
  for (int taken = 0; taken < kMany; ++taken) {
    while (const auto message = host.receive(kSilence)) credits += is_credit(*message) ? 1 : 0;
    if (credits == 0) return taken;
    --credits;
    host.send(mkhi, 3, "ff020000");
  }
  return kMany;
}

std::string board(std::string_view version, std::string_view heci = "") {
  return "schema = 1\n[firmware]\nversion = \"" + std::string(version) + "\"\n" + std::string(heci);
}

struct Credits : ProfileFile {};

TEST_F(Credits, MeThreeToFiveTakeFourMessagesWithNoAnswerRead) {
  for (const char* version : {"3.2.1.1035", "4.0.3.1124", "5.2.70.1046"})
    EXPECT_EQ(messages_taken(write("m.toml", board(version))), 4) << version;
}

TEST_F(Credits, FromMeSixOnItIsOneMessage) {
  for (const char* version : {"6.0.30.1203", "9.0.2.1345"})
    EXPECT_EQ(messages_taken(write("m.toml", board(version))), 1) << version;
}

TEST_F(Credits, AProfileMaySayAnotherNumber) {
  EXPECT_EQ(messages_taken(write("m.toml", board("5.2.70.1046", "[heci]\ncredits = 2\n"))), 2);
  EXPECT_EQ(messages_taken(write("m.toml", board("9.0.2.1345", "[heci]\ncredits = 7\n"))), 7);
}

TEST_F(Credits, NoneAndMoreThanSixteenAreRefusedWhereTheyStand) {
  EXPECT_EQ(error_of("[heci]\ncredits = 0\n"),
            "m.toml:5:11: heci.credits is 0; it must be 1 to 16");
  EXPECT_EQ(error_of("[heci]\ncredits = 17\n"),
            "m.toml:5:11: heci.credits is 17; it must be 1 to 16");
}

}  // namespace
}  // namespace emulator::machine
