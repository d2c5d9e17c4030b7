// SPDX-License-Identifier: BSD-3-Clause
// meupdate tpm on whole simulated machines: an owner's secret proved through the registers, the TPM
// kept between commands.
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "tests/integration/meupdate/whole_program.h"

namespace {

using tests::holds;
using updater::cli::Exit;
using Json = nlohmann::json;

class SimulatedTpm : public tests::WholeProgram {
 protected:
  Exit run(std::vector<std::string> arguments, const std::vector<std::string>& more = {}) {
    arguments.insert(arguments.begin(), "tpm");
    arguments.insert(arguments.end(), more.begin(), more.end());
    return WholeProgram::run(arguments);
  }

  /// The Esprimo with an owner who knows the passphrase "owner".
  std::vector<std::string> check(const std::vector<std::string>& secret) const {
    std::vector<std::string> all = {"check-owner", "--device", "sim:esprimo-e5730-windows", "--set",
                                    "tpm.state.owner_secret=\"passphrase\""};
    all.insert(all.end(), secret.begin(), secret.end());
    return all;
  }

  std::string right = folder.write("right", "owner\n");
  std::string wrong = folder.write("wrong", "Owner\n");
};

TEST_F(SimulatedTpm, ItsOwnersPassphraseIsProven) {
  EXPECT_EQ(run(check({"--owner-passphrase-file", right})), Exit::done) << console.complained;
  EXPECT_TRUE(holds(console.printed, "Proven"));
}

TEST_F(SimulatedTpm, ThePassphrasesHashIsAsGood) {
  // SHA-1 of "owner", as sha1sum tells it.
  const auto hash = base::from_hex("579233b2c479241523cba5e3af55d0f50f2d6414").value();
  EXPECT_EQ(run(check({"--owner-secret-file", folder.write("hash", hash)})), Exit::done)
      << console.complained;
}

TEST_F(SimulatedTpm, ThePassphraseIsAnotherInUtf16) {
  EXPECT_EQ(run(check({"--owner-passphrase-file", right, "--owner-encoding", "utf-16le"})),
            Exit::owner_secret_wrong);
}

TEST_F(SimulatedTpm, TheWellKnownSecretIsProvenWhereTheOwnerHasIt) {
  EXPECT_EQ(run({"check-owner", "--device", "sim:esprimo-e5730-windows", "--set",
                 "tpm.state.owner_secret=\"well_known\"", "--owner-well-known"}),
            Exit::done);
}

TEST_F(SimulatedTpm, AnInactiveOneProvesItsOwnerToo) {
  EXPECT_EQ(run(check({"--owner-passphrase-file", right, "--set", "tpm.state.active=false"})),
            Exit::done);
}

TEST_F(SimulatedTpm, WrongSecretsAreCountedOverPowerCyclesUntilTheLastIsSpared) {
  const std::vector<std::string> board = {"--state", folder.file("board")};
  for (int i = 0; i < 9; ++i) {
    ASSERT_EQ(run(check({"--owner-passphrase-file", wrong}), board), Exit::owner_secret_wrong) << i;
  }
  EXPECT_TRUE(holds(console.complained, "Counted so far: 9; 1 more start a lockout."));
  EXPECT_EQ(run(check({"--owner-passphrase-file", wrong}), board), Exit::last_try);
  EXPECT_EQ(run(check({"--owner-passphrase-file", wrong, "-y"}), board), Exit::owner_secret_wrong);
  EXPECT_EQ(run(check({"--owner-passphrase-file", right}), board), Exit::tpm_locked_out);
  EXPECT_TRUE(holds(console.complained, "for another 4 min 00 s") ||
              holds(console.complained, "for another 3 min 59 s"))
      << console.complained;
  EXPECT_EQ(run({"status", "--device", "sim:esprimo-e5730-windows", "--format", "json"}, board),
            Exit::done);
  EXPECT_EQ(Json::parse(console.printed)["tpm"]["lockout"]["active"], true);
}

TEST_F(SimulatedTpm, TheDesktopHasNone) {
  EXPECT_EQ(run({"status", "--device", "sim:desktop-q35"}), Exit::no_tpm);
}

TEST_F(SimulatedTpm, AFailedSelfTestIsShownAndRefused) {
  const std::vector<std::string> failed = {"--set", "tpm.state.self_test=\"failed\""};
  EXPECT_EQ(run({"status", "--device", "sim:esprimo-e5730"}, failed), Exit::done);
  EXPECT_TRUE(holds(console.printed, "SELF-TEST FAILED"));
  EXPECT_TRUE(holds(console.printed, "INTC"));
  EXPECT_EQ(run(check({"--owner-passphrase-file", right}), failed), Exit::tpm_self_test_failed);
}

}  // namespace
