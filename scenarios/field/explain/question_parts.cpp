// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/question_parts.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "scenarios/field/reading/command_line.h"

namespace scenarios::field {
namespace {

/// Whether some state's profile has such a line.
template <typename Wanted>
bool any_state(const FieldBench& bench, ProfileKey key, Wanted wanted) {
  for (std::size_t i = 0; i < bench.states().size(); ++i) {
    const ProfileValue* line = find(bench.profile(i), key);
    if (line != nullptr && wanted(*line)) return true;
  }
  return false;
}

}  // namespace

bool Runs::tell(protocol::update::ToolError error) const {
  return std::any_of(errors.begin(), errors.end(),
                     [error](const Observation& seen) { return is_error(seen, error); });
}

Circumstances setting(ProfileKey key, KeysValue value) {
  Circumstances made;
  made.set.emplace(key, std::move(value));
  return made;
}

Circumstances setting_then(ProfileKey key, KeysValue value) {
  Circumstances made = setting(key, std::move(value));
  made.passing.insert(key);
  return made;
}

Circumstances giving(const engine::TextFile& file) {
  Circumstances made;
  made.files.push_back(file);
  made.arguments = with_owner_passphrase(file.name);
  return made;
}

Circumstances silent_at(emulator::sim::FaultPoint point, std::uint32_t occurrence) {
  Circumstances made;
  made.faults.push_back(
      {.point = point, .occurrence = occurrence, .action = emulator::sim::FaultAction::ignore});
  return made;
}

Circumstances refused_at(emulator::sim::FaultPoint point, std::uint32_t occurrence,
                         protocol::update::ToolError number) {
  Circumstances made;
  made.faults.push_back({.point = point,
                         .occurrence = occurrence,
                         .action = emulator::sim::FaultAction::fail,
                         .repeat = std::numeric_limits<std::uint32_t>::max(),
                         .status = protocol::update::number(number)});
  return made;
}

Circumstances refused_image(protocol::update::ToolError number) {
  return both(with_image(Circumstances::Image::refused),
              refused_at(emulator::sim::FaultPoint::fwu_start, 1, number));
}

Circumstances busy_with_another_update() {
  return refused_at(emulator::sim::FaultPoint::fwu_start, 1,
                    protocol::update::ToolError::update_in_progress);
}

Circumstances with_image(Circumstances::Image image) {
  Circumstances made;
  made.image = image;
  return made;
}

Circumstances recovering() {
  Circumstances made;
  made.condition = Circumstances::Condition::recovering;
  return made;
}

bool nobody_tells(const FieldBench& bench, ProfileKey key) {
  return !any_state(
      bench, key, [](const ProfileValue& line) { return line.provenance != Provenance::assumed; });
}

bool board_leaves_open(const FieldBench& bench, std::size_t board, ProfileKey key) {
  for (std::size_t i = 0; i < bench.states().size(); ++i) {
    const ProfileValue* line = find(bench.profile(i), key);
    const bool tells = line != nullptr && line->provenance != Provenance::assumed;
    if (bench.states()[i].board == board && tells) return false;
  }
  return true;
}

std::size_t board_at(const FieldBench& bench, std::size_t place) {
  return bench.states()[bench.covered()[place].state].board;
}

bool a_board_leaves_open(const FieldBench& bench, const Runs& runs, ProfileKey key) {
  return std::any_of(runs.updates.begin(), runs.updates.end(), [&](std::size_t place) {
    return board_leaves_open(bench, board_at(bench, place), key);
  });
}

bool somewhere(const FieldBench& bench, const BoardValue& value) {
  return any_state(bench, value.key, [&value](const ProfileValue& line) {
    return tells(line, value.key, value.value);
  });
}

Runs runs_of(const FieldBench& bench) {
  Runs runs;
  const auto& places = bench.covered();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ToolRun& run = bench.report().runs[places[i].run];
    runs.all.push_back(i);
    if (run.tool != Tool::fwupdlcl) continue;
    runs.updates.push_back(i);
    const bool tpm =
        command_for(run, bench.states()[places[i].state]).way == ReplayCommand::Way::tpm;
    if (tpm) runs.through_tpm.push_back(i);
    if (run.command.empty()) runs.without_command.push_back(i);
    if (has_password(run.command)) runs.with_password.push_back(i);
    if (has_switch(run.command, "pass")) runs.with_update_password.push_back(i);
    if (run.find(Fact::image_sku) == nullptr) runs.without_image_sku.push_back(i);
    if (!tells_image_version(run)) runs.without_image_version.push_back(i);
    if (const Observation* error = run.find(Fact::error)) runs.errors.push_back(*error);
  }
  return runs;
}

}  // namespace scenarios::field
