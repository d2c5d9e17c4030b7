// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/survey.h"

#include <fmt/format.h>

#include "scenarios/engine/actions.h"

namespace scenarios::explore {
namespace {

/// Notes what comes, and strikes nothing.
class Surveyor final : public emulator::sim::Crossroads {
 public:
  explicit Surveyor(Stage& stage) : stage_(stage) { stage.machine().faults().stand_at(*this); }
  ~Surveyor() override { stage_.machine().faults().leave(); }
  Surveyor(const Surveyor&) = delete;
  Surveyor& operator=(const Surveyor&) = delete;

  std::optional<emulator::sim::FaultRule> reached(FaultPoint point, std::uint64_t count) override {
    if (!deeds_at(point).empty())
      places_.push_back({.point = point,
                         .count = static_cast<std::uint32_t>(count - stage_.reached_before(point)),
                         .phase = stage_.machine().firmware().update_session().state()});
    return std::nullopt;
  }
  std::vector<Place> take() { return std::move(places_); }

 private:
  Stage& stage_;
  std::vector<Place> places_;
};

base::Error nothing_to_explore(const Scenario& story, std::string why) {
  return {base::Errc::invalid, fmt::format("{}: {}", story.file, why)};
}

}  // namespace

base::Result<Survey> survey(const Scenario& story, const std::string& scratch) {
  if (!explored_step(story))
    return nothing_to_explore(story, "no step of it runs meupdate update: nothing to explore");
  auto stage = Stage::set(story, scratch, nullptr);
  if (!stage) return stage.error();
  emulator::machine::Machine& machine = (*stage)->machine();
  const auto layout = layout_of(machine);
  if (!layout) return nothing_to_explore(story, "its board has no code that could be updated");
  Survey survey{.places = {},
                .layout = *layout,
                .before = state_of(machine, *layout),
                .after = {},
                .secrets = secrets_of(story)};
  Surveyor surveyor(**stage);
  const engine::StepOutcome outcome = perform((*stage)->update(), (*stage)->world());
  survey.places = surveyor.take();
  if (outcome.exit != 0)
    return nothing_to_explore(
        story, fmt::format("its last update ends with {} when nothing strikes; what is explored "
                           "must go through\n{}",
                           outcome.exit ? fmt::format("status {}", *outcome.exit) : "no status",
                           outcome.script_error + outcome.err));
  machine.faults().leave();
  (*stage)->cold_start();
  survey.after = state_of(machine, *layout);
  return survey;
}

}  // namespace scenarios::explore
