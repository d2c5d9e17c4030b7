// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/stage.h"

#include <fmt/format.h>

#include <chrono>

#include "emulator/machine/secret_keys.h"
#include "scenarios/engine/actions.h"

namespace scenarios::explore {
namespace {

using engine::Meupdate;
using engine::Step;

constexpr auto kTimeToBoot = std::chrono::seconds(20);
constexpr auto kWithoutPower = std::chrono::seconds(30);
constexpr std::size_t kShortestSecret = 4;

bool is_update(const Step& step) {
  const auto* run = std::get_if<Meupdate>(&step.action);
  return run != nullptr && !run->arguments.empty() && run->arguments.front() == "update";
}

std::string without_quotes(std::string text) {
  if (text.size() >= 2 && text.front() == '"') return text.substr(1, text.size() - 2);
  return text;
}

}  // namespace

std::optional<std::size_t> explored_step(const Scenario& story) {
  for (std::size_t i = story.steps.size(); i-- > 0;) {
    if (is_update(story.steps[i])) return i;
  }
  return std::nullopt;
}

std::vector<std::string> secrets_of(const Scenario& story) {
  std::vector<std::string> secrets;
  for (const emulator::machine::Override& value : story.set) {
    if (emulator::machine::is_secret(value.key)) secrets.push_back(without_quotes(value.value));
  }
  for (const engine::TextFile& file : story.files) secrets.push_back(file.text);
  // A word of two letters is in every text.
  std::erase_if(secrets, [](const std::string& s) { return s.size() < kShortestSecret; });
  return secrets;
}

base::Result<std::unique_ptr<Stage>> Stage::set(const Scenario& story, const std::string& scratch,
                                                emulator::sim::TraceSink* trace) {
  std::unique_ptr<Stage> stage(new Stage(story, scratch, trace));
  if (auto done = stage->tell_the_beginning(); !done) return done.error();
  return stage;
}

base::Result<void> Stage::tell_the_beginning() {
  if (auto done = world_.begin(); !done) return done;
  for (std::size_t i = 0; i < *explored_step(story_); ++i) {
    const engine::StepOutcome outcome = std::visit(
        [this](const auto& action) { return perform(action, world_); }, story_.steps[i].action);
    if (!outcome.script_error.empty())
      return base::Error{base::Errc::invalid,
                         to_text(story_.steps[i].place) + ": " + outcome.script_error};
  }
  flash_ = std::make_unique<FlashHash>(machine());
  credits_ = std::make_unique<CreditWatch>(machine().trace());
  began_ = machine().clock().now();
  for (std::size_t i = 0; i < reached_.size(); ++i)
    reached_[i] = machine().faults().reached(static_cast<emulator::sim::FaultPoint>(i));
  return {};
}

const Meupdate& Stage::update() const {
  return std::get<Meupdate>(story_.steps[*explored_step(story_)].action);
}

void Stage::cold_start() {
  perform(engine::Power{.action = engine::PowerAction::cut}, world_);
  world_.host().sleep(kWithoutPower);
  start();
}

void Stage::start() {
  perform(engine::Power{.action = engine::PowerAction::on}, world_);
  world_.host().sleep(kTimeToBoot);
}

}  // namespace scenarios::explore
