// SPDX-License-Identifier: BSD-3-Clause
// meupdate update before a TPM: what is sent to it before anybody has agreed to anything. A TPM
// that is not known to be the board's, or may be real, hears TPM_GetCapability and nothing else.
#include <nlohmann/json.hpp>
#include <set>

#include "emulator/factory/update_image.h"
#include "protocol/tpm/field_upgrade.h"
#include "tests/updater/cli/bench.h"
#include "tests/updater/inventory/scripted_tpm.h"
#include "tests/updater/update/scripted_me.h"

namespace {

using protocol::BoardId;
using protocol::tpm::Ordinal;
using tests::holds;
using updater::cli::Exit;
using updater::update::Nature;
using updater::update::Place;
using Json = nlohmann::json;

const BoardId kOne{{0x10, 1}};
const BoardId kOther{{0x20, 2}};

class UpdateTargets : public testing::Test {
 protected:
  UpdateTargets() {
    me.interfaces = 5;
    opener.tpm = &tpm;
    tpm.this_boot.deactivated = tpm.permanent.deactivated = false;
    // The command's answer: layout 1, unowned updates allowed.
    tpm.owned = false;
    tpm.handlers[Ordinal::field_upgrade] = [](base::ByteView) {
      return tests::ScriptedTpm::Answer(to_bytes(protocol::tpm::Response{
          .body = to_bytes(protocol::tpm::UpgradeInformation{.unowned_allowed = true})}));
    };
    image = folder.write(
        "new.bin",
        emulator::factory::build_update_image(
            {.version = {5, 2, 70, 1046}, .sku = 2110, .size = emulator::factory::kSmallestImage})
            .value());
  }

  Exit update(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"update", image};
    arguments.insert(arguments.end(), more.begin(), more.end());
    console.printed.clear();
    return updater::cli::run("meupdate", arguments, console, opener);
  }
  Json document(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--format", "json"});
    update(more);
    return Json::parse(console.printed);
  }

  /// The TPM answers the question for its board as the TPM of a served one does.
  void tells(const BoardId& board) {
    using namespace protocol::tpm;
    tpm.handlers[Ordinal::get_capability] = [this, board](base::ByteView command) {
      const auto asked = decode_capability_request(command).value();
      const bool about_board = asked.area == CapArea::mfr && number_of(asked) == kCapMfrBoardId;
      if (!about_board) return plain.transmit(command, {});
      return tests::ScriptedTpm::Answer(capability_response(to_bytes(BoardRecord{board})));
    };
    plain.owned = false;
    plain.this_boot.deactivated = plain.permanent.deactivated = false;
  }

  std::set<Ordinal> ordinals() const {
    std::set<Ordinal> seen;
    for (const base::Bytes& frame : tpm.sent)
      seen.insert(protocol::tpm::decode_command(frame)->ordinal);
    return seen;
  }
  bool was_asked_for_its_board() const {
    for (const base::Bytes& frame : tpm.sent) {
      const auto asked = protocol::tpm::decode_capability_request(frame);
      if (asked && asked->area == protocol::tpm::CapArea::mfr) return true;
    }
    return false;
  }

  tests::TemporaryFolder folder;
  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  tests::ScriptedTpm tpm;
  tests::ScriptedTpm plain;  ///< the rest of a TPM that tells its board
  tests::LendingOpener opener{me.device, clock};
  tests::KeptConsole console;
  std::string image;
};

const std::set<Ordinal> kOnlyCapabilities = {Ordinal::get_capability};

TEST_F(UpdateTargets, TheTpmOfTheSameSimIsPlannedFor) {
  const Json plan = document({"--dry-run"})["plan"];
  EXPECT_EQ(plan["targets"]["one_board"], "one-sim");
  ASSERT_EQ(plan["targets"]["written_to"].size(), 2u);
  EXPECT_EQ(plan["targets"]["written_to"][0]["role"], "tpm") << "what is written to comes first";
  EXPECT_EQ(plan["targets"]["written_to"][0]["simulated"], true);
  EXPECT_EQ(plan["targets"]["written_to"][1]["role"], "me");
  EXPECT_TRUE(ordinals().contains(Ordinal::field_upgrade)) << "or the tests below prove nothing";
}

TEST_F(UpdateTargets, ThePlanShowsBothAndHowTheyAreOneBoard) {
  tpm.tpm_name = "sim:other-name";
  EXPECT_EQ(update({"--dry-run"}), Exit::done) << console.complained;
  EXPECT_TRUE(holds(console.printed, "TPM           sim:other-name (simulated)\n"));
  EXPECT_TRUE(holds(console.printed, "one board     both are inside one simulated machine\n"));
}

