// SPDX-License-Identifier: BSD-3-Clause
// meupdate update on a scripted device: what it asks, what it writes, what it says, and how it
// exits.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>

#include "emulator/factory/update_image.h"
#include "tests/updater/cli/bench.h"
#include "tests/updater/inventory/scripted_tpm.h"
#include "tests/updater/update/scripted_me.h"

namespace {

using tests::holds;
using updater::cli::Exit;
using Json = nlohmann::json;

base::Bytes built_image(protocol::FirmwareVersion version, std::uint32_t sku) {
  return emulator::factory::build_update_image(
             {.version = version, .sku = sku, .size = emulator::factory::kSmallestImage})
      .value();
}

const base::Bytes& good_image() {
  static const base::Bytes image = built_image({5, 2, 70, 1046}, 2110);
  return image;
}

class UpdateCommand : public testing::Test {
 protected:
  UpdateCommand() { image = folder.write("new.bin", good_image()); }

  Exit update(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"update", image};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return updater::cli::run("meupdate", arguments, console, opener);
  }

  tests::TemporaryFolder folder;
  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  tests::LendingOpener opener{me.device, clock};
  tests::KeptConsole console;
  std::string image;
};

TEST_F(UpdateCommand, WritesWhatTheFileHoldsAndReportsTheNewVersion) {
  EXPECT_EQ(update({"-y"}), Exit::done);
  EXPECT_EQ(me.received, good_image());
  EXPECT_TRUE(holds(console.printed, "Updated: the device reports 5.2.70.1046"));
  EXPECT_EQ(opener.closed, 1);
}

TEST_F(UpdateCommand, ShowsThePlanBeforeItAsks) {
  console.has_terminal = true;
  console.says_yes = true;
  EXPECT_EQ(update(), Exit::done);
  EXPECT_TRUE(holds(console.printed, "5.0.1.1111 -> 5.2.70.1046"));
  EXPECT_FALSE(console.asked.empty());
}

TEST_F(UpdateCommand, WritesNothingOnBattery) {
  opener.power = updater::update::PowerSource::battery;
  EXPECT_EQ(update({"-y"}), Exit::refused);
  EXPECT_TRUE(holds(console.printed + console.complained, "battery"));
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, WritesNothingThatIsNotConfirmed) {
  console.has_terminal = true;
  EXPECT_EQ(update(), Exit::refused);
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, WritesNothingWithoutATerminalAndWithoutYes) {
  EXPECT_EQ(update(), Exit::refused);
  EXPECT_TRUE(me.received.empty());
  EXPECT_TRUE(console.asked.empty());
  EXPECT_TRUE(holds(console.printed, "-y"));
}

TEST_F(UpdateCommand, WritesNothingInADryRun) {
  EXPECT_EQ(update({"--dry-run", "-y"}), Exit::done);
  EXPECT_TRUE(me.received.empty());
  EXPECT_TRUE(holds(console.printed, "Plan"));
}

TEST_F(UpdateCommand, RefusesInADryRunWhatItWouldRefuse) {
  me.interfaces = 5;
  EXPECT_EQ(update({"--dry-run", "--via", "heci"}), Exit::refused);
}

TEST_F(UpdateCommand, SaysWhyItRefusesAndWhatToDo) {
  me.interfaces = 5;
  EXPECT_EQ(update({"-y", "--via", "heci"}), Exit::refused);
  EXPECT_TRUE(holds(console.complained, "error 8721"));
  EXPECT_TRUE(holds(console.complained, "Next step: "));
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, MissesTheTpmThatTheDeviceWantsTheUpdateThrough) {
  me.interfaces = 5;
  EXPECT_EQ(update({"-y"}), Exit::no_tpm);
  EXPECT_TRUE(holds(console.complained, "this computer has no TPM"));
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, LeavesTheTpmAloneForAnUpdateOverHeci) {
  tests::ScriptedTpm tpm;
  opener.tpm = &tpm;
  EXPECT_EQ(update({"-y"}), Exit::done);
  EXPECT_TRUE(tpm.sent.empty());
}

TEST_F(UpdateCommand, HasNothingToDoForTheVersionThatRuns) {
  me.version = {5, 2, 70, 1046};
  EXPECT_EQ(update({"-y"}), Exit::nothing_to_do);
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, WritesTheSameVersionAgainWhenTold) {
  me.version = {5, 2, 70, 1046};
  EXPECT_EQ(update({"-y", "--allow-same-version"}), Exit::done);
  EXPECT_EQ(me.received, good_image());
}

