// SPDX-License-Identifier: BSD-3-Clause
// What is written to is asked, all of it: each refusal that is about every target refuses for any
// one of them and names it, and a pair that is not known to be one board is never written to.
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "updater/update/plan.h"

namespace {

using namespace updater::update;
using protocol::BoardId;
using updater::image::SigningKey;

const BoardId kOne{{1}};
const BoardId kOther{{2}};

/// An update through the TPM of a board in this process, which nothing hinders. Each test changes
/// one thing.
class PlanWithTargets : public testing::Test {
 protected:
  PlanWithTargets() {
    targets.me = {.name = "sim:board", .place = Place::in_sim, .nature = Nature::simulated};
    targets.tpm = {
        .role = Role::tpm, .name = "sim:tpm", .place = Place::in_sim, .nature = Nature::simulated};
    device.version = protocol::fwu::VersionReply{
        .sku = 2110, .code = {5, 0, 1, 1111}, .enabled_update_interfaces = 5};
    device.mkhi_version = protocol::mkhi::FirmwareVersionResponse{
        .code = {5, 0, 1, 1111}, .recovery = {5, 0, 0, 7}, .fitc = {}};
    device.local_update = protocol::mkhi::kLocalUpdateEnabled;
    updater::inventory::TpmInventory found;
    found.vendor = protocol::tpm::kVendorIntel;
    found.permanent = protocol::tpm::PermanentFlags{};
    found.this_boot = protocol::tpm::StclearFlags{};
    found.owned = true;
    found.lockout = updater::tpm::LockoutState{.failures = 0, .threshold = 10};
    found.takes_upgrade = true;
    found.upgrade = protocol::tpm::UpgradeInformation{.owner_set = true, .max_block = 1000};
    device.tpm = found;
    options.owner_secret = OwnerSecretIs::proven;
    image.manifest.version = {5, 2, 70, 1046};
    image.sku = 2110;
    image.code_size = 1'000'000;
    image.key = SigningKey::intel_me5;
  }

  Decision decide() const { return plan_update(image, {}, device, targets, options); }
  bool plans() const { return std::holds_alternative<Plan>(decide()); }
  Refusal refusal() const {
    const Decision decision = decide();
    const auto* refusal = std::get_if<Refusal>(&decision);
    return refusal == nullptr ? Refusal{.id = "no refusal"} : *refusal;
  }
  Target& target(Role role) { return role == Role::tpm ? *targets.tpm : targets.me; }

