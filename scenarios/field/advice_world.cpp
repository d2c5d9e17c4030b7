// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advice_world.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/engine/actions.h"
#include "scenarios/field/question.h"

namespace scenarios::field {
namespace {

constexpr const char* kBeginning = "beginning";

/// The image's path stays, the rest is of the advice.
engine::Meupdate update_command(const ReplayCommand& command, const UpdateWay& way) {
  engine::Meupdate update;
  update.arguments = {command.arguments[0], command.arguments[1], "-y"};
  update.arguments.insert(update.arguments.end(), way.arguments.begin(), way.arguments.end());
  if (!way.needs_secret) return update;
  const auto secret = with_owner_passphrase(owner_passphrase().name);
  update.arguments.insert(update.arguments.end(), secret.begin(), secret.end());
  return update;
}

}  // namespace

AdviceWorld::AdviceWorld(const ReplayCommand& command, const Circumstances& circumstances,
                         const std::string& profile, const std::string& scratch)
    : circumstances_(circumstances) {
  Circumstances with_right_image = both(circumstances, on_a_small_board());
  with_right_image.image = Circumstances::Image::right;
  story_ = story_of(command, with_right_image, profile);
  story_.files = {owner_passphrase()};
  command_ = command;
  world_ = std::make_unique<engine::World>(story_, scratch, nullptr);
}

base::Result<void> AdviceWorld::begin() {
  if (auto begun = world_->begin(); !begun) return begun;
  world_->take_snapshot(kBeginning);
  look_ = look_at(world_->machine());
  return {};
}

bool AdviceWorld::ends_well(const std::vector<std::size_t>& actions, const UpdateWay& update) {
  const std::string key = fmt::format("{}:{}", update.id, fmt::join(actions, ","));
  if (const auto known = outcomes_.find(key); known != outcomes_.end()) return known->second;
  world_->drop_driver();
  if (!world_->restore(kBeginning)) return outcomes_[key] = false;
  carry_out(actions, world_->machine());
  return outcomes_[key] = try_update(update);
}

bool AdviceWorld::try_update(const UpdateWay& update) {
  for (const auto& fault : circumstances_.faults) world_->machine().faults().arm(fault);
  const engine::Outcome outcome = perform(update_command(command_, update), *world_);
  const bool good = outcome.script_error.empty() && outcome.exit == 0;
  world_->machine().faults().disarm_all();
  return good && world_->machine().firmware().running_version() == story_.images.front().version;
}

}  // namespace scenarios::field
