// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/program/with_programs.h"

#include <filesystem>
#include <utility>

#include "emulator/tpm/itpm.h"
#include "scenarios/engine/command_line.h"
#include "scenarios/engine/program_side.h"
#include "scenarios/engine/world.h"
#include "scenarios/program/program_run.h"
#include "updater/tpm/tis_host.h"

namespace scenarios::program {
namespace {

using base::Result;
using engine::HostSystem;
using engine::StepOutcome;
using engine::World;

/// Where the step stands: its program and that one's files are named from there.
std::string folder_of(const config::Place& place) {
  const auto folder = std::filesystem::path(place.source).parent_path();
  return folder.empty() ? "." : folder.string();
}

StepOutcome makes_no_sense(const engine::OwnUpdater& step, const base::Error& error) {
  return {.script_error = to_text(step.place) + ": " + error.doing};
}

/// All but programs of others is the system's that it stands before.
class WithPrograms final : public HostSystem {
 public:
  explicit WithPrograms(World& world) : world_(world), system_(engine::in_process().make(world)) {}

  Result<void> get_ready() override { return system_->get_ready(); }
  StepOutcome run(const engine::Meupdate& step) override { return system_->run(step); }
  StepOutcome run_program(const engine::OwnUpdater& step) override;
  Result<void> sleep(base::Duration amount) override { return system_->sleep(amount); }
  Result<void> restart() override { return system_->restart(); }
  Result<void> shut_down() override { return system_->shut_down(); }
  void go_down() override { system_->go_down(); }

 private:
  Result<std::vector<std::string>> words_of(const engine::OwnUpdater& step,
                                            const std::string& device) const;

  World& world_;
  std::unique_ptr<HostSystem> system_;
};

Result<std::vector<std::string>> WithPrograms::words_of(const engine::OwnUpdater& step,
                                                        const std::string& device) const {
  return engine::expanded(step.words, [&](const std::string& name) -> Result<std::string> {
    return name == engine::kDeviceName ? device : engine::path_here(name, world_);
  });
}

StepOutcome WithPrograms::run_program(const engine::OwnUpdater& step) {
  world_.drop_driver();
  engine::ProgramSide side(world_.host());
  const auto driver = world_.make_driver(side, side);
  updater::tpm::TisHost tpm(side.tpm(), side, {.name = driver->name()});
  const bool has_tpm = world_.machine().itpm() != nullptr;
  const std::string device = world_.scratch() + "/" + std::string(engine::kDeviceName);
  auto server =
      LineServer::open(device, {.me = *driver, .tpm = has_tpm ? &tpm : nullptr, .clock = side});
  if (!server) return {.broken = server.error().doing};
  const auto words = words_of(step, device);
  if (!words) return makes_no_sense(step, words.error());
  const auto program = os::ProgramApart::start(words.value(), folder_of(step.place));
  if (!program) return makes_no_sense(step, program.error());
  StepOutcome outcome = ProgramRun(step, world_.host(), *program.value(), *server).run();
  outcome.out = engine::without_folder(std::move(outcome.out), world_.scratch());
  outcome.err = engine::without_folder(std::move(outcome.err), world_.scratch());
  return outcome;
}

}  // namespace

engine::HostKind with_programs() {
  return {.obstacle = [](const engine::Scenario&) { return std::nullopt; },
          .make = [](World& world) { return std::make_unique<WithPrograms>(world); }};
}

}  // namespace scenarios::program
