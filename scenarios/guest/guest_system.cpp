// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "os/report_file.h"
#include "scenarios/engine/command_line.h"
#include "scenarios/engine/exit_status.h"
#include "scenarios/engine/world.h"
#include "scenarios/guest/guest_agent.h"
#include "scenarios/guest/guest_computer.h"
#include "scenarios/guest/guest_limits.h"
#include "scenarios/guest/guest_program.h"
#include "scenarios/guest/initramfs.h"

namespace scenarios::guest {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using engine::StepOutcome;
using engine::World;

/// Where the story's files lie in the guest, and where its commands run.
constexpr const char* kGuestFolder = "/files";
/// What ${device} stands for: the board behind Linux's own driver.
constexpr const char* kGuestDevice = "/dev/mei0";

/// Every image and text file of the story, as files here.
Result<std::vector<std::string>> files_of(World& world) {
  std::vector<std::string> files;
  for (const engine::ImageSpec& image : world.scenario().images) {
    auto file = world.image_file(image.name);
    if (!file) return file.error();
    files.push_back(std::move(*file));
  }
  for (const engine::TextFile& text : world.scenario().files) {
    auto file = world.text_file(text.name);
    if (!file) return file.error();
    files.push_back(std::move(*file));
  }
  for (const engine::Step& step : world.scenario().steps) {
    const auto* own = std::get_if<engine::OwnUpdater>(&step.action);
    for (const std::string& file : own ? files_of_program(*own) : std::vector<std::string>())
      if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  }
  return files;
}

class GuestSystem final : public engine::HostSystem {
 public:
  GuestSystem(World& world, GuestHost wanted) : world_(world), wanted_(std::move(wanted)) {}

  Result<void> get_ready() override {
    if (!world_.machine().powered()) {
      return Error{Errc::invalid,
                   "the board has no power, so there is no guest to run meupdate in; write "
                   "power = \"on\" before"};
    }
    if (auto made = make_computer(); !made) return made;
    return computer_->is_running() ? Result<void>() : boot();
  }

  StepOutcome run(const engine::Meupdate& step) override;
  StepOutcome run_program(const engine::OwnUpdater& step) override;
  Result<void> sleep(base::Duration amount) override;
  Result<void> restart() override;
  Result<void> shut_down() override;
  void go_down() override {
    if (computer_) computer_->go_down();
  }

 private:
  Result<void> make_computer();
  Result<void> boot();
  Result<void> wait_for(std::string_view word);
  Result<std::string> path_of(const std::string& name);
  StepOutcome run_words(const std::vector<std::string>& words,
                        const std::vector<engine::During>& during);
  bool is_running() const { return computer_ && computer_->is_running(); }

  World& world_;
  const GuestHost wanted_;
  std::unique_ptr<GuestComputer> computer_;
};

Result<void> GuestSystem::make_computer() {
  if (computer_) return {};
  const std::string folder = world_.scratch() + "/guest";
  std::error_code failure;
  std::filesystem::create_directory(folder, failure);
  auto files = files_of(world_);
  if (!files) return files.error();
  const std::string agent = folder + "/agent";
  if (auto written = os::write_scratch(agent, kAgent); !written) return written;
  files->push_back(agent);
  const auto initramfs = build_initramfs(
      wanted_.parts, {.files = *files, .command = {"sh", std::string(kGuestFolder) + "/agent"}});
  if (!initramfs) return initramfs.error();
  if (auto written = os::write_scratch(folder + "/initramfs", *initramfs); !written) return written;
  auto computer = GuestComputer::make(world_, wanted_, folder);
  if (!computer) return computer.error();
  computer_ = std::move(*computer);
  return {};
}

Result<void> GuestSystem::boot() {
  if (auto started = computer_->start(); !started) return started;
  return wait_for(kReady);
}

/// Until the agent says so. A board that goes down takes the guest with it, which is no error.
Result<void> GuestSystem::wait_for(std::string_view word) {
  return computer_->work({.line = [&](const std::string& line) { return line == word; }});
}

/// What ${name} stands for in the guest.
Result<std::string> GuestSystem::path_of(const std::string& name) {
  if (name.starts_with(engine::kImageMark)) {
    const std::string image = name.substr(engine::kImageMark.size());
    if (auto made = world_.image(image); !made) return made.error();
    return image;
  }
  if (name.starts_with(engine::kFileMark)) {
    const std::string text = name.substr(engine::kFileMark.size());
    if (auto made = world_.text_file(text); !made) return made.error();
    return text;
  }
  if (name != engine::kDeviceName) return std::string(kGuestFolder);
  return base::Error{base::Errc::invalid, "${device} is for updater = [...] alone"};
}

StepOutcome GuestSystem::run(const engine::Meupdate& step) {
  auto words =
      engine::arguments_of(step, world_, [this](const std::string& name) { return path_of(name); });
  if (!words) return {.script_error = words.error().doing};
  words->insert(words->begin(), "meupdate");
  return run_words(*words, step.during);
}

StepOutcome GuestSystem::run_program(const engine::OwnUpdater& step) {
  const auto words = engine::expanded(words_in_guest(step), [this](const std::string& name) {
    return name == engine::kDeviceName ? Result<std::string>(kGuestDevice) : path_of(name);
  });
  if (!words) return {.script_error = to_text(step.place) + ": " + words.error().doing};
  StepOutcome outcome = run_words(*words, step.during);
  // As of a program of this computer that goes down with its board.
  if (outcome.host_lost && outcome.broken.empty()) {
    outcome.host_lost = false;
    outcome.exit = kPowerLost;
  }
  return outcome;
}

StepOutcome GuestSystem::run_words(const std::vector<std::string>& words,
                                   const std::vector<engine::During>& during) {
  if (!is_running()) return {.broken = "the board went down while its guest booted"};
  world_.host().watch(during);
  computer_->say(order_to_run(words));
  StepOutcome outcome;
  const auto ended = [&](const std::string& line) {
    if (!line.starts_with(kEnded)) return false;
    int status = 0;
    std::from_chars(line.data() + kEnded.size(), line.data() + line.size(), status);
    outcome.exit = status;
    return true;
  };
  const auto worked = computer_->work({.line = ended});
  engine::report_missed(world_.host().stop_watching(), outcome);
  if (!worked) outcome.broken = worked.error().doing;
  outcome.host_lost = !outcome.exit;
  const std::string output = computer_->take_output();
  const std::string errors = computer_->take_errors();
  world_.note_printed(output + errors);
  outcome.out = engine::without_folder(output, kGuestFolder);
  outcome.err = engine::without_folder(errors, kGuestFolder);
  return outcome;
}

Result<void> GuestSystem::sleep(base::Duration amount) {
  const base::TimePoint end = world_.host().now() + amount;
  if (is_running()) {
    if (auto worked = computer_->work({.moment = end}); !worked) return worked;
  }
  world_.host().sleep(std::max(end - world_.host().now(), base::Duration::zero()));
  return {};
}

Result<void> GuestSystem::restart() {
  if (!is_running()) {
    world_.machine().reset_platform();
    return {};
  }
  computer_->say(kReboot);
  return wait_for(kReady);
}

Result<void> GuestSystem::shut_down() {
  if (!is_running()) return {};
  computer_->say(kPowerOff);
  return computer_->work({.power = GuestComputer::Until::Power::off});
}

}  // namespace

engine::HostKind in_guest(const GuestHost& host) {
  return {.obstacle = obstacle_in_guest,
          .make = [host](World& world) { return std::make_unique<GuestSystem>(world, host); }};
}

}  // namespace scenarios::guest
