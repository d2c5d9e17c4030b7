// SPDX-License-Identifier: BSD-3-Clause
// meupdate on whole simulated machines, through the program's own opener: the owners' logs, updates
// that last, recovery.
#include <sys/resource.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "emulator/factory/flash_image.h"
#include "emulator/factory/update_image.h"
#include "emulator/machine/profile.h"
#include "protocol/image/partition_table.h"
#include "tests/integration/meupdate/whole_program.h"
#include "tests/updater/report/field_log.h"

namespace {

using tests::holds;
using tests::kEsprimo;
using updater::cli::Exit;
using Json = nlohmann::json;

constexpr const char* kOverHeci = "settings.enabled_update_interfaces=1";

class SimulatedMachine : public tests::WholeProgram {
 protected:
  Json info(const std::string& device) {
    EXPECT_EQ(
        run({"info", "--device", device, "--state", folder.file("board"), "--format", "json"}),
        Exit::done)
        << console.complained;
    return Json::parse(console.printed);
  }

  std::string image_for(const std::string& machine, protocol::FirmwareVersion version) {
    const auto profile = emulator::machine::load_profile(machine).value();
    return folder.write("new.bin",
                        emulator::factory::build_update_image({.version = version,
                                                               .sku = profile.firmware.identity.sku,
                                                               .size = profile.flash.code_size})
                            .value());
  }
};

TEST_F(SimulatedMachine, AnswersTheOwnersFirstCommandAsHisDid) {
  const std::string image = image_for("esprimo-e5730", {5, 2, 70, 1046});
  EXPECT_EQ(run({"update", image, "--device", kEsprimo, "--set", "host.system=windows", "--via",
                 "heci", "--format", "fwupdlcl"}),
            Exit::refused);
  const std::string log = tests::field_log("esprimo-e5730/fwupdlcl-win81.txt");
  EXPECT_EQ(console.printed, log.substr(0, log.find('\n', log.find("Error")) + 1));
}

TEST_F(SimulatedMachine, IsWhatMeinfoShowedOnDos) {
  EXPECT_EQ(run({"info", "--device", kEsprimo, "--format", "meinfo"}), Exit::done);
  EXPECT_EQ(console.printed, tests::field_log("esprimo-e5730/meinfo-dos-5.0.1.1111.txt"));
}

TEST_F(SimulatedMachine, ChangesItsReportWithItsProfile) {
  EXPECT_EQ(run({"info", "--device", kEsprimo, "--format", "meinfo", "--set",
                 "surroundings.wired.link_up=true"}),
            Exit::done);
  EXPECT_TRUE(holds(console.printed, "Link status: Link up\n"));
}

TEST_F(SimulatedMachine, MeetsTheUpdatedFirmwareInTheNextCommand) {
  const std::string image = image_for("esprimo-e5730", {5, 2, 70, 1046});
  const std::string board = folder.file("board");
  EXPECT_EQ(
      run({"update", image, "--device", kEsprimo, "--set", kOverHeci, "--state", board, "-y"}),
      Exit::done)
      << console.complained;
  const Json after = info(kEsprimo);
  EXPECT_EQ(after["version"]["code"], "5.2.70.1046");
  EXPECT_EQ(after["provisioning_state"], "provisioned");
  EXPECT_EQ(run({"update", image, "--device", kEsprimo, "--state", board, "-y"}),
            Exit::nothing_to_do);
}

TEST_F(SimulatedMachine, RunsTheNewFirmwareAfterThePowerCycleItAskedFor) {
  const std::string image = image_for("desktop-q35", {3, 2, 20, 1046});
  EXPECT_EQ(
      run({"update", image, "--device", "sim:desktop-q35", "--state", folder.file("board"), "-y"}),
      Exit::done)
      << console.complained;
  EXPECT_TRUE(holds(console.printed, "after the next power cycle"));
  EXPECT_EQ(info("sim:desktop-q35")["version"]["code"], "3.2.20.1046");
}

TEST_F(SimulatedMachine, TakesTheSameCommandAgainAfterAStop) {
  const std::string image = image_for("esprimo-e5730", {5, 2, 70, 1046});
  const std::vector<std::string> command = {"update", image,     "--device", kEsprimo,
                                            "--set",  kOverHeci, "--state",  folder.file("board"),
                                            "-y"};
  int asked = 0;
  console.stop_when = [&] { return ++asked > 100; };
  EXPECT_EQ(run(command), Exit::interrupted_rerun);
  EXPECT_EQ(info(kEsprimo)["version"]["code"], "5.0.1.1111");
  console.stop_when = [] { return false; };
  EXPECT_EQ(run(command), Exit::done) << console.complained;
}

TEST_F(SimulatedMachine, IsRepairedFromItsRecoveryCode) {
  const std::string image = image_for("esprimo-e5730", {5, 2, 70, 1046});
  ASSERT_EQ(info(kEsprimo)["recovery_mode"], false);
  const auto profile = emulator::machine::load_profile("esprimo-e5730").value();
  const auto* part = emulator::flash::find_part(profile.flash.part);
  const auto layout = emulator::factory::flash_layout(*part, profile.flash.code_size).value();
  const auto partitions = emulator::factory::region_partitions(profile.flash.code_size);
  std::string flash = folder.read("board/flash.bin");
  flash[layout.region(protocol::image::Region::me).base + partitions.find("CODE")->offset +
        0x2000] ^= 1;
  folder.write("board/flash.bin", flash);

  EXPECT_EQ(info(kEsprimo)["recovery_mode"], true);
  EXPECT_EQ(run({"update", image, "--device", kEsprimo, "--state", folder.file("board"), "-y"}),
            Exit::done)
      << console.complained;
  EXPECT_EQ(info(kEsprimo)["version"]["code"], "5.2.70.1046");
  EXPECT_EQ(info(kEsprimo)["recovery_mode"], false);
}

TEST_F(SimulatedMachine, IsKeptOffByAStrapThatAPersonSetsInItsFlash) {
  constexpr std::size_t mch_strap = 0x140;
  constexpr char alt_me_disable = static_cast<char>(0x80);
  info(kEsprimo);
  std::string flash = folder.read("board/flash.bin");
  flash[mch_strap] = static_cast<char>(flash[mch_strap] | alt_me_disable);
  folder.write("board/flash.bin", flash);
  const std::vector<std::string> command = {"info", "--device", kEsprimo, "--state",
                                            folder.file("board")};
  EXPECT_EQ(run(command), Exit::no_device);
  EXPECT_TRUE(holds(console.complained, "a strap in the flash descriptor")) << console.complained;
  EXPECT_EQ(run({"tpm", "status", "--device", kEsprimo, "--state", folder.file("board")}),
            Exit::no_tpm);

  flash = folder.read("board/flash.bin");
  flash[mch_strap] = static_cast<char>(flash[mch_strap] & ~alt_me_disable);
  folder.write("board/flash.bin", flash);
  EXPECT_EQ(info(kEsprimo)["version"]["code"], "5.0.1.1111");
}

TEST_F(SimulatedMachine, TakesTheCodeOutOfAWholeFlashImage) {
  const auto profile = emulator::machine::load_profile("esprimo-e5730").value();
  emulator::factory::RegionRecipe recipe;
  recipe.firmware = profile.firmware;
  recipe.firmware.identity.version = {5, 2, 70, 1046};
  recipe.code_size = profile.flash.code_size;
  const auto flash =
      emulator::factory::build_flash_image(recipe, *emulator::flash::find_part(profile.flash.part))
          .value();
  const std::string image = folder.write("flash.bin", flash);
  EXPECT_EQ(run({"update", image, "--device", kEsprimo, "--set", kOverHeci, "-y"}), Exit::done)
      << console.complained;
  EXPECT_TRUE(holds(console.printed, "whole flash; only its operational code"));
}

/// While it is there no file can grow beyond 64 KiB, as on a disk that is full.
class SmallFiles {
 public:
  SmallFiles() : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit small{.rlim_cur = 65536, .rlim_max = limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &limit_);
    (void)std::signal(SIGXFSZ, before_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  void (*before_)(int);
  rlimit limit_{};
};

TEST_F(SimulatedMachine, SaysThatAMachineCouldNotBeKeptAndHowItsFolderIsThen) {
  info(kEsprimo);
  const SmallFiles small;
  EXPECT_NE(run({"info", "--device", kEsprimo, "--state", folder.file("board")}), Exit::done);
  EXPECT_TRUE(holds(console.complained, "the state folder is as it was before"));
}

TEST_F(SimulatedMachine, ListsTheMachinesThereAreForAnUnknownName) {
  EXPECT_EQ(run({"info", "--device", "sim:nonesuch"}), Exit::no_device);
  EXPECT_TRUE(holds(console.complained, "esprimo-e5730"));
}

TEST_F(SimulatedMachine, LeavesNoFolderBehindForAMistypedName) {
  EXPECT_EQ(run({"info", "--device", "sim:nonesuch", "--state", folder.file("board")}),
            Exit::no_device);
  EXPECT_FALSE(std::filesystem::exists(folder.file("board")));
}

TEST_F(SimulatedMachine, RefusesAStateFolderOfAnotherMachine) {
  info(kEsprimo);
  EXPECT_EQ(run({"info", "--device", "sim:thinkpad-t400", "--state", folder.file("board")}),
            Exit::usage);
  EXPECT_TRUE(holds(console.complained, "keeps the machine esprimo-e5730"));
}

TEST_F(SimulatedMachine, RefusesOtherSetValuesForAMachineThatIsKept) {
  info(kEsprimo);
  EXPECT_EQ(
      run({"info", "--device", kEsprimo, "--state", folder.file("board"), "--set", kOverHeci}),
      Exit::usage);
}

TEST_F(SimulatedMachine, RefusesASetThatIsNone) {
  EXPECT_EQ(run({"info", "--device", kEsprimo, "--set", "nonsense"}), Exit::usage);
  EXPECT_EQ(run({"info", "--device", kEsprimo, "--set", "no.such.key=1"}), Exit::usage);
}

TEST_F(SimulatedMachine, RefusesStateAndSetForARealDevice) {
  EXPECT_EQ(run({"info", "--state", "x"}), Exit::usage);
  EXPECT_EQ(run({"info", "--device", "/dev/mei0", "--set", "a=1"}), Exit::usage);
  EXPECT_EQ(run({"info", "--device", "mei0"}), Exit::usage);
}

TEST_F(SimulatedMachine, IsNeverWhatAutoFinds) {
  const Exit exit = run({"info"});
  EXPECT_FALSE(holds(console.printed, "(simulated)"));
  if (exit == Exit::no_device) {
    EXPECT_TRUE(holds(console.complained, "/dev/mei"));
  }
}

}  // namespace
