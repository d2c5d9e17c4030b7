// SPDX-License-Identifier: BSD-3-Clause
// Rehearsals of updates of a "real" board: what it tells and the dump of its flash are those of a
// simulated one.
#include "updater/cli/rehearse.h"

#include <gtest/gtest.h>

#include "emulator/factory/update_image.h"
#include "emulator/machine/machine.h"
#include "emulator/tpm/itpm.h"
#include "tests/source_dir.h"
#include "tests/updater/cli/bench.h"
#include "tests/updater/image/image_builder.h"
#include "updater/cli/board_facts.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/tis_host.h"

namespace {

using namespace updater;
using emulator::machine::Machine;
using tests::holds;
using update::Rehearsal;
using update::RehearsalEnd;

constexpr protocol::FirmwareVersion kNew{5, 2, 70, 1046};
// Of the Esprimo's flash (docs/formats.md).
constexpr std::size_t kTable = 0x3010;
constexpr std::size_t kEntries = kTable + 0x20;
constexpr std::size_t kCode = 0x36000;

base::Bytes image_of(const emulator::factory::ImageRecipe& recipe) {
  return emulator::factory::build_update_image(recipe).value();
}

class Rehearse : public testing::Test {
 protected:
  /// The real board: switched on, asked, and its flash dumped.
  void real_board(const std::vector<std::pair<std::string, std::string>>& set) {
    std::vector<emulator::machine::Override> changes;
    for (const auto& [key, value] : set) changes.push_back({key, value, "test"});
    const auto profile = emulator::machine::load_profile(
        "esprimo-e5730", changes,
        {.named_in = {}, .shipped = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines"});
    ASSERT_TRUE(profile) << profile.error().doing;
    machine_ = Machine::build(*profile).value();
    dump.assign(machine_->flash().begin(), machine_->flash().end());
    ask();
  }
  /// What it tells of itself.
  void ask() {
    machine_->power_on();
    mei::HeciHost host(machine_->bar0(), machine_->clock(),
                       cli::board_facts([this]() -> Machine& { return *machine_; }));
    device = inventory::collect(host).value();
    device.simulated = false;
    if (machine_->itpm() == nullptr) return;
    tpm::TisHost tis(machine_->itpm()->tis(), machine_->clock(), {.name = "/dev/tpm0"});
    device.tpm = inventory::collect_tpm(tis, machine_->clock());
  }
  void take_image(const base::Bytes& bytes) {
    image::ParseOutcome parsed = image::parse(bytes);
    ASSERT_TRUE(parsed.image) << to_text(*parsed.defect);
    image = *std::move(parsed.image);
    defects = image::verify(image);
  }
  Rehearsal rehearse() {
    return cli::rehearse({.file = file,
                          .dump = dump,
                          .image = image,
                          .defects = defects,
                          .device = device,
                          .options = options,
                          .owner = owner ? &*owner : nullptr});
  }
  /// Everything that was not rehearsed, or assumed.
  static std::string apart(const Rehearsal& rehearsal) {
    std::string text;
    for (const std::string& line : rehearsal.apart) text += line + "\n";
    return text;
  }

  std::unique_ptr<Machine> machine_;
  const std::string file = "dump.bin";
  base::Bytes dump;
  image::Image image;
  std::vector<image::Defect> defects;
  inventory::Inventory device;
  update::PlanOptions options;
  std::optional<tpm::OwnerSecret> owner;
};

class RehearseOverHeci : public Rehearse {
 protected:
  void SetUp() override {
    real_board({{"settings.enabled_update_interfaces", "1"}});
    take_image(image_of({.version = kNew, .sku = 2110}));
  }
};

TEST_F(RehearseOverHeci, EndsInTheImagesVersionOnABoardThatIsMadeOfTheDump) {
  const base::Bytes before = dump;
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::updated) << rehearsal.what;
  EXPECT_EQ(rehearsal.what, "5.0.1.1111 -> 5.2.70.1046, and it still runs after a power cycle");
  EXPECT_GT(rehearsal.took, std::chrono::seconds(1));
  EXPECT_EQ(dump, before);
}

TEST_F(RehearseOverHeci, SaysThatTheKeyWasTakenFromTheDump) {
  EXPECT_TRUE(holds(apart(rehearse()), "1280988a6c05d998ec54771471d48505"));
}

TEST_F(RehearseOverHeci, FailsWithAnImageOfAnotherKeyThanTheCodeThatRuns) {
  take_image(image_of({.version = kNew, .sku = 2110, .private_key_pem = test::test_key()}));
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::failed);
  EXPECT_TRUE(holds(rehearsal.what, "8706")) << rehearsal.what;
}

TEST_F(RehearseOverHeci, IsRefusedWhereThatBoardRefuses) {
  take_image(image_of({.version = kNew, .sku = 2108}));
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::refused);
  EXPECT_TRUE(holds(rehearsal.what, "SKU")) << rehearsal.what;
}