TEST_F(UpdateTargets, AnotherSystemsTpmHearsNothingButCapabilities) {
  for (const Place place : {Place::elsewhere, Place::this_system, Place::served}) {
    for (const bool accepted : {false, true}) {
      opener.tpm_place = place;
      opener.tpm_nature = Nature::may_be_real;
      std::vector<std::string> words = {"-y"};
      if (accepted) words.emplace_back("--accept-undocumented-protocol");
      const Json told = document(words);
      EXPECT_EQ(told["refusal"]["id"], "tpm-of-another-board");
      EXPECT_EQ(told["exit"], 21);
      EXPECT_EQ(ordinals(), kOnlyCapabilities);
    }
  }
}

TEST_F(UpdateTargets, ARealTpmOfThisSystemHearsOfAnUpdateOnlyWhenToldTo) {
  me.device.is_simulated = false;
  opener.place = opener.tpm_place = Place::this_system;
  EXPECT_EQ(document({"-y"})["refusal"]["id"], "development-key");
  EXPECT_EQ(ordinals(), kOnlyCapabilities);
  EXPECT_EQ(document({"-y", "--accept-undocumented-protocol"})["refusal"]["id"], "development-key");
  EXPECT_TRUE(ordinals().contains(Ordinal::field_upgrade)) << "information, as it was told to";
}

// The ME alone is simulated: the TPM is still asked by nothing but capabilities.
TEST_F(UpdateTargets, ARealTpmBesideASimulatedMeHearsNothingButCapabilities) {
  opener.place = opener.tpm_place = Place::this_system;
  opener.tpm_nature = Nature::may_be_real;
  EXPECT_EQ(document({"-y"})["refusal"]["id"], "development-key");
  EXPECT_TRUE(holds(console.printed, "the TPM /dev/tpm0 is not known to be simulated"));
  EXPECT_EQ(ordinals(), kOnlyCapabilities);
}

TEST_F(UpdateTargets, AnotherMakersTpmHearsNothingButCapabilities) {
  tpm.vendor = {'I', 'F', 'X', 0};
  EXPECT_EQ(document({"-y"})["refusal"]["id"], "tpm-foreign");
  EXPECT_EQ(ordinals(), kOnlyCapabilities);
}

TEST_F(UpdateTargets, TwoSocketsOfOneServeAreKnownByTheirBoard) {
  opener.place = opener.tpm_place = Place::served;
  opener.tpm_nature = Nature::may_be_real;
  opener.board = kOne;
  tells(kOne);
  const Json plan = document({"--dry-run"})["plan"];
  EXPECT_EQ(plan["targets"]["one_board"], "one-served");
  EXPECT_EQ(plan["targets"]["written_to"][0]["simulated"], true) << "its board says so";
  EXPECT_EQ(plan["targets"]["written_to"][0]["board"], to_text(kOne));
  EXPECT_EQ(plan["targets"]["written_to"][1]["board"], to_text(kOne));
}

TEST_F(UpdateTargets, TheSocketOfAnotherServeIsRefused) {
  opener.place = opener.tpm_place = Place::served;
  opener.board = kOne;
  tells(kOther);
  EXPECT_EQ(document({"-y"})["refusal"]["id"], "tpm-of-another-board");
  EXPECT_EQ(ordinals(), kOnlyCapabilities);
}

// A kernel's TPM and mapped registers may be hardware: they are not asked what only ours answer.
TEST_F(UpdateTargets, OnlyATpmBehindASocketIsAskedForItsBoard) {
  for (const Place place : {Place::elsewhere, Place::this_system, Place::in_sim}) {
    opener.tpm_place = place;
    document({"-y"});
    EXPECT_FALSE(was_asked_for_its_board()) << name(place);
  }
  opener.tpm_place = Place::served;
  document({"-y"});
  EXPECT_TRUE(was_asked_for_its_board());
}

TEST_F(UpdateTargets, TheLogTellsTheTargetsEvenOfARefusal) {
  opener.tpm_place = Place::elsewhere;
  update({"-y", "--log", folder.file("log")});
  const std::string log = folder.read("log");
  EXPECT_TRUE(holds(log, "targets {\"written_to\":[{\"role\":\"tpm\"")) << log;
  EXPECT_TRUE(holds(log, "\"one_board\":\"not-known\"")) << log;
}

TEST_F(UpdateTargets, OverHeciThereIsOneTarget) {
  me.interfaces = 1;
  const Json plan = document({"--dry-run"})["plan"];
  EXPECT_EQ(plan["targets"]["written_to"].size(), 1u);
  EXPECT_TRUE(plan["targets"]["one_board"].is_null());
  EXPECT_TRUE(tpm.sent.empty());
}

TEST_F(UpdateTargets, StatusAndOwnerAreAskedOfAnyTpm) {
  opener.tpm_place = Place::elsewhere;
  EXPECT_EQ(updater::cli::run("meupdate", {"tpm", "status"}, console, opener), Exit::done);
  EXPECT_EQ(
      updater::cli::run("meupdate", {"tpm", "check-owner", "--owner-well-known"}, console, opener),
      Exit::refused)
      << "it has no owner";
}

}  // namespace
