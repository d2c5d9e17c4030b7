// SPDX-License-Identifier: BSD-3-Clause
// The program meupdate, as a person starts it, against a swtpm process: an engine that is not ours.
#include <gtest/gtest.h>
#include <stdio.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "tests/integration/tpm_link/swtpm_process.h"
#include "updater/tpm/owner_commands.h"

namespace {

struct Ended {
  int exit = -1;
  std::string text;  ///< standard output and error
};

Ended meupdate(const std::string& arguments) {
  const std::string line = std::string(MEUPDATE_PROGRAM) + " " + arguments + " 2>&1 </dev/null";
  Ended ended;
  FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) return ended;
  char text[512];
  while (::fgets(text, sizeof(text), pipe) != nullptr) ended.text += text;
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) ended.exit = WEXITSTATUS(status);
  return ended;
}

/// A swtpm with an owner, who took it through our own client.
class MeupdateOnSwtpm : public testing::Test {
 protected:
  MeupdateOnSwtpm() {
    const auto transport = process_.connect(clock_);
    updater::tpm::Tpm12Link link(*transport, clock_);
    const auto secret = updater::tpm::OwnerSecret::from_passphrase("open sesame");
    EXPECT_TRUE(updater::tpm::create_endorsement_key(link));
    EXPECT_TRUE(updater::tpm::take_ownership(link, secret));
  }
  ~MeupdateOnSwtpm() override { std::filesystem::remove(secret_); }

  std::string file_with(const std::string& passphrase) {
    secret_ = process_.where() + ".secret";
    std::ofstream(secret_) << passphrase << "\n";
    return secret_;
  }
  std::string tpm() const { return "--tpm swtpm:" + process_.where(); }

  test::RealTime clock_;
  test::SwtpmProcess process_;
  std::string secret_;
};

TEST_F(MeupdateOnSwtpm, StatusShowsATpmWithoutAnyManagementEngine) {
  const Ended ended = meupdate("tpm status " + tpm());
  EXPECT_EQ(ended.exit, 0) << ended.text;
  EXPECT_NE(ended.text.find("vendor                  IBM"), std::string::npos) << ended.text;
  EXPECT_NE(ended.text.find("enabled, owned, active"), std::string::npos) << ended.text;
  EXPECT_NE(ended.text.find("0 of 5 wrong secrets counted"), std::string::npos) << ended.text;
  EXPECT_NE(ended.text.find("not through this TPM"), std::string::npos) << ended.text;
}

TEST_F(MeupdateOnSwtpm, CheckOwnerProvesTheRightPassphraseAndCountsTheWrongOne) {
  const std::string check = "tpm check-owner " + tpm() + " --owner-passphrase-file ";
  const Ended proven = meupdate(check + file_with("open sesame"));
  EXPECT_EQ(proven.exit, 0) << proven.text;
  const Ended wrong = meupdate(check + file_with("open barley"));
  EXPECT_EQ(wrong.exit, 25) << wrong.text;
  EXPECT_NE(wrong.text.find("Counted so far: 1; 4 more"), std::string::npos) << wrong.text;
}

TEST_F(MeupdateOnSwtpm, CheckOwnerStopsBeforeTheTryThatWouldLock) {
  const std::string check =
      "tpm check-owner " + tpm() + " --owner-passphrase-file " + file_with("wrong");
  for (int i = 0; i < 4; ++i) ASSERT_EQ(meupdate(check).exit, 25) << i;
  EXPECT_EQ(meupdate(check).exit, 29);
}

TEST_F(MeupdateOnSwtpm, ADeadSocketIsToldWithItsName) {
  process_.kill();
  const Ended ended = meupdate("tpm status " + tpm());
  EXPECT_EQ(ended.exit, 20);
  EXPECT_NE(ended.text.find(process_.where()), std::string::npos) << ended.text;
}

}  // namespace