TEST_F(RehearseOverHeci, KeepsToTheSettingsThatTheDumpHolds) {
  machine_.reset();
  real_board({{"settings.enabled_update_interfaces", "1"},
              {"settings.local_update", "disabled"},
              {"settings.override_counter", "0"},
              {"settings.override_qualifier", "never"}});
  device.local_update = protocol::mkhi::kLocalUpdateEnabled;
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::refused) << rehearsal.what;
  EXPECT_TRUE(holds(rehearsal.what, "Local firmware update is switched off")) << rehearsal.what;
}

TEST_F(RehearseOverHeci, OfAFlashThatIsLaidOutOtherwiseTakesTheCodeAloneAndSaysSo) {
  std::copy_n("NONE", 4, dump.begin() + kEntries + 3 * 0x20);  // UPDT
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::updated) << rehearsal.what;
  EXPECT_TRUE(holds(apart(rehearsal), "has no partition UPDT")) << apart(rehearsal);
  EXPECT_TRUE(holds(apart(rehearsal), "the dump's code ran in a flash laid out as this project"))
      << apart(rehearsal);
}

TEST_F(RehearseOverHeci, OfAFlashThatIsLaidOutOtherwiseHasTheSettingsThatTheDeviceTells) {
  std::copy_n("NONE", 4, dump.begin() + kEntries + 3 * 0x20);
  device.local_update = protocol::mkhi::kLocalUpdateDisabled;
  device.info->override_counter = 0;
  device.info->override_qualifier = protocol::fwu::OverrideQualifier::never;
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::refused) << rehearsal.what;
}

TEST_F(RehearseOverHeci, IsNotPossibleWithoutSoundCodeInTheDump) {
  dump[kCode + protocol::image::Manifest::at_tag] = '#';
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::not_possible);
  EXPECT_TRUE(holds(rehearsal.what, "dump.bin: offset 0x3601C: ")) << rehearsal.what;
}

TEST_F(RehearseOverHeci, RepairsABoardThatRunsItsRecoveryCode) {
  dump[kCode + 0x9000] ^= 1;
  machine_ = Machine::build(machine_->profile(), {.flash = dump}).value();
  ask();
  ASSERT_TRUE(inventory::in_recovery(device));
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::updated) << rehearsal.what;
}

class RehearseThroughTheTpm : public Rehearse {
 protected:
  void SetUp() override {
    real_board({{"tpm.state.owner_secret", "passphrase"}, {"tpm.state.active", "true"}});
    take_image(image_of({.version = kNew, .sku = 2110}));
    owner = tpm::OwnerSecret::from_passphrase("owner");
  }
};

TEST_F(RehearseThroughTheTpm, IsAuthorisedByTheOwnerWhoseTpmIsInTheDump) {
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::updated) << rehearsal.what;
}

TEST_F(RehearseThroughTheTpm, FailsWithAnotherSecretThanTheDumpsTpmHas) {
  owner = tpm::OwnerSecret::from_passphrase("somebody");
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::failed) << rehearsal.what;
}

TEST_F(RehearseThroughTheTpm, OfAFlashWithoutOurTpmHasOneWithAnOwnerOfItsOwn) {
  std::copy_n("NONE", 4, dump.begin() + kEntries + 4 * 0x20);  // ITPM
  const Rehearsal rehearsal = rehearse();
  EXPECT_EQ(rehearsal.end, RehearsalEnd::updated) << rehearsal.what;
  EXPECT_TRUE(holds(apart(rehearsal), "whose owner is not the real one's")) << apart(rehearsal);
}

}  // namespace
