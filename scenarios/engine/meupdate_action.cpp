// SPDX-License-Identifier: BSD-3-Clause
// Steps that run the real updater, in this process, with the story's machine as its device.
#include <fmt/format.h>

#include "scenarios/engine/actions.h"
#include "scenarios/engine/captured_console.h"
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
        driver_(world.make_driver()),
        tpm_(world.host().tpm(), world.host(), {.name = driver_->name()}) {}
  updater::mei::MeiDevice& device() override { return *driver_; }
  base::Clock& clock() override { return world_.host(); }
  base::Result<updater::tpm::TpmTransport*> tpm() override {
    if (world_.machine().itpm() == nullptr)
      return base::Error{base::Errc::not_found, "the story's machine has no TPM"};
    return &tpm_;
  }
  base::Result<void> close() override { return {}; }

 private:
  World& world_;
  std::unique_ptr<updater::mei::HeciHost> driver_;
  updater::tpm::TisHost tpm_;
};

class MachineOpener final : public updater::cli::DeviceOpener {
 public:
  MachineOpener(World& world, bool absent) : world_(world), absent_(absent) {}

  base::Result<std::unique_ptr<OpenDevice>> open(const DeviceChoice& choice) override {
    if (choice.device != "auto" || choice.tpm != "auto" || !choice.state_dir.empty() ||
        !choice.set.empty()) {
      return base::Error{base::Errc::unsupported,
                         "a story has one machine: leave --device, --tpm, --state and --set out"};
    }
    if (absent_) return base::Error{base::Errc::not_found, "no Management Engine device found"};
    return std::unique_ptr<OpenDevice>(std::make_unique<MachineDevice>(world_));
  }

 private:
  World& world_;
  bool absent_;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// What ${name} stands for: an image's file, a text file, or the story's own folder.
base::Result<std::string> path_of(const std::string& name, World& world) {
  if (name.starts_with("image:")) return world.image_file(name.substr(6));
  if (name.starts_with("file:")) return world.text_file(name.substr(5));
  return world.scratch();
}

base::Result<std::string> expanded(std::string argument, World& world) {
  for (std::size_t at = argument.find("${"); at != std::string::npos;
       at = argument.find("${", at)) {
    const std::size_t end = argument.find('}', at);
    const auto path = path_of(argument.substr(at + 2, end - at - 2), world);
    if (!path) return path.error();
    argument.replace(at, end + 1 - at, *path);
    at += path->size();
  }
  return argument;
}

/// Files lie where nobody can foretell: a story sees their names only.
std::string without_paths(std::string text, const World& world) {
  replace_all(text, world.scratch() + "/", "");
  replace_all(text, world.scratch(), "scratch");
  return text;
}

const char* what_happens(Disturbance disturbance) {
  switch (disturbance) {
    case Disturbance::stop:
      return "the person stops it";
    case Disturbance::reset_link:
      return "the host resets the link";
    case Disturbance::reset_me:
      return "the ME resets";
    case Disturbance::reset_platform:
      return "the platform resets";
    case Disturbance::power_cut:
      return "power is cut";
  }
  return "unknown";
}

void report_missed(const std::vector<During>& missed, Outcome& outcome) {
  for (const During& during : missed) {
    outcome.mismatches.push_back({.place = during.place,
                                  .what = "during the command",
                                  .expected = what_happens(during.disturbance),
                                  .got = "its moment never came"});
  }
}

}  // namespace

Outcome perform(const Meupdate& action, World& world) {
  world.drop_driver();
  std::vector<std::string> arguments;
  for (const std::string& argument : action.arguments) {
    auto path = expanded(argument, world);
    if (!path) return {.script_error = path.error().doing};
    arguments.push_back(std::move(*path));
  }
  CapturedConsole console(action.person, world.host());
  MachineOpener opener(world, action.device_absent);
  world.host().watch(action.during);
  const updater::cli::Exit exit = updater::cli::run(arguments, console, opener);
  Outcome outcome{.exit = static_cast<int>(exit),
                  .out = without_paths(console.printed(), world),
                  .err = without_paths(console.complained(), world)};
  report_missed(world.host().stop_watching(), outcome);
  return outcome;
}

}  // namespace scenarios::engine