TEST_F(UpdateCommand, GoesBackOnlyWhenTold) {
  me.version = {5, 3, 0, 1};
  EXPECT_EQ(update({"-y"}), Exit::refused);
  EXPECT_EQ(update({"-y", "--allow-downgrade"}), Exit::done);
}

TEST_F(UpdateCommand, WritesNothingToARealDeviceThatTheImageIsNotMeantFor) {
  me.device.is_simulated = false;
  EXPECT_EQ(update({"-y", "--accept-undocumented-protocol"}), Exit::refused);
  EXPECT_TRUE(me.received.empty());
  EXPECT_TRUE(holds(console.complained, "development key"));
}

TEST_F(UpdateCommand, DoesNotOpenTheDeviceForAFileThatIsNoImage) {
  image = folder.write("text.bin", "this is no firmware at all");
  EXPECT_EQ(update({"-y"}), Exit::refused);
  EXPECT_EQ(opener.opened, 0);
  EXPECT_TRUE(holds(console.complained, "(error 8746). Nothing was written.\nNext step: Fetch"))
      << console.complained;
}

TEST_F(UpdateCommand, RefusesAnImageWithOneWrongByte) {
  base::Bytes spoilt = good_image();
  spoilt[spoilt.size() - 100] ^= 1;
  image = folder.write("spoilt.bin", spoilt);
  EXPECT_EQ(update({"-y"}), Exit::refused);
  EXPECT_TRUE(holds(console.complained, "error 8706"));
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, SaysWhichFileIsMissing) {
  image = folder.file("absent.bin");
  EXPECT_EQ(update(), Exit::usage);
  EXPECT_TRUE(holds(console.complained, "absent.bin"));
  EXPECT_EQ(opener.opened, 0);
}

TEST_F(UpdateCommand, ExitsWithNoDeviceWhereNoneOpens) {
  opener.error = base::Error{base::Errc::not_found, "no Management Engine was found"};
  EXPECT_EQ(update({"-y"}), Exit::no_device);
}

TEST_F(UpdateCommand, ExitsWithNoDeviceWhereItNeverAnswers) {
  me.gone_for_ever = true;
  EXPECT_EQ(update({"-y"}), Exit::no_device);
  EXPECT_EQ(opener.closed, 1);
}

TEST_F(UpdateCommand, FailsUnchangedWhereTheFirmwareSaysNo) {
  me.end_status = 8706;
  EXPECT_EQ(update({"-y"}), Exit::failed_unchanged);
  EXPECT_TRUE(holds(console.complained, "8706"));
}

TEST_F(UpdateCommand, FailsVerificationWhereTheOldVersionStillRuns) {
  me.fate = tests::Fate::old_code;
  EXPECT_EQ(update({"-y"}), Exit::verify_failed);
}

TEST_F(UpdateCommand, PrintsTheExactCommandThatContinues) {
  image = folder.write("with blank's.bin", good_image());
  me.link_breaks_at = 5000;
  EXPECT_EQ(update({"-y"}), Exit::interrupted_rerun);
  EXPECT_TRUE(holds(console.complained, "runs 5.0.1.1111"));
  EXPECT_TRUE(holds(console.complained,
                    "meupdate update '" + folder.file("with blank'\\''s.bin") + "' -y\n"))
      << console.complained;
}

TEST_F(UpdateCommand, PrintsTheProgramAsItWasStarted) {
  me.link_breaks_at = 5000;
  EXPECT_EQ(updater::cli::run("./live stick/meupdate", {"update", image, "-y"}, console, opener),
            Exit::interrupted_rerun);
  EXPECT_TRUE(
      holds(console.complained, "run:\n  './live stick/meupdate' update " + image + " -y\n"))
      << console.complained;
}

TEST_F(UpdateCommand, TellsTheCommandThatContinuesBeforeTheFirstWriteInEveryFormat) {
  for (const std::string format : {"text", "json", "fwupdlcl", "fwupdlcl-terse", "fwupdlcl-9"}) {
    me.version = {5, 0, 1, 1111};
    console.printed.clear();
    console.complained.clear();
    const std::string log = folder.file("log-" + format);
    EXPECT_EQ(update({"-y", "--format", format, "--log", log}), Exit::done);
    const std::string told = "run this when it is back:\n  meupdate update " + image + " -y";
    EXPECT_TRUE(holds(console.complained + console.printed, told)) << format;
    EXPECT_EQ(holds(console.printed, told), format == "text") << format;
    const std::string kept = folder.read("log-" + format);
    EXPECT_LT(kept.find("run this when it is back"), kept.find("FWU <- 86 bytes: 02000000"))
        << format;
  }
}

