// SPDX-License-Identifier: BSD-3-Clause
// The iTPM in the hands of programs that are not ours: tpm-tools, through TrouSerS, at its socket.
#include <gtest/gtest.h>

#include "emulator/attach/swtpm/itpm_port.h"
#include "emulator/attach/swtpm/swtpm_server.h"
#include "tests/emulator/attach/wire.h"
#include "tests/emulator/tpm/rig.h"
#include "tests/integration/tpm_tools/tcsd_process.h"
#include "tests/temporary_folder.h"

namespace {

using emulator::attach::Pace;
using emulator::attach::ServingLoop;
using emulator::attach::swtpm::ItpmPort;
using emulator::attach::swtpm::SwtpmServer;
using emulator::tpm::Host;
using emulator::tpm::ReturnCode;
using emulator::tpm::Rig;
using test::ToolRun;

constexpr protocol::tpm::Secret kWellKnown{};

/// The TPM takes no time; the loop waits a little for the other programs.
class Patient final : public Pace {
 public:
  explicit Patient(emulator::sim::Scheduler& clock) : clock_(clock) {}
  void catch_up() override {
    while (clock_.run_next()) {
    }
  }
  std::optional<base::Duration> patience() override { return std::chrono::milliseconds(5); }
  void idle() override {}

 private:
  emulator::sim::Scheduler& clock_;
};

class TpmTools : public testing::Test {
 protected:
  TpmTools() { loop_.add(server_); }
  void SetUp() override {
    tcsd_.emplace(folder_.path(), folder_.file("tpm"));
    ASSERT_TRUE(tcsd_->start([this] { loop_.turn(); })) << tcsd_->log();
  }
  ToolRun run(std::vector<std::string> words) {
    return tcsd_->run(std::move(words), [this] { loop_.turn(); });
  }
  void expect_done(std::vector<std::string> words) {
    const ToolRun ended = run(words);
    EXPECT_EQ(ended.status, 0) << words[0] << ": " << ended.said;
  }

  emulator::tpm::TpmConfig config_ = emulator::tpm::fitted();
  Rig rig_{config_};
  tests::TemporaryFolder folder_;
  ItpmPort port_{rig_.tpm, config_};
  Patient time_{rig_.clock};
  SwtpmServer server_{test::listen_at(folder_.file("tpm")), port_};
  ServingLoop loop_{time_};
  std::optional<test::TcsdProcess> tcsd_;
};

TEST_F(TpmTools, TpmVersionShowsTheMaker) {
  const ToolRun version = run({"tpm_version"});
  EXPECT_EQ(version.status, 0) << version.said;
  EXPECT_NE(version.said.find("INTC"), std::string::npos) << version.said;
  const std::size_t line = version.said.find("TPM Version:");
  ASSERT_NE(line, std::string::npos) << version.said;
  EXPECT_NE(version.said.find("01010000", line), std::string::npos) << version.said;
}

TEST_F(TpmTools, TpmGetpubekShowsTheEndorsementKeyOfAnUnownedTpm) {
  const ToolRun key = run({"tpm_getpubek"});
  EXPECT_EQ(key.status, 0) << key.said;
  EXPECT_NE(key.said.find("Public Endorsement Key:"), std::string::npos) << key.said;
}

TEST_F(TpmTools, TpmTakeownershipMakesAnOwnerThatOurClientCanProve) {
  expect_done({"tpm_takeownership", "-y", "-z"});
  EXPECT_TRUE(rig_.tpm.status().owned);
  EXPECT_EQ(Host(rig_.tpm).prove_owner(kWellKnown), ReturnCode::success);
  EXPECT_EQ(Host(rig_.tpm).prove_owner(emulator::tpm::kWrong), ReturnCode::auth_fail);
  expect_done({"tpm_getpubek", "-z"});
}

TEST_F(TpmTools, TpmClearUndoesTheOwnershipThatOurClientTook) {
  ASSERT_EQ(Host(rig_.tpm).take_ownership(kWellKnown), ReturnCode::success);
  expect_done({"tpm_clear", "-z"});
  EXPECT_FALSE(rig_.tpm.status().owned);
}

TEST_F(TpmTools, AnOwnedTpmTakesNoSecondOwner) {
  expect_done({"tpm_takeownership", "-y", "-z"});
  EXPECT_NE(run({"tpm_takeownership", "-y", "-z"}).status, 0);
  expect_done({"tpm_selftest"});
  expect_done({"tpm_resetdalock", "-z"});
  expect_done({"tpm_clear", "-z"});
  EXPECT_FALSE(rig_.tpm.status().owned);
}

TEST_F(TpmTools, AnOwnersSecretThatIsNotTheirsIsRefused) {
  ASSERT_EQ(Host(rig_.tpm).take_ownership(emulator::tpm::kOwner), ReturnCode::success);
  EXPECT_NE(run({"tpm_clear", "-z"}).status, 0);
  EXPECT_TRUE(rig_.tpm.status().owned);
}

}  // namespace
