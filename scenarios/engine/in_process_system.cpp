// SPDX-License-Identifier: BSD-3-Clause
// The host system that is this process: it runs the real updater's code with the story's machine as
// its device.
#include "emulator/machine/secret_keys.h"
#include "scenarios/engine/captured_console.h"
#include "scenarios/engine/command_line.h"
#include "scenarios/engine/host_system.h"
#include "scenarios/engine/program_side.h"
#include "scenarios/engine/world.h"
#include "updater/cli/board_facts.h"
#include "updater/cli/meupdate.h"
#include "updater/tpm/tis_host.h"

namespace scenarios::engine {
namespace {

using updater::cli::DeviceChoice;
using updater::cli::OpenDevice;

/// The story's machine behind a driver that is as old as the program.
class MachineDevice final : public OpenDevice {
 public:
  explicit MachineDevice(World& world)
      : world_(world),
        program_(world.host()),
        driver_(world.make_driver(program_, program_)),
        tpm_(program_.tpm(), program_, {.name = driver_->name()}) {}
  updater::mei::MeiDevice& device() override { return *driver_; }
  base::Clock& clock() override { return program_; }
  base::Result<updater::tpm::TpmTransport*> tpm() override {
    if (world_.machine().itpm() == nullptr)
      return base::Error{base::Errc::not_found, "the story's machine has no TPM"};
    return &tpm_;
  }
  updater::update::Target me_target() override { return inside(updater::update::Role::me); }
  updater::inventory::EraTools era_tools() override {
    return updater::cli::era_tools(world_.machine().profile());
  }
  updater::update::Target tpm_target() override { return inside(updater::update::Role::tpm); }
  base::Result<void> close() override { return {}; }

 private:
  /// A story has one board, and this process has it.
  updater::update::Target inside(updater::update::Role role) const {
    return {.role = role,
            .name = driver_->name(),
            .place = updater::update::Place::in_sim,
            .nature = updater::update::Nature::simulated};
  }

  World& world_;
  ProgramSide program_;
  std::unique_ptr<updater::mei::HeciHost> driver_;
  updater::tpm::TisHost tpm_;
};

class MachineOpener final : public updater::cli::DeviceOpener {
 public:
  MachineOpener(World& world, const Meupdate& step) : world_(world), step_(step) {}

  base::Result<std::unique_ptr<OpenDevice>> open(const DeviceChoice& choice) override {
    if (choice.device != "auto" || choice.tpm != "auto" || !choice.state_dir.empty() ||
        !choice.set.empty()) {
      return base::Error{base::Errc::unsupported,
                         "a story has one machine: leave --device, --tpm, --state and --set out"};
    }
    if (step_.device_absent)
      return base::Error{base::Errc::not_found, "no Management Engine device found"};
    return std::unique_ptr<OpenDevice>(std::make_unique<MachineDevice>(world_));
  }

  std::string shown(const std::string& word) const override {
    return emulator::machine::without_secret(word);
  }

  std::vector<updater::image::Defect> defects_of(const updater::image::Image& image) override {
    return world_.defects_of(image);
  }

 private:
  World& world_;
  const Meupdate& step_;
};

/// As a shell tells of a program that SIGKILL ended.
constexpr int kExitKilled = 128 + 9;

class InProcessSystem final : public HostSystem {
 public:
  explicit InProcessSystem(World& world) : world_(world) {}

  base::Result<void> get_ready() override { return {}; }
  StepOutcome run(const Meupdate& step) override;
  base::Result<void> sleep(base::Duration amount) override {
    world_.host().sleep(amount);
    return {};
  }
  base::Result<void> restart() override {
    world_.machine().reset_platform();
    go_down();
    return {};
  }
  base::Result<void> shut_down() override { return {}; }
  void go_down() override { world_.drop_driver(); }

 private:
  World& world_;
};

StepOutcome InProcessSystem::run(const Meupdate& step) {
  world_.drop_driver();
  const auto arguments = arguments_of(
      step, world_, [this](const std::string& name) { return path_here(name, world_); });
  if (!arguments) return {.script_error = arguments.error().doing};
  CapturedConsole console(step.person, world_.host());
  MachineOpener opener(world_, step);
  world_.host().watch(step.during);
  world_.show_screen(&console);
  const updater::cli::Exit exit = updater::cli::run("meupdate", *arguments, console, opener);
  world_.show_screen(nullptr);
  world_.note_printed(console.printed() + console.complained());
  const bool killed = world_.host().killed();
  StepOutcome outcome{.exit = killed ? kExitKilled : static_cast<int>(exit),
                      .out = without_folder(console.printed(), world_.scratch()),
                      .err = without_folder(console.complained(), world_.scratch())};
  report_missed(world_.host().stop_watching(), outcome);
  return outcome;
}

std::optional<Obstacle> starts_a_program(const Scenario& story) {
  for (const Step& step : story.steps) {
    if (std::holds_alternative<OwnUpdater>(step.action))
      return Obstacle{step.place, "updater: it starts a program, which `mesim run` does"};
  }
  return std::nullopt;
}

}  // namespace

StepOutcome HostSystem::run_program(const OwnUpdater&) {
  return {.script_error = "updater: a program of yours is run by `mesim run` alone"};
}

HostKind in_process() {
  return {.obstacle = starts_a_program,
          .make = [](World& world) { return std::make_unique<InProcessSystem>(world); }};
}

}  // namespace scenarios::engine