TEST_F(UpdateCommand, LeavesADeviceThatFailedToWriteItsPowerInTextAndJson) {
  me.fate = tests::Fate::old_code;
  me.status_after = 8718;
  EXPECT_EQ(update({"-y"}), Exit::verify_failed);
  EXPECT_TRUE(holds(console.complained, "Leave the machine's power on"));
  EXPECT_FALSE(holds(console.complained, "power away"));
  EXPECT_TRUE(holds(console.complained, "To continue, run:\n  meupdate update " + image));
  console.printed.clear();
  EXPECT_EQ(update({"-y", "--format", "json"}), Exit::verify_failed);
  const Json document = Json::parse(console.printed);
  EXPECT_EQ(document["result"]["code_suspect"], true);
  EXPECT_EQ(document["continue_with"], "meupdate update " + image + " -y --format json");
}

TEST_F(UpdateCommand, KnowsAnEarlierUpdatesFailureFromItsOwn) {
  me.last_status = 8707;
  me.link_breaks_at_end = true;
  me.end_is_lost = true;
  EXPECT_EQ(update({"-y"}), Exit::interrupted_rerun);
  EXPECT_TRUE(holds(console.complained, "it tells of no failure"));
}

TEST_F(UpdateCommand, TellsThatRecoveryIsNeeded) {
  me.fate = tests::Fate::recovery_code;
  EXPECT_EQ(update({"-y"}), Exit::interrupted_recovery);
  EXPECT_TRUE(holds(console.complained, "RECOVERY NEEDED"));
}