  updater::image::Image image;
  updater::inventory::Inventory device;
  Targets targets;
  PlanOptions options;
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(PlanWithTargets, GoesAheadOnASimulatedBoard) {
  ASSERT_TRUE(plans()) << refusal().what;
  EXPECT_EQ(one_board(std::get<Plan>(decide()).targets), OneBoard::one_sim);
}

// For each row that asks every target there is a way to make one target object.
TEST_F(PlanWithTargets, ARefusalThatAsksEveryTargetRefusesForEachOfThemAndNamesIt) {
  using Spoil = std::function<void(Target&)>;
  const auto real = [](Target& target) { target.nature = Nature::may_be_real; };
  const std::map<std::string_view, Spoil> spoil = {
      {"development-key",
       [&](Target& target) {
         real(target);
         image.key = SigningKey::development;
       }},
      {"unknown-key",
       [&](Target& target) {
         real(target);
         image.key = SigningKey::unknown;
       }},
      {"on-battery", [](Target& target) { target.power = PowerSource::battery; }},
      {"undocumented-protocol", real},
      {"backup-needed", [&](Target& target) {
         real(target);
         options.accept_undocumented_protocol = true;
       }}};
  std::size_t rows_seen = 0;
  for (const RefusalRow& row : rows::kRefusals) {
    if (row.asked != Asked::each) continue;
    ++rows_seen;
    ASSERT_TRUE(spoil.contains(row.id)) << row.id;
    for (const Role role : {Role::me, Role::tpm}) {
      const Targets before = targets;
      image.key = SigningKey::intel_me5;
      options.accept_undocumented_protocol = false;
      spoil.at(row.id)(target(role));
      EXPECT_EQ(refusal().id, row.id) << name(role);
      EXPECT_TRUE(holds(refusal().what, to_text(target(role)).substr(4))) << refusal().what;
      targets = before;
    }
  }
  EXPECT_EQ(rows_seen, spoil.size());
}

TEST_F(PlanWithTargets, TheTargetThatIsWrittenToIsToldFirst) {
  targets.me.nature = targets.tpm->nature = Nature::may_be_real;
  EXPECT_TRUE(holds(refusal().what, "TPM sim:tpm")) << refusal().what;
}

TEST_F(PlanWithTargets, AnUpdateOverHeciAsksTheManagementEngineAlone) {
  device.version->enabled_update_interfaces = 1;
  targets.tpm.reset();
  EXPECT_TRUE(plans()) << refusal().what;
  targets.me.nature = Nature::may_be_real;
  EXPECT_EQ(refusal().id, "undocumented-protocol");
}

TEST_F(PlanWithTargets, TwoSocketsAreOneBoardOnlyByAnEqualId) {
  targets.me.place = targets.tpm->place = Place::served;
  EXPECT_EQ(refusal().id, "tpm-of-another-board") << "neither tells an id";
  targets.me.board = kOne;
  EXPECT_EQ(refusal().id, "tpm-of-another-board") << "the TPM tells none";
  targets.tpm->board = kOther;
  EXPECT_EQ(refusal().id, "tpm-of-another-board") << "the TPM tells another";
  targets.tpm->board = kOne;
  EXPECT_TRUE(plans()) << refusal().what;
  targets.me.board.reset();
  EXPECT_EQ(refusal().id, "tpm-of-another-board") << "the ME tells none";
}

// Written out: what is known, and everything else is not.
TEST_F(PlanWithTargets, APairIsOneBoardInOneSimInOneSystemOrByOneIdAndInNoOtherWay) {
  const std::map<std::pair<Place, Place>, OneBoard> known = {
      {{Place::in_sim, Place::in_sim}, OneBoard::one_sim},
      {{Place::served, Place::served}, OneBoard::one_served},
      {{Place::this_system, Place::this_system}, OneBoard::one_system}};
  for (const Place me : {Place::elsewhere, Place::in_sim, Place::served, Place::this_system}) {
    for (const Place tpm : {Place::elsewhere, Place::in_sim, Place::served, Place::this_system}) {
      targets.me.place = me;
      targets.tpm->place = tpm;
      targets.me.board = targets.tpm->board = kOne;
      const auto expected = known.find({me, tpm});
      EXPECT_EQ(one_board(targets),
                expected == known.end() ? OneBoard::not_known : expected->second)
          << name(me) << " with " << name(tpm);
      EXPECT_EQ(plans(), expected != known.end()) << name(me) << " with " << name(tpm);
    }
  }
}

TEST_F(PlanWithTargets, NoOptionTakesTheTpmOfAnotherBoard) {
  targets.tpm->place = Place::this_system;
  options.accept_undocumented_protocol = true;
  options.allow_downgrade = true;
  options.allow_same_version = true;
  const Refusal told = refusal();
  EXPECT_EQ(told.id, "tpm-of-another-board");
  EXPECT_EQ(told.obstacle, Obstacle::tpm_not_offered);
  EXPECT_TRUE(holds(told.what, "TPM sim:tpm")) << told.what;
  EXPECT_TRUE(holds(told.what, "Management Engine sim:board")) << told.what;
  EXPECT_FALSE(told.next_step.empty());
}

TEST_F(PlanWithTargets, ATpmThatNobodyTellsOfIsAnothersToo) {
  targets.tpm.reset();
  EXPECT_EQ(refusal().id, "tpm-of-another-board");
}

// What is said of another computer's TPM (its owner, its self-test) would be advice for the
// wrong machine.
TEST_F(PlanWithTargets, TheOtherBoardIsToldBeforeWhatItsTpmIsLike) {
  targets.tpm->place = Place::elsewhere;
  targets.tpm->nature = Nature::may_be_real;
  device.tpm->start_up = updater::tpm::StartUp::self_test_failed;
  image.key = SigningKey::development;
  EXPECT_EQ(refusal().id, "tpm-of-another-board");
}

TEST_F(PlanWithTargets, EveryRefusalHasARowOfItsOwn) {
  std::map<std::string_view, int> seen;
  for (const RefusalRow& row : rows::kRefusals) {
    EXPECT_EQ(++seen[row.id], 1) << row.id;
    EXPECT_FALSE(row.when.empty()) << row.id;
  }
}

}  // namespace
