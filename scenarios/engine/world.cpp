// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/world.h"

#include <fmt/format.h>

#include "os/report_file.h"
#include "protocol/mei/clients.h"
#include "scenarios/engine/captured_console.h"
#include "scenarios/engine/command_line.h"
#include "scenarios/engine/image_builder.h"
#include "updater/cli/board_facts.h"

namespace scenarios::engine {
namespace {

using emulator::machine::Machine;

}  // namespace

World::World(const Scenario& scenario, std::string scratch, emulator::sim::TraceSink* trace,
             const HostKind& kind)
    : scenario_(scenario),
      scratch_(std::move(scratch)),
      trace_(trace),
      system_(kind.make(*this)),
      random_(scenario.seed) {}

World::~World() = default;

base::Result<emulator::machine::Profile> profile_of(const Scenario& story) {
  auto profile = emulator::machine::load_profile(
      story.machine, story.set, {.named_in = story.machine_place.source, .shipped = {}});
  if (profile || profile.error().code == base::Errc::invalid) return profile;
  return base::Error{base::Errc::invalid,
                     to_text(story.machine_place) + ": " + profile.error().doing};
}

base::Result<void> World::begin() {
  auto profile = profile_of(scenario_);
  if (!profile) return profile.error();
  profile_ = std::move(*profile);
  auto machine = build();
  if (!machine) return machine.error();
  install(std::move(*machine));
  if (scenario_.begin == Begin::off) return {};
  scenario_.begin == Begin::booted ? machine_->boot() : machine_->power_on();
  return {};
}

base::Result<std::unique_ptr<Machine>> World::build() const {
  auto machine = Machine::build(*profile_, {.seed = scenario_.seed, .flash = std::nullopt});
  if (machine) return machine;
  return base::Error{base::Errc::invalid,
                     fmt::format("{}: machine {}: {}", to_text(scenario_.machine_place),
                                 scenario_.machine, machine.error().doing)};
}

void World::begin_on(std::unique_ptr<Machine> machine) {
  profile_ = machine->profile();
  install(std::move(machine));
}

void World::install(std::unique_ptr<Machine> machine) {
  machine->trace().attach(bus_);
  if (trace_ != nullptr) machine->trace().attach(*trace_);
  host_.attach(*machine);
  machine_ = std::move(machine);
}

updater::tpm::NonceSource World::nonces() {
  return [this]() -> base::Result<protocol::tpm::Nonce> {
    protocol::tpm::Nonce nonce{};
    for (std::uint8_t& byte : nonce) byte = static_cast<std::uint8_t>(random_.next());
    return nonce;
  };
}

std::unique_ptr<updater::mei::HeciHost> World::make_driver(base::Mmio& registers,
                                                           base::Clock& clock) {
  return std::make_unique<updater::mei::HeciHost>(
      registers, clock, updater::cli::board_facts([this]() -> Machine& { return *machine_; }));
}

base::Result<updater::mei::MeiTransport*> World::fwu() {
  if (driver_ == nullptr) driver_ = make_driver();
  if (fwu_ == nullptr) {
    auto connected = driver_->connect(protocol::mei::kFwuGuid);
    if (!connected) return connected.error();
    fwu_ = std::move(*connected);
  }
  return fwu_.get();
}

void World::drop_driver() {
  fwu_.reset();
  driver_.reset();
}

base::Result<base::ByteView> World::image(const std::string& name) {
  if (const auto made = images_.find(name); made != images_.end())
    return base::ByteView(made->second);
  for (const ImageSpec& spec : scenario_.images) {
    if (spec.name != name) continue;
    auto bytes = build_image(spec, *profile_);
    if (!bytes) return bytes.error();
    return base::ByteView(images_.emplace(name, std::move(*bytes)).first->second);
  }
  return base::Error{base::Errc::invalid, fmt::format("there is no [[image]] named \"{}\"", name)};
}

base::Result<std::string> World::image_file(const std::string& name) {
  const auto bytes = image(name);
  if (!bytes) return bytes.error();
  return once_in_scratch(name, *bytes);
}

/// Written once: histories that branch off from one another read the same file.
base::Result<std::string> World::once_in_scratch(const std::string& name, base::ByteView bytes) {
  std::string path = fmt::format("{}/{}", scratch_, name);
  if (const auto last = written_.find(name); last != written_.end() && last->second == bytes.data())
    return path;
  if (auto done = os::write_scratch(path, bytes); !done) return done.error();
  written_[name] = bytes.data();
  return path;
}

void World::lend_image(const std::string& name, base::Bytes bytes) {
  images_[name] = std::move(bytes);
  written_.erase(name);
}

base::Result<std::string> World::text_file(const std::string& name) {
  for (const TextFile& file : scenario_.files) {
    if (file.name != name) continue;
    return once_in_scratch(
        name, {reinterpret_cast<const std::uint8_t*>(file.text.data()), file.text.size()});
  }
  return base::Error{base::Errc::invalid, fmt::format("there is no [[file]] named \"{}\"", name)};
}

std::string World::screen() const {
  return console_ == nullptr ? std::string() : console_->printed() + console_->complained();
}

void World::note_printed(const std::string& text) {
  if (auto command = command_in(text)) printed_command_ = std::move(*command);
}

base::Result<std::vector<std::string>> World::printed_command() const {
  if (!printed_command_.empty()) return shell_words(printed_command_);
  return base::Error{base::Errc::invalid, "meupdate has printed no command to go on with yet"};
}

const std::vector<updater::image::Defect>& World::defects_of(const updater::image::Image& image) {
  if (verified_.empty() || image.file != verified_) {
    defects_ = updater::image::verify(image);
    verified_ = image.file;
  }
  return defects_;
}

void World::take_snapshot(const std::string& name) {
  snapshots_[name] = machine_->snapshot();
}

base::Result<void> World::restore(const std::string& name) {
  const auto saved = snapshots_.find(name);
  if (saved == snapshots_.end()) {
    return base::Error{base::Errc::not_found, fmt::format("there is no snapshot \"{}\"", name)};
  }
  auto machine = build();
  if (!machine) return machine.error();
  if (auto done = (*machine)->restore(saved->second); !done) return done;
  install(std::move(*machine));
  return {};
}

}  // namespace scenarios::engine