TEST_F(UpdateCommand, StopsWhenThePersonAsks) {
  console.stop_when = [&] { return me.received.size() > 10'000; };
  EXPECT_EQ(update({"-y"}), Exit::interrupted_rerun);
  EXPECT_LT(me.received.size(), 11'000u);
  EXPECT_TRUE(holds(console.complained, "stopped as asked"));
}

TEST_F(UpdateCommand, DoesNotBeginWhenThePersonAskedToStopBefore) {
  console.stop_when = [] { return true; };
  EXPECT_EQ(update({"-y"}), Exit::interrupted_rerun);
  EXPECT_TRUE(me.received.empty());
  EXPECT_TRUE(holds(console.printed,
                    "Nothing was written: stopped as asked.\nTo continue, run:\n"
                    "  meupdate update "));
}

TEST_F(UpdateCommand, DrawsABarOnATerminalOnly) {
  EXPECT_EQ(update({"-y"}), Exit::done);
  EXPECT_FALSE(holds(console.complained, "\r"));
  me.version = {5, 0, 1, 1111};
  console.has_terminal = true;
  EXPECT_EQ(update({"-y"}), Exit::done);
  EXPECT_TRUE(holds(console.complained, "\r[##############################] 100%"));
}

TEST_F(UpdateCommand, DrawsItsBarInOneLineOfATerminalHoweverNarrow) {
  console.has_terminal = true;
  for (const std::size_t columns : {80u, 60u, 40u, 10u, 1u}) {
    console.width = columns;
    console.complained.clear();
    me.version = {5, 0, 1, 1111};
    EXPECT_EQ(update({"-y"}), Exit::done);
    std::size_t bars = 0;
    std::istringstream drawn(console.complained.substr(console.complained.find('\r') + 1));
    for (std::string bar; std::getline(drawn, bar, '\r') && bar.find('\n') == std::string::npos;
         ++bars)
      EXPECT_LT(bar.size(), std::max<std::size_t>(columns, 8)) << bar;
    EXPECT_GT(bars, 100u) << columns;
    EXPECT_EQ(holds(console.complained, "[#"), columns >= 60) << columns;
    EXPECT_TRUE(holds(console.complained, "100%")) << columns;
  }
}

TEST_F(UpdateCommand, DrawsNoBarWhereALineCannotBeDrawnOver) {
  console.has_terminal = true;
  console.width = 0;
  EXPECT_EQ(update({"-y"}), Exit::done);
  EXPECT_FALSE(holds(console.complained, "\r"));
  EXPECT_TRUE(holds(console.complained, "Starting ...\nTransferring ...\n"));
}

TEST_F(UpdateCommand, WritesProgressLinesToTheDescriptor) {
  const std::string path = folder.write("progress", "");
  std::FILE* file = std::fopen(path.c_str(), "w");
  EXPECT_EQ(update({"-y", "--progress-fd", std::to_string(fileno(file))}), Exit::done);
  std::fclose(file);
  std::istringstream lines(folder.read("progress"));
  std::vector<Json> seen;
  for (std::string line; std::getline(lines, line);) seen.push_back(Json::parse(line));
  ASSERT_GT(seen.size(), 100u);
  EXPECT_EQ(seen.front()["phase"], "starting");
  EXPECT_EQ(seen[seen.size() - 2]["phase"], "done");
  EXPECT_EQ(seen.back()["outcome"], "updated");
  EXPECT_EQ(seen.back()["exit"], 0);
  for (std::size_t i = 2; i + 1 < seen.size(); ++i)
    EXPECT_GE(seen[i]["at_ms"], seen[i - 1]["at_ms"]);
}

TEST_F(UpdateCommand, RefusesAProgressDescriptorThatIsNotOpen) {
  EXPECT_EQ(update({"-y", "--progress-fd", "987"}), Exit::usage);
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, GoesOnWhenTheReaderOfItsProgressGoesAway) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  std::signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(update({"-y", "--progress-fd", std::to_string(ends[1])}), Exit::done);
  ::close(ends[1]);
}

TEST_F(UpdateCommand, GoesOnWhenTheReaderOfItsProgressDoesNotRead) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::fcntl(ends[1], F_SETPIPE_SZ, 4096), 4096);
  EXPECT_EQ(update({"-y", "--progress-fd", std::to_string(ends[1])}), Exit::done);
  std::string read(8192, ' ');
  read.resize(static_cast<std::size_t>(::read(ends[0], read.data(), read.size())));
  EXPECT_EQ(read.back(), '\n');
  std::istringstream lines(read);
  for (std::string line; std::getline(lines, line);) EXPECT_TRUE(Json::accept(line)) << line;
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(UpdateCommand, KeepsEverythingInTheLogAndThePasswordOutOfIt) {
  const std::string password = folder.write("password", "S3cret!x\n");
  EXPECT_EQ(
      update({"-y", "--password-file", password, "--log", folder.file("log"), "--format", "json"}),
      Exit::done);
  EXPECT_EQ(me.password, "S3cret!x");
  const std::string log = folder.read("log");
  EXPECT_TRUE(holds(log, "run meupdate update"));
  EXPECT_TRUE(holds(log, "FWU <- 4 bytes: 00000000"));
  EXPECT_TRUE(holds(log, "FWU <- 86 bytes: 02000000"));
  EXPECT_TRUE(holds(log, "\"phase\":\"committing\""));
  EXPECT_TRUE(holds(log, "exit 0"));
  EXPECT_FALSE(holds(log, "533363726574"));  // "S3cret" in hexadecimal
  EXPECT_FALSE(holds(log, "S3cret"));
}

TEST_F(UpdateCommand, LogBeginsWithTheDateWhereTimeIsReal) {
  update({"--log", folder.file("story")});
  EXPECT_TRUE(folder.read("story").starts_with("[           -] run meupdate"));
  console.today = "2026-11-28T13:05:00Z";
  update({"--log", folder.file("log")});
  EXPECT_TRUE(
      folder.read("log").starts_with("[           -] date 2026-11-28T13:05:00Z, meupdate "));
}

TEST_F(UpdateCommand, AppendsToTheLogOfTheFirstTry) {
  const std::string log = folder.write("log", "earlier\n");
  update({"--log", log});
  EXPECT_TRUE(holds(folder.read("log"), "earlier\n"));
}

TEST_F(UpdateCommand, RefusesALogThatCannotBeWritten) {
  EXPECT_EQ(update({"-y", "--log", folder.file("no/such/folder/log")}), Exit::usage);
  EXPECT_TRUE(me.received.empty());
}

