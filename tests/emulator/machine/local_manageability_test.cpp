// SPDX-License-Identifier: BSD-3-Clause
// LME on boards with AMT, over their registers, as LMS goes about it (golden strings of
// tests/golden/apf.txt).
#include <gtest/gtest.h>

#include "later_board.h"
#include "tests/golden/golden.h"

namespace emulator::machine {
namespace {

constexpr const char* kLme = "dba4336776047b4eb3afbcfc29bee7a7";
constexpr std::uint8_t kLmsHost = 5;

struct LocalManageability : LaterBoard, testing::WithParamInterface<const char*> {
  LocalManageability() { start(GetParam(), kMe7Forms); }

  /// The answer to a golden string, which the host has a buffer for.
  std::string ask_lme(const char* name) {
    const auto answer = host->ask(clients.at(kLme), kLmsHost, strings[name]);
    return answer ? base::to_hex(*answer) : "none";
  }
  /// A message that nothing was asked for: the host gives a buffer, as LMS always has one ready.
  std::string next_from_lme(std::uint8_t host_addr) {
    const std::uint8_t grant[] = {8, clients.at(kLme), host_addr, 0, 0, 0, 0, 0};
    host->send(0, 0, grant);
    const auto message = host->receive();
    const bool from_lme = message && message->me_addr == clients.at(kLme);
    return from_lme ? base::to_hex(message->bytes) : "none";
  }
  std::string text(const char* name) { return base::to_hex(strings[name]); }

  const golden::File strings{"apf"};
};

TEST_P(LocalManageability, IsOpenedAndCarriesAChannelThereAndBack) {
  ASSERT_TRUE(clients.contains(kLme));
  ASSERT_EQ(host->connect(clients.at(kLme), kLmsHost), 0);
  EXPECT_EQ(ask_lme("protocol_version"), text("protocol_version"));
  EXPECT_EQ(next_from_lme(kLmsHost), text("service_request_auth"));
  EXPECT_EQ(ask_lme("service_accept_auth"), text("userauth_request"));
  EXPECT_EQ(ask_lme("userauth_success"), text("service_request_pfwd"));
  EXPECT_EQ(ask_lme("service_accept_pfwd"), text("forward_request_16992"));
  EXPECT_EQ(ask_lme("request_success_16992"), text("forward_request_16993"));
  EXPECT_EQ(ask_lme("channel_open"), text("channel_confirmation"));
  EXPECT_EQ(ask_lme("channel_data_to_engine"), text("channel_data_to_host"));
  EXPECT_EQ(next_from_lme(kLmsHost), text("window_adjust_to_host"));
  EXPECT_EQ(ask_lme("keepalive_request"), text("keepalive_reply"));
  EXPECT_EQ(ask_lme("channel_close_to_engine"), text("channel_close_to_host"));
}

TEST_P(LocalManageability, TwoProgramsHaveSessionsOfTheirOwn) {
  constexpr std::uint8_t other_host = kLmsHost + 1;
  ASSERT_EQ(host->connect(clients.at(kLme), kLmsHost), 0);
  EXPECT_EQ(ask_lme("protocol_version"), text("protocol_version"));
  EXPECT_EQ(next_from_lme(kLmsHost), text("service_request_auth"));
  ASSERT_EQ(host->connect(clients.at(kLme), other_host), 0);
  const auto other = host->ask(clients.at(kLme), other_host, strings["protocol_version"]);
  ASSERT_TRUE(other);
  EXPECT_EQ(base::to_hex(*other), text("protocol_version")) << "the first one is past that";
  EXPECT_EQ(ask_lme("service_accept_auth"), text("userauth_request"));
}

TEST_P(LocalManageability, ASnapshotInTheMiddleGoesOn) {
  ASSERT_EQ(host->connect(clients.at(kLme), kLmsHost), 0);
  EXPECT_EQ(ask_lme("protocol_version"), text("protocol_version"));
  const auto saved = machine->snapshot();
  auto other = Machine::build(machine->profile());
  ASSERT_TRUE(other);
  const auto restored = (*other)->restore(saved);
  ASSERT_TRUE(restored) << restored.error().doing;
  EXPECT_EQ((*other)->snapshot(), saved);
}

INSTANTIATE_TEST_SUITE_P(OnBoardsWithAmt, LocalManageability,
                         testing::Values("laptop-qm67", "laptop-qm77", "laptop-cm236"));

TEST(LocalManageabilityElsewhere, ABoardWithoutAmtHasNone) {
  struct Board : LaterBoard {
    Board() : LaterBoard("desktop-h87", kMe9Forms) {}
    void TestBody() override {}
    bool has_lme() const { return clients.contains(kLme); }
  };
  EXPECT_FALSE(Board().has_lme());
}

}  // namespace
}  // namespace emulator::machine
