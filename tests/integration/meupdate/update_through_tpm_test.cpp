// SPDX-License-Identifier: BSD-3-Clause
// meupdate update through the TPM of whole simulated machines: the owners' logs, an update that an
// owner authorises, and each condition of the TPM with its own exit status.
#include <nlohmann/json.hpp>

#include "emulator/factory/update_image.h"
#include "emulator/machine/profile.h"
#include "tests/integration/meupdate/whole_program.h"
#include "tests/updater/report/field_log.h"

namespace {

using tests::holds;
using tests::kEsprimo;
using updater::cli::Exit;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

class UpdateThroughTheTpm : public tests::WholeProgram {
 protected:
  /// A small image for a board with a small code partition: what a TPM does is the same.
  std::string image_for(const std::string& machine, protocol::FirmwareVersion version) {
    const auto profile = emulator::machine::load_profile(machine).value();
    return folder.write(
        "new.bin", emulator::factory::build_update_image(
                       {.version = version, .sku = profile.firmware.identity.sku, .size = 0x10000})
                       .value());
  }

  /// The Esprimo with an active TPM whose owner is known, and `more`.
  Words update(const Words& more = {}) {
    Words all = {"update",   image_for("esprimo-e5730", {5, 2, 70, 1046}),
                 "--device", kEsprimo,
                 "--set",    "tpm.state.owner_secret=passphrase",
                 "--set",    "tpm.state.active=true"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Words owner() { return {"--owner-passphrase-file", folder.write("owner", "owner\n")}; }
  Words as_owner(Words more) {
    for (const std::string& word : owner()) more.push_back(word);
    return update(more);
  }
};

TEST_F(UpdateThroughTheTpm, TheOwnersPassphraseUpdatesTheBoard) {
  const std::string board = folder.file("board");
  EXPECT_EQ(run(as_owner({"--state", board, "-y"})), Exit::done) << console.complained;
  EXPECT_TRUE(holds(console.printed, "authorised by its owner"));
  EXPECT_TRUE(holds(console.printed, "Updated: the device reports 5.2.70.1046"));
  EXPECT_EQ(run({"info", "--device", kEsprimo, "--state", board, "--format", "json"}), Exit::done);
  const Json after = Json::parse(console.printed);
  EXPECT_EQ(after["version"]["code"], "5.2.70.1046");
  EXPECT_EQ(after["tpm"]["owned"], true);
  EXPECT_EQ(after["tpm"]["this_boot"]["active"], true) << "the board was switched off and on";
  EXPECT_EQ(after["tpm"]["version"]["spec"], "1.2.5.2");
  EXPECT_EQ(after["info"]["reset_reason"], "power up");
}

TEST_F(UpdateThroughTheTpm, TheOwnerIsStillTheOwnerAfterwards) {
  const std::string board = folder.file("board");
  ASSERT_EQ(run(as_owner({"--state", board, "-y"})), Exit::done) << console.complained;
  Words check = {"tpm", "check-owner", "--device", kEsprimo, "--state", board};
  for (const std::string& word : owner()) check.push_back(word);
  EXPECT_EQ(run(check), Exit::done) << console.complained;
}

TEST_F(UpdateThroughTheTpm, TheDosLogComesOutAndGoesOnToItsOutcome) {
  EXPECT_EQ(run(as_owner({"--format", "fwupdlcl", "-y"})), Exit::done) << console.printed;
  EXPECT_EQ(console.printed,
            tests::field_log("esprimo-e5730/fwupdlcl-dos.txt") + "FW update is complete.\n");
}

TEST_F(UpdateThroughTheTpm, TheThinkpadsLogComesOut) {
  const std::string image = image_for("thinkpad-t400", {4, 2, 50, 1053});
  EXPECT_EQ(
      run({"update", image, "--device", "sim:thinkpad-t400", "--format", "fwupdlcl-terse", "-y"}),
      Exit::owner_secret_needed);
  EXPECT_EQ(console.printed,
            "Trying to connect to MEI driver.\nCommunication Mode: TPM\n"
            "Error (8729): TPM in owned state, owner password is required\n");
  EXPECT_TRUE(holds(tests::field_log("thinkpad-t400/fwupdlcl-windows.txt"), console.printed));
}

TEST_F(UpdateThroughTheTpm, AnUnownedTpmThatTheBiosOpenedIsUpdatedWithoutASecret) {
  EXPECT_EQ(run(update({"--set", "tpm.state.ownership=unowned", "--set", "tpm.upgrade.unowned=open",
                        "-y"})),
            Exit::done)
      << console.complained;
  EXPECT_TRUE(holds(console.printed, "which has no owner"));
}

TEST_F(UpdateThroughTheTpm, APersonAtTheTerminalIsAskedForTheSecret) {
  console.has_terminal = true;
  console.says_yes = true;
  console.types_secret = "owner";
  EXPECT_EQ(run(update()), Exit::done) << console.complained;
  EXPECT_TRUE(holds(console.asked, "TPM owner's passphrase"));
}

TEST_F(UpdateThroughTheTpm, ADryRunTriesTheSecretAndWritesNothing) {
  EXPECT_EQ(run(as_owner({"--dry-run"})), Exit::done) << console.complained;
  EXPECT_TRUE(holds(console.printed, "Dry run: nothing was written."));
  EXPECT_EQ(run(update({"--dry-run", "--owner-well-known"})), Exit::owner_secret_wrong);
}

TEST_F(UpdateThroughTheTpm, AStopInMidTransferLeavesTheOldFirmwareAndTheSameCommandGoesOn) {
  const std::string board = folder.file("board");
  int asked = 0;
  console.stop_when = [&] { return ++asked > 20; };
  EXPECT_EQ(run(as_owner({"--state", board, "-y"})), Exit::interrupted_rerun);
  EXPECT_TRUE(
      holds(console.complained, "The device is at rest and runs 5.0.1.1111. Nothing was changed."))
      << console.complained;
  EXPECT_TRUE(holds(console.complained, "To continue, run:\n  meupdate update"));
  console.stop_when = [] { return false; };
  EXPECT_EQ(run(as_owner({"--state", board, "-y"})), Exit::done) << console.complained;
}

TEST_F(UpdateThroughTheTpm, TheCommandToGoOnWithSaysThatTheSecretIsTheWellKnownOne) {
  int asked = 0;
  console.stop_when = [&] { return ++asked > 20; };
  const Words stopped = {"update",
                         image_for("esprimo-e5730", {5, 2, 70, 1046}),
                         "--device",
                         kEsprimo,
                         "--set",
                         "tpm.state.owner_secret=well_known",
                         "--set",
                         "tpm.state.active=true",
                         "--owner-well-known",
                         "-y"};
  EXPECT_EQ(run(stopped), Exit::interrupted_rerun) << console.complained;
  const std::string& said = console.complained;
  const std::size_t again = said.find("To continue, run:\n");
  ASSERT_NE(again, std::string::npos) << said;
  EXPECT_TRUE(holds(said.substr(again), " --owner-well-known")) << said;
}

TEST_F(UpdateThroughTheTpm, TheLogHasTheWholeUpdateAndNoSecret) {
  EXPECT_EQ(run(as_owner({"--log", folder.file("log"), "-y"})), Exit::done);
  const std::string log = folder.read("log");
  EXPECT_TRUE(holds(log, "tpm <- OIAP"));
  EXPECT_TRUE(holds(log, "tpm <- FieldUpgrade"));
  EXPECT_TRUE(holds(log, "\"via\":\"tpm\""));
  EXPECT_FALSE(holds(log, "579233b2c479241523cba5e3af55d0f50f2d6414"));  // SHA-1 of "owner"
}

struct Condition {
  const char* name;
  Words set;
  bool with_secret;
  Exit exit;
  const char* id;
};

class TpmCondition : public UpdateThroughTheTpm, public testing::WithParamInterface<Condition> {};

TEST_P(TpmCondition, HasItsOwnExitStatusAndMessageAndWritesNothing) {
  const Condition& condition = GetParam();
  Words words = {"--format", "json", "-y"};
  for (const std::string& each : condition.set) {
    words.push_back("--set");
    words.push_back(each);
  }
  EXPECT_EQ(run(condition.with_secret ? as_owner(words) : update(words)), condition.exit);
  const Json document = Json::parse(console.printed);
  EXPECT_EQ(document["refusal"]["id"], condition.id);
  EXPECT_FALSE(document["refusal"]["next_step"].get<std::string>().empty());
  EXPECT_EQ(document["exit"], static_cast<int>(condition.exit));
  EXPECT_FALSE(document.contains("result"));
}

INSTANTIATE_TEST_SUITE_P(
    EachOne, TpmCondition,
    testing::Values(
        Condition{"NoTpm", {"tpm.fitted=false"}, true, Exit::no_tpm, "no-tpm"},
        Condition{"Foreign", {"tpm.vendor=\"IFX \""}, true, Exit::tpm_not_offered, "tpm-foreign"},
        Condition{
            "Disabled", {"tpm.state.enabled=false"}, true, Exit::tpm_disabled, "tpm-disabled"},
        Condition{"Inactive", {"tpm.state.active=false"}, true, Exit::tpm_inactive, "tpm-inactive"},
        Condition{"HiddenByTheBios",
                  {"tpm.state.temporarily_deactivated=true"},
                  true,
                  Exit::tpm_inactive,
                  "tpm-inactive"},
        Condition{"OwnedWithoutASecret", {}, false, Exit::owner_secret_needed, "tpm-owned"},
        Condition{"OwnedAndDisabledWithoutASecret",
                  {"tpm.state.enabled=false"},
                  false,
                  Exit::owner_secret_needed,
                  "tpm-owned"},
        Condition{"WrongSecret",
                  {"tpm.state.owner_secret=unknown"},
                  true,
                  Exit::owner_secret_wrong,
                  "tpm-owner-wrong"},
        Condition{"LockedOut",
                  {"tpm.state.failed_attempts=10"},
                  true,
                  Exit::tpm_locked_out,
                  "tpm-locked-out"},
        Condition{"PresenceLocked",
                  {"tpm.state.ownership=unowned"},
                  false,
                  Exit::presence_needed,
                  "tpm-presence-locked"},
        Condition{"PresenceNeeded",
                  {"tpm.state.ownership=unowned", "tpm.presence.bios_locks=false"},
                  false,
                  Exit::presence_needed,
                  "tpm-presence-needed"},
        Condition{"SelfTestFailed",
                  {"tpm.state.self_test=failed"},
                  true,
                  Exit::tpm_self_test_failed,
                  "tpm-self-test-failed"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(UpdateThroughTheTpm, TheLastTryIsNotUsedUnasked) {
  const Words nine = as_owner({"--set", "tpm.state.failed_attempts=9", "--dry-run"});
  EXPECT_EQ(run(nine), Exit::last_try);
  Words agreed = nine;
  agreed.push_back("-y");
  EXPECT_EQ(run(agreed), Exit::done) << console.complained;
}

}  // namespace