TEST_F(UpdateCommand, TellsOfALogThatRanOutOfDiskAndUpdatesAllTheSame) {
  EXPECT_EQ(update({"-y", "--log", "/dev/full"}), Exit::done) << console.complained;
  EXPECT_TRUE(holds(console.complained, "the log /dev/full is not complete"));
  console.complained.clear();
  EXPECT_EQ(update({"-y", "--allow-same-version", "--log", folder.file("log")}), Exit::done);
  EXPECT_FALSE(holds(console.complained, "not complete"));
}

TEST_F(UpdateCommand, GivesItsJsonDocumentEvenWithoutItsLog) {
  EXPECT_EQ(update({"-y", "--format", "json", "--log", folder.file("no/such/folder/log")}),
            Exit::usage);
  const auto document = nlohmann::json::parse(console.printed);
  EXPECT_EQ(document["exit"], 2);
  EXPECT_TRUE(holds(document["error"]["reason"].get<std::string>(), "no/such/folder/log"));
}

TEST_F(UpdateCommand, RefusesAnEmptyPassword) {
  EXPECT_EQ(update({"-y", "--password-file", folder.write("password", "\n")}), Exit::usage);
  EXPECT_EQ(opener.opened, 0);
}

TEST_F(UpdateCommand, GivesOneJsonDocumentWhateverHappens) {
  EXPECT_EQ(update({"-y", "--format", "json"}), Exit::done);
  const Json done = Json::parse(console.printed);
  EXPECT_EQ(done["decision"], "update");
  EXPECT_EQ(done["result"]["outcome"], "updated");
  EXPECT_EQ(done["exit"], 0);

  console.printed.clear();
  console.complained.clear();
  me.interfaces = 5;
  me.version = {5, 0, 1, 1111};
  EXPECT_EQ(update({"-y", "--via", "heci", "--format", "json"}), Exit::refused);
  const Json refused = Json::parse(console.printed);
  EXPECT_EQ(refused["decision"], "refused");
  EXPECT_EQ(refused["refusal"]["id"], "through-tpm");
  EXPECT_EQ(refused["refusal"]["tool_error"], 8721);
  EXPECT_TRUE(console.complained.empty());
}

TEST_F(UpdateCommand, GivesAJsonDocumentForAFileThatIsMissing) {
  image = folder.file("absent.bin");
  EXPECT_EQ(update({"--format", "json"}), Exit::usage);
  EXPECT_EQ(Json::parse(console.printed)["error"]["code"], "not_found");
}

TEST_F(UpdateCommand, PrintsTheOldToolsErrorAndNeitherBannerNorCopyright) {
  me.interfaces = 5;
  EXPECT_EQ(update({"--via", "heci", "--format", "fwupdlcl"}), Exit::refused);
  EXPECT_TRUE(holds(console.printed,
                    "\nError (8721): Firmware update through TPM is enabled. Use -tpm switch\n"));
  EXPECT_FALSE(holds(console.printed, "Copyright"));
  EXPECT_FALSE(holds(console.printed, "Utility"));
}

TEST_F(UpdateCommand, SaysInTheOldToolsWayThatItUploads) {
  EXPECT_EQ(update({"-y", "--format", "fwupdlcl"}), Exit::done);
  EXPECT_TRUE(holds(console.printed, "FW image is uploading through HECI.\n"));
}

/// The lines of winraid 36175 up to the image's, and how later tools set an error's number apart.
TEST_F(UpdateCommand, SpeaksAsTheToolOfNineWhereItIsAskedTo) {
  EXPECT_EQ(update({"-y", "--format", "fwupdlcl-9"}), Exit::done);
  EXPECT_TRUE(console.printed.starts_with(
      "Communication Mode: MEI\nChecking firmware parameters...\nWarning: Do not exit the process "
      "or power off the machine before the firmware update process ends.\nSending the update image "
      "to FW for verification:  [ COMPLETE ]\n"))
      << console.printed;
  console.printed.clear();
  me.version = {5, 0, 1, 1111};
  me.interfaces = 5;
  EXPECT_EQ(update({"--via", "heci", "--format", "fwupdlcl-9"}), Exit::refused);
  EXPECT_TRUE(holds(console.printed, "\nError 8721: ")) << console.printed;
}

TEST_F(UpdateCommand, FailsWhenASimulatedMachineCannotBeKept) {
  opener.close_error =
      base::Error{base::Errc::io, "writing flash.bin.new: No space left on device"};
  EXPECT_EQ(update({"-y"}), Exit::failed_unchanged);
  EXPECT_TRUE(holds(console.complained, "No space left"));
}

}  // namespace
