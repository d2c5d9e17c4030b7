// SPDX-License-Identifier: BSD-3-Clause
// meupdate tpm status and check-owner on a scripted TPM: what they ask, what they say, how they
// exit, and what they keep to themselves.
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "protocol/tpm/field_upgrade.h"
#include "tests/updater/cli/bench.h"
#include "tests/updater/inventory/scripted_tpm.h"
#include "tests/updater/update/scripted_me.h"
#include "updater/cli/logged_tpm.h"

namespace {

using tests::holds;
using tests::ScriptedTpm;
using updater::cli::Exit;
using Json = nlohmann::json;
using namespace protocol::tpm;

class TpmCommand : public testing::Test {
 protected:
  TpmCommand() { opener.tpm = &tpm; }

  Exit run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "tpm");
    return updater::cli::run("meupdate", arguments, console, opener);
  }

  bool tried_a_secret() const {
    for (const base::Bytes& command : tpm.sent) {
      const Ordinal ordinal = decode_command(command)->ordinal;
      if (ordinal == Ordinal::oiap || ordinal == Ordinal::osap) return true;
    }
    return false;
  }

  tests::TemporaryFolder folder;
  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  tests::LendingOpener opener{me.device, clock};
  tests::KeptConsole console;
  ScriptedTpm tpm;
};

TEST_F(TpmCommand, StatusShowsWhatTheTpmTells) {
  EXPECT_EQ(run({"status"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "  vendor                  INTC\n"));
  EXPECT_TRUE(holds(console.printed, "  mode                    enabled, owned, inactive\n"));
  EXPECT_TRUE(holds(console.printed, "after 10 wrong secrets 240 s, times 2"));
  EXPECT_FALSE(tried_a_secret());
  EXPECT_EQ(opener.closed, 1);
}

TEST_F(TpmCommand, StatusInJsonHasTheTpmsValues) {
  EXPECT_EQ(run({"status", "--format", "json"}), Exit::done);
  const Json json = Json::parse(console.printed);
  EXPECT_EQ(json["schema"], "meupdate-tpm-status-1");
  EXPECT_EQ(json["tpm"]["vendor"], "INTC");
  EXPECT_EQ(json["tpm"]["version"]["build"], 1111);
  EXPECT_EQ(json["tpm"]["this_boot"]["active"], false);
  EXPECT_EQ(json["tpm"]["lockout_rule"]["fade_out_seconds"], 3600);
  EXPECT_TRUE(json["gaps"].empty());
}

TEST_F(TpmCommand, StatusWithoutATpmSaysWhyThereIsNone) {
  opener.tpm = base::Error{base::Errc::not_found, "this computer has no TPM"};
  EXPECT_EQ(run({"status"}), Exit::no_tpm);
  EXPECT_TRUE(holds(console.complained, "this computer has no TPM"));
  EXPECT_EQ(run({"status", "--format", "json"}), Exit::no_tpm);
  EXPECT_EQ(Json::parse(console.printed)["error"]["code"], "not_found");
}

TEST_F(TpmCommand, StatusOfATpmThatNeverAnswersEndsAndLetsGo) {
  tpm.dead = base::Error{base::Errc::timeout, "no answer in time"};
  EXPECT_EQ(run({"status"}), Exit::no_tpm);
  EXPECT_TRUE(holds(console.complained, "no answer in time"));
  EXPECT_EQ(opener.closed, 1);
}

TEST_F(TpmCommand, StatusShowsAFailedSelfTestAndWhatIsNotKnownThen) {
  tpm.refuse(Ordinal::get_capability, ReturnCode::failed_self_test);
  EXPECT_EQ(run({"status"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "SELF-TEST FAILED"));
  EXPECT_TRUE(holds(console.printed, "Not known\n  tpm.vendor"));
}

TEST_F(TpmCommand, AnUnownedTpmHasNoSecretToProve) {
  tpm.owned = false;
  EXPECT_EQ(run({"check-owner"}), Exit::refused);
  EXPECT_TRUE(holds(console.complained, "no owner"));
  EXPECT_EQ(run({"check-owner", "--format", "json"}), Exit::refused);
  EXPECT_EQ(Json::parse(console.printed)["verdict"], "not_owned");
}

TEST_F(TpmCommand, ALockedTpmIsNotTriedAndTheTimeIsTold) {
  tpm.lockout.active = true;
  tpm.lockout.current_count = 10;
  tpm.lockout.action_depend_value = 192;
  EXPECT_EQ(run({"check-owner", "--owner-well-known"}), Exit::tpm_locked_out);
  EXPECT_TRUE(holds(console.complained, "3 min 12 s"));
  EXPECT_FALSE(tried_a_secret());
}

TEST_F(TpmCommand, TheLastTryNeedsAWord) {
  tpm.lockout.current_count = 9;
  EXPECT_EQ(run({"check-owner", "--owner-well-known"}), Exit::last_try);
  EXPECT_TRUE(holds(console.complained, "may lock the TPM"));
  EXPECT_FALSE(tried_a_secret());
  console.has_terminal = true;
  EXPECT_EQ(run({"check-owner", "--owner-well-known"}), Exit::last_try);
  EXPECT_TRUE(holds(console.asked, "Try it?"));
  EXPECT_FALSE(tried_a_secret());
}

TEST_F(TpmCommand, TheLastTryIsUsedWhenThePersonSaysSo) {
  tpm.lockout.current_count = 9;
  tpm.refuse(Ordinal::oiap, ReturnCode::auth_fail);
  EXPECT_EQ(run({"check-owner", "--owner-well-known", "-y"}), Exit::owner_secret_wrong);
  EXPECT_TRUE(tried_a_secret());
  tpm.sent.clear();
  console.has_terminal = true;
  console.says_yes = true;
  EXPECT_EQ(run({"check-owner", "--owner-well-known"}), Exit::owner_secret_wrong);
  EXPECT_TRUE(tried_a_secret());
}

TEST_F(TpmCommand, WithoutASecretAndWithoutATerminalNothingIsTried) {
  EXPECT_EQ(run({"check-owner"}), Exit::owner_secret_needed);
  EXPECT_TRUE(holds(console.complained, "--owner-passphrase-file"));
  EXPECT_FALSE(tried_a_secret());
}

TEST_F(TpmCommand, APersonIsAskedForThePassphrase) {
  console.has_terminal = true;
  console.types_secret = "owner";
  tpm.refuse(Ordinal::oiap, ReturnCode::auth_fail);
  EXPECT_EQ(run({"check-owner"}), Exit::owner_secret_wrong);
  EXPECT_TRUE(holds(console.asked, "passphrase"));
  EXPECT_TRUE(tried_a_secret());
}

TEST_F(TpmCommand, APersonWhoTypesNothingHasGivenNoSecret) {
  console.has_terminal = true;
  EXPECT_EQ(run({"check-owner"}), Exit::owner_secret_needed);
  EXPECT_FALSE(tried_a_secret());
}

TEST_F(TpmCommand, ASecretThatCannotBeReadIsWrongUsageBeforeTheTpmIsOpened) {
  const std::string nineteen = folder.write("secret", std::string(19, 'x'));
  EXPECT_EQ(run({"check-owner", "--owner-secret-file", nineteen}), Exit::usage);
  EXPECT_TRUE(holds(console.complained, "exactly 20 bytes"));
  EXPECT_EQ(run({"check-owner", "--owner-passphrase-file", folder.file("absent")}), Exit::usage);
  const std::string latin = folder.write("latin", "gr\xfc\xdf\n");
  EXPECT_EQ(run({"check-owner", "--owner-passphrase-file", latin, "--owner-encoding", "utf-16le"}),
            Exit::usage);
  EXPECT_EQ(opener.opened, 0);
}

TEST_F(TpmCommand, TwoSecretsAreOneTooMany) {
  const std::string file = folder.write("secret", "owner\n");
  EXPECT_EQ(run({"check-owner", "--owner-well-known", "--owner-passphrase-file", file}),
            Exit::usage);
  EXPECT_EQ(run({"check-owner", "--owner-secret-file", file, "--owner-passphrase-file", file}),
            Exit::usage);
  EXPECT_EQ(run({"check-owner", "--owner-encoding", "ebcdic"}), Exit::usage);
  EXPECT_EQ(run({}), Exit::usage);
}

TEST_F(TpmCommand, AFailedSelfTestHasAnExitStatusOfItsOwn) {
  tpm.refuse(Ordinal::get_capability, ReturnCode::failed_self_test);
  EXPECT_EQ(run({"check-owner", "--owner-well-known"}), Exit::tpm_self_test_failed);
}

// A TPM that answers OIAP lets the command get as far as its HMAC.
TEST_F(TpmCommand, TheLogHasEveryMessageAndNothingMadeWithTheSecret) {
  tpm.handlers[Ordinal::oiap] = [](base::ByteView) -> ScriptedTpm::Answer {
    return to_bytes(Response{.body = base::Bytes(24, 0x5A)});
  };
  tpm.refuse(Ordinal::owner_set_disable, ReturnCode::auth_fail);
  const std::string secret = folder.write("secret", "open sesame\n");
  EXPECT_EQ(run({"check-owner", "--owner-passphrase-file", secret, "--log", folder.file("log")}),
            Exit::owner_secret_wrong);
  const std::string log = folder.read("log");
  EXPECT_TRUE(holds(log, "tpm <- OIAP 10 bytes: 00c10000000a0000000a"));
  EXPECT_TRUE(holds(log, "tpm -> TPM_AUTHFAIL"));
  EXPECT_TRUE(holds(log, "exit 25"));
  const base::Bytes& command = tpm.sent.at(tpm.sent.size() - 3);
  ASSERT_EQ(decode_command(command)->ordinal, Ordinal::owner_set_disable);
  const std::string hmac = base::to_hex(base::ByteView(command).last(20));
  EXPECT_FALSE(holds(log, hmac));
  EXPECT_TRUE(holds(log, base::to_hex(base::ByteView(command).first(command.size() - 20)) +
                             std::string(40, '0')));
  EXPECT_FALSE(holds(log, "open sesame"));
}

TEST(LoggedTpm, CutsImageDataAndThePasswordOfAnUpdate) {
  tests::TemporaryFolder folder;
  auto log = updater::cli::LogFile::open(folder.file("log")).value();
  ScriptedTpm tpm;
  updater::cli::LoggedTpm logged(tpm, *log);
  const base::Bytes start = to_bytes(UpgradeStart{.image_length = 4, .password = "S3cret!x"});
  (void)logged.transmit(upgrade_command(UpgradeCommand::start, start), {});
  (void)logged.transmit(upgrade_command(UpgradeCommand::data, base::Bytes(500, 0x77)), {});
  const std::string text = folder.read("log");
  EXPECT_FALSE(holds(text, base::to_hex(base::as_bytes("S3cret"))));
  EXPECT_TRUE(holds(text, "FieldUpgrade 514 bytes: "));
  EXPECT_FALSE(holds(text, std::string(33 * 2, '7')));
  EXPECT_EQ(tpm.sent.size(), 2u);
  EXPECT_EQ(tpm.sent[1].size(), 514u) << "only the log is cut";
}

}  // namespace
